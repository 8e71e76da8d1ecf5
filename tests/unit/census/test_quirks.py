"""What real lists hold and break other programs on, by its values, out of a census."""

import pytest

from tests.unit.ask.families.places import Place
from tests.unit.census.conftest import COUNT
from tui.analysis.registry.registry import load
from tui.ask.census.graph import CensusGraph
from tui.ask.census.held import Held, held
from tui.ask.lineage import family_tree
from tui.ask.sources import Sources


@pytest.fixture(scope="module")
def sources(crawled: Place) -> Sources:
    return crawled.open()


@pytest.fixture(scope="module")
def census(sources: Sources) -> Held:
    found = held(sources)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def graph(census: Held) -> CensusGraph:
    return CensusGraph(census, load())


def test_a_chain_of_39_ends_at_its_root(graph: CensusGraph) -> None:
    above = graph.ancestors("chain/layer-01")
    assert [one.depth for one in above] == list(range(1, 40))
    assert [one.id for one in above][:-1] == [f"chain/layer-{at:02}" for at in range(2, 40)]
    assert graph.roots("chain/layer-01") == (above[-1].id,)


def test_a_merge_of_65_has_all_its_parents_63_of_them_without_a_row(
    graph: CensusGraph, census: Held
) -> None:
    above = [one for one in graph.ancestors("wide/merge") if one.depth == 1]
    assert len(above) == 65
    assert sum(one.missing for one in above) == 63
    assert census.row("wide/part-7") is None
    assert graph.children("wide/part-7")["merge"] == ["wide/merge"]


@pytest.mark.parametrize(
    ("start", "members"),
    [
        ("loop/self", {"loop/self"}),
        ("loop/Left", {"loop/left", "loop/right"}),
        ("below/pair", {"loop/left", "loop/right"}),
        ("ring/c", {"ring/a", "ring/b", "ring/c"}),
    ],
)
def test_a_cycle_is_told_and_walked_once(
    graph: CensusGraph, sources: Sources, start: str, members: set[str]
) -> None:
    (cycle,) = graph.cycles(start)
    assert {one.lower() for one in cycle} == members
    above = [one.id.lower() for one in graph.ancestors(start)]
    assert len(above) == len(set(above))
    tree = family_tree.peek(sources, start)
    assert tree is not None
    assert {one.lower() for one in tree.rows[0].cycles[0]} == members


def test_twins_by_case_are_one_repo(census: Held, graph: CensusGraph) -> None:
    assert census.census.find("LOOP/LEFT") == census.census.find("loop/Left")
    children = graph.children("LOOP/left")
    assert children["finetune"] == ["loop/right"]
    assert children["adapter"] == ["below/pair"]
    (ids,) = census.census.ask("SELECT COUNT(DISTINCT lower(id)), COUNT(*) FROM ghost")
    assert ids[0] == ids[1] > 0


def test_a_base_by_its_old_id_is_the_repo_of_the_present_one(census: Held) -> None:
    registry, found = load(), census.census
    renamed = [a.old for a in registry.aliases if a.kind == "rename" and a.old[-1] not in "/-"]
    pairs = [(old, registry.canonical(old)) for old in renamed]
    named = {one.lower() for (one,) in found.ask("SELECT id FROM ghost")}
    there = [(old, now) for old, now in pairs if census.row(now) is not None]
    assert there
    for old, _ in there:
        assert old.lower() not in named, "a ghost stands beside the row it was renamed to"


def test_what_is_odd_counts_once(census: Held) -> None:
    assert census.census.count == COUNT
    ((edges, distinct),) = census.census.ask(
        "SELECT COUNT(*), COUNT(DISTINCT child * 1000000 + parent) FROM edge"
    )
    assert edges == distinct
