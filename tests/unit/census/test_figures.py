"""Every figure of every family, from a census, equals a loop over the raw rows, and is exact."""

from itertools import product
from typing import Any

import pytest

from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place
from tests.unit.census.conftest import DATE, NOW
from tests.unit.census.plain import Plain
from tui.analysis.registry.registry import load
from tui.ask.families import compare, league, members
from tui.ask.families.question import Question
from tui.ask.sources import Sources
from tui.model import Lens
from tui.model.lens import CREDITS, DERIVED, FIRST_PARTY, WALKS
from tui.model.when import iso

LENSES = [
    Lens(relations=relations, walk=walk, credit=credit, llm=llm, first_party=first)
    for relations, walk, credit, llm, first in product(
        (DERIVED, ("finetune", "merge")), WALKS, CREDITS, (False, True), FIRST_PARTY
    )
]


@pytest.fixture(scope="module")
def plain(made: list[dict[str, Any]]) -> Plain:
    return Plain(made, load(), iso(NOW - 30 * 86400))


@pytest.fixture(scope="module")
def sources(crawled: Place) -> Sources:
    return crawled.open()


@pytest.mark.parametrize("lens", LENSES, ids=lambda lens: " ".join(lens.flags()) or "default")
def test_every_figure_of_every_family(
    sources: Sources, plain: Plain, made_hub: LoopbackHub, lens: Lens
) -> None:
    before = len(made_hub.requests)
    keys = [family.key for family in sources.registry.families]
    view = league.peek(sources, keys, lens)
    assert (view.source, view.complete, view.stale) == ("census", True, False)
    for row in view.rows:
        wanted = plain.figures(row.family.key, lens)
        assert row.measures.keys() == wanted.keys()
        for name, figure in row.measures.items():
            value, most = wanted[name]
            where = (row.family.key, name)
            if value is None:
                assert figure.value is None, where
                continue
            assert figure.value == pytest.approx(value), where
            assert figure.kind == "exact", where
            assert figure.source == f"census {DATE}", where
            assert DATE in figure.universe, where
            assert figure.requests, where
            if most is not None:
                top = figure.bound[1] if figure.bound else figure.value
                assert top == pytest.approx(most), where
        every = row.measures["derivatives"]
        assert every.top_author_share == pytest.approx(plain.top_author(row.family.key, lens))
    assert len(made_hub.requests) == before


async def test_a_stream_asks_for_nothing_more(crawled: Place, made_hub: LoopbackHub) -> None:
    sources = crawled.open()
    before = len(made_hub.requests)
    views = [view async for view in league.stream(sources, Question(["qwen", "llama"], tier=2))]
    assert [view.source for view in views] == ["census"]
    assert [view.rows for view in views] == [league.peek(sources, ["qwen", "llama"], Lens()).rows]
    assert len(made_hub.requests) == before


def test_another_lens_on_the_same_view(sources: Sources) -> None:
    view = league.peek(sources, ["qwen"], Lens())
    walked = Lens(walk="walked", credit="multi")
    again = league.again(sources, view, walked)
    assert again.rows == league.peek(sources, ["qwen"], walked).rows
    assert again.rows != view.rows


def test_a_line_of_a_family_is_counted_from_its_rows(sources: Sources) -> None:
    (row,) = league.peek(sources, ["qwen:qwen2.5"], Lens(credit="multi")).rows
    figure = row.measures["derivatives"]
    assert figure.kind == "exact"
    assert figure.value is not None
    assert 0 < figure.value < (_value(sources, "qwen", "derivatives") or 0)


def _value(sources: Sources, key: str, name: str) -> float | None:
    (row,) = league.peek(sources, [key], Lens(credit="multi")).rows
    value: float | None = row.measures[name].value
    return value


def test_how_robust_an_order_is(sources: Sources) -> None:
    found = compare.robustness(compare.peek(sources, ["qwen", "llama"], Lens()))
    assert [(one.measure, one.settings) for one in found] == [("downloads", 8), ("derivatives", 12)]
    built = found[1]
    assert built.computed > 6
    assert built.first == "qwen"


def test_without_the_census_the_store_answers(crawled: Place) -> None:
    sources = crawled.open()
    sources.use_census = False
    view = league.peek(sources, ["qwen"], Lens())
    assert view.as_of is None


def test_the_own_repos_behind_a_row(sources: Sources, plain: Plain) -> None:
    view = members.peek(sources, "gemma")
    assert view is not None
    assert view.source == "census"
    wanted = sorted(plain.own("gemma", llm=False), key=lambda k: -plain.items[k]["downloads"])
    assert sorted(row.repo.id.lower() for row in view.rows) == sorted(wanted)
    downloads = [row.repo.downloads for row in view.rows]
    assert downloads == [plain.items[key]["downloads"] for key in wanted]
