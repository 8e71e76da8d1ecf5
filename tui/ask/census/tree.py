"""The family tree of one repo from a census: all of it above, and all that it has below counted."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from tui.analysis.lineage.edges import declared
from tui.ask.census.graph import CensusGraph
from tui.ask.census.held import Held
from tui.ask.lineage.children import Branch
from tui.ask.lineage.family_tree import SHOWN, Tree
from tui.ask.sources import Sources
from tui.model import RELATIONS, View

_CHILDREN = (
    "WHERE r.rank IN (SELECT child FROM below WHERE parent = ? AND relation = ? AND child <> ?)"
    " ORDER BY r.rank LIMIT ?"
)


def _led_back(beneath: Sequence[int], rows: int) -> tuple[str, ...]:
    """How many repos lead back to a root."""
    if not beneath:
        return ()
    count = bisect_right(beneath, rows)  # what has a larger number has no row
    words = "1 repo leads" if count == 1 else f"{count:,} repos lead"
    return (f"{words} back to it, on whatever way",)


def view(sources: Sources, held: Held, repo_id: str) -> View[Any] | None:
    """The tree; None for a repo that the census has no row of."""
    repo = held.row(repo_id) or held.row(sources.registry.canonical(repo_id))
    if repo is None:
        return None
    graph, census = CensusGraph(held, sources.registry), held.census
    node = census.find(repo.id)
    totals: dict[int, int] = dict(
        census.ask(
            "SELECT relation, COUNT(*) FROM below WHERE parent = ? AND child <> parent"
            " GROUP BY relation",
            (node,),
        )
    )
    branches = {}
    for at, relation in enumerate(RELATIONS):
        ranked = census.repos(_CHILDREN, (node, at, node, SHOWN)) if at in totals else []
        rows = tuple(row for _, row in ranked)
        total = totals.get(at, 0)
        branches[relation] = Branch(relation, rows, total, None, len(rows) == total)
    tree = Tree(
        repo,
        tuple(graph.ancestors(repo.id)),
        graph.roots(repo.id),
        tuple(graph.cycles(repo.id)),
        branches,
        remarks=(
            *declared(repo, sources.registry).remarks(),
            *_led_back(census.beneath(node or 0), census.count),
        ),
    )
    return View(
        (tree._replace(graph=graph),),
        "census",
        census.as_of,
        requests=(f"hubscope tree {repo.id}",),
    )
