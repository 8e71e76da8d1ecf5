"""Whose models stand in a list: shares by country, with what is not known beside them.

Three rules say where a repo comes from. ``uploader``: the country of its author. ``root``: it is
split evenly over its root groups, a group being the family of a root or, for a root of no family,
its author. ``lab``: the nearest lab or company at or above it, ties split evenly.

With the evidence ``named`` a root of no family is placed by its name, and where nobody can look it
up by the names of what stands below it (the rule is worded in
``tui.analysis.lineage.by_name``). What a name tells is counted apart, as ``by_name``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from tui.analysis.lineage import by_name
from tui.analysis.registry.registry import UNKNOWN, Registry, author_of
from tui.model import Repo
from tui.model.lens import EVIDENCES

if TYPE_CHECKING:
    from tui.analysis.lineage.graph import Graph

FEWEST_AUTHORS = 30
NORMAL_95 = 1.96
RULE_WORDS = {"root": "root", "lab": "nearest lab", "uploader": "uploader"}

Weights = Mapping[str, float]


class Group(NamedTuple):
    """One of the groups that a repo's roots fall into: a family, or an author of no family.

    ``told``: in words, how a name told it; "" where declared bases did.
    """

    key: str  # ``family:`` or ``author:`` and its key
    country: str
    told: str = ""

    @property
    def family(self) -> str | None:
        """The family's key; None for an author of no family."""
        kind, _, key = self.key.partition(":")
        return key if kind == "family" else None


class Share(NamedTuple):
    """One country's part of a list.

    ``share`` is of the rows of known origin, None where there is none; ``bound`` is of all rows,
    from none to all of the unknown ones; ``ci`` is the 95 % error of ``share``. For ``??`` the
    share is of all rows, without bound and ci.
    """

    origin: str
    weight: float
    share: float | None
    bound: tuple[float, float] | None
    ci: tuple[float, float] | None = None


class Origins(NamedTuple):
    """The countries of a list, the heaviest first and ``??`` last; weights sum to ``n``."""

    shares: tuple[Share, ...]
    rule: str
    n: int
    unknown: float  # share of all rows
    authors: int
    top_author_share: float
    by_name: int = 0  # rows that only a name places


def weights(
    repo: Repo,
    rule: str,
    registry: Registry,
    graph: "Graph | None" = None,
    evidence: str | None = None,
) -> Weights:
    """The countries of one repo by ``rule``; the weights sum to 1.

    Without ``graph``, or for a repo that is not in it, ``root`` and ``lab`` know no ancestors and
    see the repo alone. ``evidence`` is the graph's, or declared, where None.
    """
    return _placed(repo, rule, registry, graph, evidence)[0]


def _placed(
    repo: Repo, rule: str, registry: Registry, graph: "Graph | None", evidence: str | None
) -> tuple[Weights, bool]:
    """The countries of one repo, and whether a name told one of them."""
    if rule == "uploader":
        return {registry.origin_of_author(repo.author or author_of(repo.id)): 1.0}, False
    if rule == "lab":
        labs = graph.nearest_labs(repo.id) if graph else ()
        if not labs:
            author = author_of(repo.id)
            labs = (author,) if registry.is_lab(author) else ()
        if labs:
            return split(registry.origin_of_author(lab) for lab in labs), False
    repo_groups = groups(repo.id, registry, graph, evidence)
    if rule == "lab":
        repo_groups = [group for group in repo_groups if group.told]
    return split(group.country for group in repo_groups), any(group.told for group in repo_groups)


def groups(
    repo_id: str,
    registry: Registry,
    graph: "Graph | None" = None,
    evidence: str | None = None,
) -> list[Group]:
    """The distinct groups behind a repo's roots; the repo is its own root where it is not at hand.

    ``evidence`` is the graph's, or declared, where None.
    """
    evidence = evidence or (graph.evidence if graph else EVIDENCES[0])
    roots = (graph.roots(repo_id) if graph else ()) or (repo_id,)
    below: list[str] = []
    if graph and len(roots) == 1 and graph.missing(roots[0]) and evidence != EVIDENCES[0]:
        below = [
            ancestor.id
            for ancestor in reversed(graph.ancestors(repo_id))
            if ancestor.id != roots[0]
        ]
        below.append(repo_id)
    return root_groups(roots, registry, evidence, below)


