"""Root sets, families, origins and totals of a census: pure rules over the numbers of its file."""

from collections.abc import Iterator

from tui.analysis.census.arrays import Lineage
from tui.analysis.census.labs import NearestLabs
from tui.analysis.census.who import Groups
from tui.analysis.families.own_figures import MONTH
from tui.analysis.families.subject import ALIVE_DOWNLOADS, ALIVE_LIKES
from tui.analysis.lineage.roots import Roots
from tui.analysis.origins.newest import DAYS, SETTLING
from tui.analysis.registry.registry import Registry
from tui.ask.census.built import Built
from tui.ask.census.marks import Marks
from tui.ask.census.nodes import Nodes
from tui.store.census.making import Draft
from tui.store.census.totals import take_beneath, take_totals

_EDGES = "SELECT child - 1, parent - 1, relation FROM edge ORDER BY child, place"


def derive(draft: Draft, registry: Registry, as_of: float) -> None:
    """Write all that follows from the rows and edges of ``draft`` by the rules of ``registry``."""
    groups = Groups(registry)
    nodes = Nodes(draft, groups)
    lineage = Lineage(len(nodes), draft.rows(_EDGES))
    roots = Roots(
        lineage.count, lineage.above, lineage.children, draft.age, linked=lineage.linked()
    )
    labs = NearestLabs(lineage, nodes.labs)
    orgs = _orgs(draft, groups)
    draft.many(
        "INSERT INTO family VALUES (?, ?)",
        [(at, family.key) for at, family in enumerate(groups.families, 1)],
    )
    built = Built(nodes, roots, orgs)
    draft.many("INSERT INTO built VALUES (?, ?, ?, ?, ?, ?, ?)", built.lines(draft.rows(_EDGES)))
    draft.many("INSERT INTO monthly VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", built.by_month())
    marks = Marks(nodes, roots, labs, groups, orgs)
    lines = marks.lines(lineage.kinds)
    draft.many("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", lines)
    draft.many("INSERT INTO share VALUES (?, ?, ?, ?, ?, ?, ?, ?)", marks.by_month())
    draft.many("INSERT INTO rootset VALUES (?, ?)", marks.rootsets())
    take_beneath(draft)
    draft.many("INSERT INTO mix VALUES (?, ?, ?)", _mixes(groups))
    draft.many(
        "INSERT INTO loop VALUES (?, ?)",
        [
            (at + 1, " ".join(str(member + 1) for member in members))
            for at, members in sorted(roots.cycles.items())
        ],
    )
    draft.many("INSERT INTO org VALUES (?, ?)", [(f, a) for f in orgs for a in sorted(orgs[f])])
    take_totals(
        draft,
        alive=(ALIVE_LIKES, ALIVE_DOWNLOADS),
        month=int(as_of - MONTH),
        week=(int(as_of - DAYS), int(as_of - SETTLING)),
    )


def _orgs(draft: Draft, groups: Groups) -> dict[int, set[int]]:
    """The authors, by number, whose uploads are the first party's, by family."""
    return {at: set(draft.authors_of(family.orgs)) for at, family in enumerate(groups.families, 1)}


def _mixes(groups: Groups) -> Iterator[tuple[int, str, float]]:
    for number, weights in enumerate(groups.mixes):
        for origin, weight in sorted(weights.items()):
            yield number, origin, weight
