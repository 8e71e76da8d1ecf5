"""What others built on a subject, counted from the children that were fetched.

``D(f, R)`` is the number of distinct repos with a base edge of a relation in R into an own repo,
uploader not first-party. Under fractional credit a repo with several bases counts in parts: one
for each distinct family among its bases, or author where there is no family.
"""

from collections.abc import Callable, Container, Iterable
from typing import NamedTuple

from tui.analysis.families.own_figures import MONTH, Own
from tui.analysis.families.subject import Fetched, Subject, distinct, is_alive
from tui.analysis.lineage.edges import edges_of
from tui.analysis.origins.origins import root_groups
from tui.analysis.registry.registry import Registry, author_of
from tui.model import Repo
from tui.model.lens import EVIDENCES
from tui.model.when import iso


class Derivative(NamedTuple):
    """A repo built on a subject. ``sure`` is False where the lens cannot place its base."""

    repo: Repo
    author: str
    relations: frozenset[str]  # of its edges into own repos
    fraction: float  # of its bases' families, the part that is the subject's
    sure: bool


class Placings:
    """The placings of earlier counts, so that a recount places only the rows that are new."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Own, dict[int, Derivative | Repo]]] = {}

    def under(self, subject: Subject, evidence: str, own: Own) -> "dict[int, Derivative | Repo]":
        """The rows placed under the same own repos, by ``id``: a row itself is no derivative.

        Each value holds its row, so no other one takes its ``id``.
        """
        entry = self._known.get((subject.key, evidence))
        if entry is None or entry[0] != own:
            entry = self._known[subject.key, evidence] = (own, {})
        return entry[1]


def derivatives(
    subject: Subject,
    fetched: Fetched,
    own: Own,
    first_party: bool,
    registry: Registry,
    evidence: str = EVIDENCES[0],
) -> list[Derivative]:
    """The distinct derivatives of ``own`` among the fetched children, by any relation.

    ``first_party`` keeps the uploads of the subject's own organisations. ``evidence`` says what
    places the bases among which a fraction is split; a name makes no repo a derivative here.
    """
    placings = fetched.placings or Placings()
    placed = placings.under(subject, evidence, own)
    place = _Place(own, registry, evidence)
    selected = []
    for row in distinct((row for rows in fetched.children.values() for row in rows), registry):
        placing = placed.get(id(row))
        if placing is None:
            placing = placed[id(row)] = place(row)
        if isinstance(placing, Derivative) and (first_party or placing.author not in subject.orgs):
            selected.append(placing)
    return selected


class _Place:
    """Places rows under own repos."""

    def __init__(self, own: Own, registry: Registry, evidence: str) -> None:
        self._registry, self._evidence = registry, evidence
        self._sure = {registry.canonical(row.id).lower() for row in own.sure}
        self._unsure = {registry.canonical(row.id).lower() for row in own.unsure}
        self._groups: dict[str, str] = {}
        self._kinds: dict[frozenset[str], frozenset[str]] = {}  # few of them, for many rows

    def __call__(self, row: Repo) -> Derivative | Repo:
        """The row as a derivative; the row itself where it is none."""
        edges = edges_of(row, self._registry)
        certain = [edge for edge in edges if edge.parent.lower() in self._sure]
        into = certain or [edge for edge in edges if edge.parent.lower() in self._unsure]
        if not into:
            return row
        fraction = 1.0
        if len(edges) > 1:
            bases = {self._group(edge.parent) for edge in edges}
            fraction = len({self._group(edge.parent) for edge in into}) / len(bases)
        relations = frozenset(edge.relation for edge in into)
        relations = self._kinds.setdefault(relations, relations)
        author = (row.author or author_of(row.id)).lower()
        return Derivative(row, author, relations, fraction, bool(certain))

    def _group(self, parent: str) -> str:
        if parent not in self._groups:
            [group, *_] = root_groups((parent,), self._registry, self._evidence)
            self._groups[parent] = group.key
        return self._groups[parent]


class Tally(NamedTuple):
    """The derivatives that a figure counts and those whose facts do not decide."""

    sure: list[Derivative]
    unsure: list[Derivative]


def tally(
    every: list[Derivative],
    relations: Iterable[str],
    test: Callable[[Repo], bool | None] = lambda repo: True,
) -> Tally:
    """The derivatives by one of ``relations`` that pass ``test`` (None: its facts do not say)."""
    chosen = frozenset(relations)
    tallied = Tally([], [])
    for derivative in every:
        if derivative.relations.isdisjoint(chosen):
            continue
        passed = test(derivative.repo)
        if passed is None or (passed and not derivative.sure):
            tallied.unsure.append(derivative)
        elif passed:
            tallied.sure.append(derivative)
    return tallied


def amount(part: list[Derivative], credit: str) -> float:
    """How many derivatives these are under ``credit``: whole ones (multi) or fractions."""
    return float(
        len(part) if credit == "multi" else sum(derivative.fraction for derivative in part)
    )


def passes(name: str, fetched: Fetched) -> Callable[[Repo], bool | None]:
    """The test that a derivative has to pass to count for the figure ``name``."""
    if name == "derivatives_alive":
        return is_alive
    if name == "new_derivatives_30d":
        start = iso(fetched.as_of - MONTH)[:19]
        return lambda repo: None if not repo.created_at else repo.created_at[:19] > start
    return lambda repo: True


def asked(row: Repo, answers: Container[str], registry: Registry) -> bool:
    """Say whether ``answers`` hold one for an own repo, under its present or its listed id."""
    return registry.canonical(row.id).lower() in answers or row.id.lower() in answers


def is_whole(fetched: Fetched, own: Own, registry: Registry) -> bool:
    """Say whether the children of every own repo are at hand."""
    finished = fetched.children.keys() - fetched.unfinished
    return fetched.listed_complete and all(asked(row, finished, registry) for row in own.all)
