"""The rows of a census are those of the Hub, and its lineage is that of the graph of all rows."""

from collections import defaultdict

import pytest

from tests.unit.ask.families.places import Place
from tui.analysis.lineage.graph import ROOT_CAP, Graph
from tui.analysis.origins.origins import weights
from tui.analysis.registry.registry import load
from tui.model import Repo
from tui.model.lens import ORIGIN_RULES
from tui.store.census import place as places
from tui.store.census.reader import Census


def ranked(rows: list[Repo]) -> list[Repo]:
    """By downloads, ties by id; of the tags those that a census keeps."""
    kept = [
        row._replace(tags=tuple(t for t in row.tags if t.startswith("base_model:"))) for row in rows
    ]
    return sorted(kept, key=lambda r: (r.downloads is None, -(r.downloads or 0), r.id.lower()))


@pytest.fixture(scope="module")
def census(crawled: Place) -> Census:
    folder = crawled.open().store.census_folder
    return Census(places.path_of(folder, places.dates(folder)[0]))


@pytest.fixture(scope="module")
def graph(rows: list[Repo]) -> Graph:
    return Graph(ranked(rows), load())


def test_each_row_comes_back_as_it_was_in_the_order_of_downloads(
    census: Census, rows: list[Repo]
) -> None:
    assert census.repos("ORDER BY r.rank") == list(enumerate(ranked(rows), 1))


def test_the_roots_are_those_of_the_graph(census: Census, rows: list[Repo], graph: Graph) -> None:
    sets: dict[int, set[int]] = defaultdict(set)
    for number, root in census.ask("SELECT id, root FROM rootset"):
        sets[number].add(root)
    marks: dict[int, int] = dict(census.ask("SELECT node, roots FROM mark"))
    ids = {node: name.lower() for node, name in census.ids(marks).items()}
    capped = 0
    for rank, row in enumerate(ranked(rows), 1):
        wanted = {name.lower() for name in graph.roots(row.id)}
        found = {ids[root] for root in sets[marks[rank]]} if marks[rank] else {row.id.lower()}
        if len(wanted) == ROOT_CAP:  # which ghosts are left out is nobody's choice
            capped += 1
            wanted, found = ({name for name in one if not name.startswith("wide/")}
                             for one in (wanted, found))  # fmt: skip
        assert found == wanted, row.id
    assert capped == 1


@pytest.mark.parametrize("rule", ORIGIN_RULES)
def test_the_origins_are_those_of_the_rules(
    census: Census, rows: list[Repo], graph: Graph, rule: str
) -> None:
    registry = load()
    marks: dict[int, int] = dict(census.ask(f"SELECT node, {rule} FROM mark"))
    for rank, row in enumerate(ranked(rows), 1):
        wanted = weights(row, rule, registry, graph)
        assert census.mixes[marks[rank]] == pytest.approx(dict(wanted)), row.id


def test_the_families_are_those_of_the_registry(census: Census, rows: list[Repo]) -> None:
    registry = load()
    keys = {number: key for key, number in census.families.items()}
    marks: dict[int, int] = dict(census.ask("SELECT node, family FROM mark"))
    for rank, row in enumerate(ranked(rows), 1):
        family = registry.family_of(row.id)
        assert keys.get(marks[rank]) == (family and family.key), row.id


def test_the_edges_are_those_that_the_rows_declare(
    census: Census, rows: list[Repo], graph: Graph
) -> None:
    names = census.ids(n for pair in census.ask("SELECT child, parent FROM edge") for n in pair)
    above: dict[str, set[str]] = defaultdict(set)
    for child, parent in census.ask("SELECT child, parent FROM edge WHERE child <> parent"):
        above[names[child].lower()].add(names[parent].lower())
    for row in rows:
        wanted = {one.id.lower() for one in graph.ancestors(row.id) if one.depth == 1}
        assert above[row.id.lower()] == wanted, row.id
    assert census.ask("SELECT child, parent, relation FROM edge ORDER BY 1, 2") == sorted(
        (child, parent, relation)
        for parent, child, relation in census.ask("SELECT parent, child, relation FROM below")
    )
