"""What others built on a subject, counted from the children that were fetched.

``D(f, R)`` is the number of distinct repos with a base edge of a relation in R into an own repo,
uploader not first-party. Under fractional credit a repo with several bases counts in parts: one
for each distinct family among its bases, or author where there is no family.
"""

from collections.abc import Callable, Container, Iterable
from typing import NamedTuple

from tui.analysis.families.own_figures import MONTH, Own
from tui.analysis.families.subject import Fetched, Subject, distinct, is_alive
from tui.analysis.lineage.edges import declared
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
    sure = {registry.canonical(row.id).lower() for row in own.sure}
    unsure = {registry.canonical(row.id).lower() for row in own.unsure}
    groups: dict[str, str] = {}

    def group(parent: str) -> str:
        if parent not in groups:
            groups[parent] = root_groups((parent,), registry, evidence)[0].key
        return groups[parent]

    found = []
    for row in distinct((row for rows in fetched.children.values() for row in rows), registry):
        author = (row.author or author_of(row.id)).lower()
        if author in subject.orgs and not first_party:
            continue
        edges = declared(row, registry).edges
        certain = [edge for edge in edges if edge.parent.lower() in sure]
        into = certain or [edge for edge in edges if edge.parent.lower() in unsure]
        if into:
            bases = {group(edge.parent) for edge in edges}
            fraction = len({group(edge.parent) for edge in into}) / len(bases)
            relations = frozenset(edge.relation for edge in into)
            found.append(Derivative(row, author, relations, fraction, bool(certain)))
    return found


class Tally(NamedTuple):
    """The derivatives that a figure counts and those whose facts do not decide."""

    kept: list[Derivative]
    unsure: list[Derivative]


def tally(
    every: list[Derivative],
    relations: Iterable[str],
    test: Callable[[Repo], bool | None] = lambda repo: True,
) -> Tally:
    """The derivatives by one of ``relations`` that pass ``test`` (None: its facts do not say)."""
    wanted = frozenset(relations)
    found = Tally([], [])
    for one in every:
        if one.relations.isdisjoint(wanted):
            continue
        passed = test(one.repo)
        if passed is None or (passed and not one.sure):
            found.unsure.append(one)
        elif passed:
            found.kept.append(one)
    return found


def amount(part: list[Derivative], credit: str) -> float:
    """How many derivatives these are under ``credit``: whole ones (multi) or fractions."""
    return float(len(part) if credit == "multi" else sum(one.fraction for one in part))


def passes(name: str, fetched: Fetched) -> Callable[[Repo], bool | None]:
    """What the figure ``name`` asks of a derivative beyond being one."""
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
