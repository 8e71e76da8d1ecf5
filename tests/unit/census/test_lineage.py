"""Trees, reasons and names out of a census: those of the graph of all rows, and no call."""

import json
from collections import defaultdict
from typing import Any

import pytest

from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place
from tests.unit.census.test_rows import ranked
from tui.analysis.lineage.graph import Graph
from tui.analysis.registry.registry import load
from tui.ask.census.graph import CensusGraph
from tui.ask.census.held import held
from tui.ask.lineage import family_tree
from tui.ask.sources import Sources
from tui.model import RELATIONS, Repo
from tui.store.census.totals import MANY

ODD = (
    "chain/layer-01", "wide/merge", "loop/self", "loop/Left", "ring/a", "below/ring", "below/pair",
    "bare/tag", "two/words", "Qwen/Qwen2.5-7B",
)  # fmt: skip


@pytest.fixture(scope="module")
def sources(crawled: Place) -> Sources:
    return crawled.open()


@pytest.fixture(scope="module")
def graph(rows: list[Repo]) -> Graph:
    return Graph(ranked(rows), load())


@pytest.fixture(scope="module")
def mine(sources: Sources) -> CensusGraph:
    found = held(sources)
    assert found is not None
    return CensusGraph(found, load())


def lower(found: Any) -> Any:
    return sorted(tuple(str(part).lower() for part in one) for one in found)


def test_every_row_has_the_ancestors_cycles_labs_and_kind_of_the_graph(
    mine: CensusGraph, graph: Graph, rows: list[Repo]
) -> None:
    for row in rows:
        assert lower(mine.ancestors(row.id)) == lower(graph.ancestors(row.id)), row.id
        assert [frozenset(c) for c in mine.cycles(row.id)] == [
            frozenset(c) for c in graph.cycles(row.id)
        ], row.id
        assert {lab.lower() for lab in mine.nearest_labs(row.id)} == {
            lab.lower() for lab in graph.nearest_labs(row.id)
        }, row.id
        assert mine.kind(row.id) == graph.kind(row.id), row.id
        assert mine.missing(row.id) is False


@pytest.mark.parametrize("name", ODD)
def test_a_tree_has_all_above_and_all_below_counted(
    sources: Sources, graph: Graph, made_hub: LoopbackHub, name: str
) -> None:
    before = len(made_hub.requests)
    view = family_tree.peek(sources, name.upper())
    assert view is not None
    tree: family_tree.Tree = view.rows[0]
    assert (view.source, view.complete, tree.repo.id.lower()) == ("census", True, name.lower())
    assert lower(tree.ancestors) == lower(graph.ancestors(name))
    children = graph.children(name)
    for relation in RELATIONS:
        branch = tree.children[relation]
        assert branch.total == len(children[relation])
        assert [row.id for row in branch.repos] == children[relation][: family_tree.SHOWN]
        assert branch.whole == (branch.total == len(branch.repos))
    assert len(made_hub.requests) == before


def test_the_descendants_of_every_root(
    sources: Sources, mine: CensusGraph, graph: Graph, rows: list[Repo]
) -> None:
    """Of those kept in one piece, and of those looked up: all whose roots it is among."""
    found = held(sources)
    assert found is not None
    census = found.census
    wanted: dict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(ranked(rows), 1):
        for root in mine.roots(row.id):
            number = census.find(root)
            if number is not None and number != at:
                wanted[number].append(at)
    sizes = sorted(map(len, wanted.values()))
    kept = [root for (root,) in census.ask("SELECT root FROM beneath")]
    assert sizes[0] == 1
    assert sizes[-1] > MANY
    assert kept
    for at, nodes in wanted.items():
        assert [n for n in census.beneath(at) if n <= census.count and n != at] == nodes
    first = int(kept[0])
    view = family_tree.peek(sources, census.ids([first])[first])
    assert view is not None
    count = sum(n <= census.count for n in census.beneath(first))
    assert f"{count:,} repos lead back to it, on whatever way" in view.rows[0].notes


@pytest.mark.parametrize("command", ["tree", "why"])
def test_the_commands_answer_from_the_census(
    crawled: Place, made_hub: LoopbackHub, run: Any, command: str
) -> None:
    before = len(made_hub.requests)
    told = run(
        command, "below/ring", "--json",
        HUBSCOPE_HOME=str(crawled.folder), HF_ENDPOINT=made_hub.url,
    )  # fmt: skip
    assert (told.code, told.err) == (0, "")
    body = json.loads(told.out)
    assert body["source"] == "census"
    if command == "tree":
        assert {frozenset(cycle) for cycle in body["cycles"]} == {
            frozenset(("ring/a", "ring/b", "ring/c"))
        }
    else:
        assert "base ring/a (quantized, declared)" in "\n".join(body["rules"])
    assert len(made_hub.requests) == before
