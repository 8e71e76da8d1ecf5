"""Every figure, for every lens, against loops over the rows of a made Hub."""

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.ask.families import made
from tests.unit.ask.families.places import Place, last
from tui.ask.families import compare, league, members
from tui.ask.families.league import FamilyRow
from tui.ask.families.question import Question
from tui.model import Lens, View

KEYS = tuple(made.FAMILIES)


@pytest.fixture(params=range(2))
def rows(request: pytest.FixtureRequest) -> list[made.Made]:
    return made.made(request.param)


@pytest.fixture
def world(rows: list[made.Made]) -> World:
    return made.fill(World(), rows)


def check(view: View, rows: list[made.Made], lens: Lens) -> None:
    found: tuple[FamilyRow, ...] = view.rows
    assert [row.family.key for row in found] == list(KEYS)
    for row in found:
        plain = made.counted(rows, row.family.key, lens)
        assert list(row.measures) == list(plain)
        values = {name: measure.value for name, measure in row.measures.items()}
        assert values == {name: value if value is None else pytest.approx(value)
                          for name, value in plain.items()}  # fmt: skip
        assert {measure.lens for measure in row.measures.values()} == {lens}


@pytest.mark.usefixtures("hub")
async def test_fetched_stored_and_seen_again_under_every_lens(
    place: Place, rows: list[made.Made]
) -> None:
    sources = place.open()
    fresh = await last(sources, league.stream(sources, Question(KEYS, tier=2)))
    assert (fresh.source, fresh.stale, fresh.complete, fresh.problems) == ("hub", False, True, ())
    stored = place.open(offline=True)
    for lens in made.LENSES:
        check(league.again(sources, fresh, lens), rows, lens)
        check(league.peek(stored, KEYS, lens, tier=2), rows, lens)
        check(compare.peek(stored, KEYS, lens, tier=2), rows, lens)


@pytest.mark.usefixtures("hub")
async def test_sums_equal_totals(place: Place, rows: list[made.Made]) -> None:
    sources = place.open()
    fresh = await last(sources, league.stream(sources, Question(KEYS)))
    stored = place.open(offline=True)
    for row in fresh.rows:
        view = members.peek(stored, row.family.key)
        assert view is not None
        repos = [one.repo for one in view.rows]
        assert {repo.id for repo in repos} == {one.id for one in made.own(rows, row.family.key)}
        counts = [repo.downloads or 0 for repo in repos]
        assert counts == sorted(counts, reverse=True)
        assert row.measures["repos"].value == len(repos)
        assert row.measures["downloads_30d"].value == sum(counts)
        assert row.measures["likes"].value == sum(repo.likes or 0 for repo in repos)
        total = sum(repo.downloads_all_time or 0 for repo in repos)
        assert row.measures["downloads_all_time"].value == total


async def test_each_tier_costs_what_it_said(
    hub: LoopbackHub, place: Place, rows: list[made.Made]
) -> None:
    own = sum(len(made.own(rows, key)) for key in KEYS)
    for tier in (0, 1, 2):
        sources = place.open()
        said = league.cost(sources, KEYS, tier)
        before = len(hub.requests)
        view = await last(sources, league.stream(sources, Question(KEYS, tier=tier)))
        made_calls = len(hub.requests) - before
        assert made_calls == said
        assert view.complete
        if tier == 0:
            assert made_calls == len({org for orgs, _ in made.FAMILIES.values() for org in orgs})
            assert all(row.tier == 0 for row in view.rows)
            for row in view.rows:
                mine = len(made.own(rows, row.family.key))
                assert row.measures["derivatives"].value is None
                assert row.costs["derivatives"] == mine
                assert row.costs["derivative_authors"] >= mine
                assert row.costs["repos"] == 0
        else:
            assert made_calls >= own


async def test_the_hubs_counts_are_edges_with_a_lower_end(
    place: Place, hub: LoopbackHub, rows: list[made.Made]
) -> None:
    sources = place.open()
    view = await last(sources, league.stream(sources, Question(KEYS, tier=1)))
    for row in view.rows:
        orgs = made.FAMILIES[row.family.key][0]
        ids = {one.id for one in made.own(rows, row.family.key)}
        edges = [
            kind
            for one in rows
            for parent, kind in one.edges
            if parent in ids and kind != "unknown" and one.author.lower() not in orgs
        ]
        figure = row.measures["derivatives"]
        assert (figure.kind, figure.value) == ("edges", len(edges))
        assert row.measures["derivatives_finetune"].value == edges.count("finetune")
        assert row.measures["derivative_authors"].value is None
        assert figure.coverage is not None
        assert (figure.coverage.done, figure.coverage.total) == (len(ids), len(ids))
        asked = {request.target for request in hub.requests}
        assert {url.removeprefix(hub.url) for url in figure.requests} <= asked


@pytest.mark.usefixtures("hub")
async def test_figures_are_kept_as_dated_points(place: Place) -> None:
    sources = place.open()
    view = await last(sources, league.stream(sources, Question(KEYS)))
    kept = place.open(offline=True).store.history.points("qwen", "repos")
    figure = view.rows[0].measures["repos"]
    assert [(point.value, point.definition) for point in kept] == [
        (figure.value, figure.definition)
    ]