def root_groups(
    roots: Iterable[str],
    registry: Registry,
    evidence: str = EVIDENCES[0],
    below: Sequence[str] = (),
) -> list[Group]:
    """The distinct groups behind root ids, each with its country.

    ``below``: the ids whose names are asked too where a root's own tells nothing, in their order.
    """
    by_key: dict[str, Group] = {}
    for root in roots:
        group = _group(root, registry, evidence, below)
        earlier = by_key.get(group.key)
        if earlier is None or (earlier.told and not group.told):
            by_key[group.key] = group
    return list(by_key.values())


def _group(root: str, registry: Registry, evidence: str, below: Sequence[str]) -> Group:
    family = registry.family_of(root)
    if family:
        return Group(f"family:{family.key}", family.home)
    for name in (root, *below) if evidence != EVIDENCES[0] else ():
        named = by_name.place(name, registry)
        if named is not None:
            return Group(f"family:{named.key}", named.home, named.words(name))
    author = author_of(registry.canonical(root))
    return Group(f"author:{author.lower()}", registry.origin_of_author(author))


def split(countries: Iterable[str]) -> Weights:
    """1 divided evenly over the countries, one part for each time one is named."""
    named = list(countries) or [UNKNOWN]
    return {country: count / len(named) for country, count in Counter(named).items()}


def label(countries: Weights) -> str:
    """The countries of one repo as they stand in a cell: sorted, joined by ``+``."""
    return "+".join(sorted(countries))


def shares(
    rows: Sequence[Repo],
    rule: str,
    registry: Registry,
    graph: "Graph | None" = None,
    sampled: bool = False,
    evidence: str | None = None,
) -> Origins:
    """The origins of ``rows``. ``sampled``: they are a window of new repos, so give the error.

    The error is that of this window seen as a draw of authors (clusters), in closed form:
    ``h_a = sum over rows i by a of (w_i(c) - p (1 - w_i(??)))`` and
    ``se = sqrt(A / (A - 1) * sum h_a^2) / sum(1 - w_i(??))``, 95 % = p +- 1.96 se within [0, 1];
    none where fewer than 30 authors have rows of known origin.
    """
    placings = [_placed(row, rule, registry, graph, evidence) for row in rows]
    placed = [by_country for by_country, _ in placings]
    authors = [(row.author or author_of(row.id)).lower() for row in rows]
    totals: dict[str, float] = defaultdict(float)
    for by_country in placed:
        for country, weight in by_country.items():
            totals[country] += weight
    n, unknown = len(rows), totals.pop(UNKNOWN, 0.0)
    errors = {country: _error(placed, authors, country) for country in totals} if sampled else {}
    counted = _counted(totals, n, unknown, errors)
    by_author = Counter(authors)
    most = max(by_author.values(), default=0)
    return Origins(
        counted,
        rule,
        n,
        unknown / n if n else 0.0,
        len(by_author),
        most / n if n else 0.0,
        sum(named for _, named in placings),
    )


def _counted(
    totals: Weights,
    n: int,
    unknown: float,
    errors: Mapping[str, tuple[float, float] | None],
) -> tuple[Share, ...]:
    """The countries of ``n`` rows, the heaviest first; ``unknown``: the weight of ``??``."""
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    counted = [
        Share(
            country,
            weight,
            weight / (n - unknown),
            (weight / n, (weight + unknown) / n),
            errors.get(country),
        )
        for country, weight in ranked
    ]
    if unknown:
        counted.append(Share(UNKNOWN, unknown, unknown / n, None))
    return tuple(counted)


def _error(
    placed: Sequence[Weights], authors: Sequence[str], country: str
) -> tuple[float, float] | None:
    """The 95 % interval of a country's share of the rows of known origin."""
    known: dict[str, float] = defaultdict(float)
    hits: dict[str, float] = defaultdict(float)
    for by_country, author in zip(placed, authors):
        weight = 1 - by_country.get(UNKNOWN, 0.0)
        if weight > 0:
            known[author] += weight
            hits[author] += by_country.get(country, 0.0)
    count = len(known)
    if count < FEWEST_AUTHORS:
        return None
    total = sum(known.values())
    p = sum(hits.values()) / total
    squares = sum((hits[author] - p * known[author]) ** 2 for author in known)
    half = NORMAL_95 * sqrt(count / (count - 1) * squares) / total
    return (max(0.0, p - half), min(1.0, p + half))


def strip(origins: Origins) -> str:
    """The line above a list: ``top 10 by uploader:  CN 5   US 3   FR 1   ?? 1``."""
    parts = "   ".join(f"{share.origin} {_weight(share.weight)}" for share in origins.shares)
    return f"top {origins.n} by {RULE_WORDS[origins.rule]}:  {parts}"


def _weight(weight: float) -> str:
    return f"{weight:.1f}".removesuffix(".0")
