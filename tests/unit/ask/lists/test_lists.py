"""Trending, search and an author's repos: what is stored, what the Hub says, what goes wrong."""

from collections.abc import AsyncIterator

import pytest

from tests.loopback import LoopbackHub, World, faults
from tests.unit.ask.conftest import Clock, Make
from tui.analysis.query.query_line import parse
from tui.ask.lists import search, trending
from tui.ask.lists import shelf as shelf_of
from tui.ask.sources import Sources
from tui.model import (
    Lens,
    NoAccess,
    Offline,
    Problem,
    Query,
    RateLimited,
    ServerTrouble,
    Unreadable,
    View,
)

LIST = Query(limit=30)
LENS = Lens()


async def views(stream: AsyncIterator[View]) -> list[View]:
    return [view async for view in stream]


async def ask(sources: Sources, query: Query = LIST) -> list[View]:
    return await views(trending.stream(sources, query))


def ids(view: View) -> list[str]:
    return [row.repo.id for row in view.rows]


async def test_the_first_answer_is_the_hubs_the_second_comes_after_the_stored_one(
    sources: Sources, clock: Clock
) -> None:
    assert trending.peek(sources, LIST) is None
    (first,) = await ask(sources)
    assert (first.source, first.stale, first.as_of) == ("hub", False, clock.now)
    assert [row.rank for row in first.rows] == list(range(1, 101))[: len(first.rows)]
    clock.now += 60
    stored, fresh = await ask(sources)
    assert (stored.source, stored.stale, stored.as_of) == ("cache", True, clock.now - 60)
    assert (fresh.source, fresh.as_of) == ("hub", clock.now)
    assert ids(stored) == ids(fresh)[: len(stored.rows)]


FAULTS = [
    pytest.param(faults.garbage, Unreadable, id="bytes"),
    pytest.param(faults.truncated_json, Unreadable, id="half JSON"),
    pytest.param(faults.empty_body, Unreadable, id="nothing"),
    pytest.param(faults.nan, Unreadable, id="NaN"),
    pytest.param(faults.deep(100_000), Unreadable, id="deep"),
    pytest.param(faults.html_page(200), Unreadable, id="a page"),
    pytest.param(faults.respond(403), NoAccess, id="403"),
    pytest.param(faults.respond(429), RateLimited, id="429"),
    pytest.param(faults.respond(500), ServerTrouble, id="500"),
    pytest.param(faults.hang_up, Problem, id="hung up"),
    pytest.param(faults.half_body, Problem, id="half a body"),
]


@pytest.mark.parametrize(("effect", "kind"), FAULTS)
async def test_with_rows_stored_a_fault_is_a_line_beside_them(
    hub: LoopbackHub, make: Make, effect: faults.Effect, kind: type[Problem]
) -> None:
    (before,) = await ask(make())
    hub.fault("/api/models", effect, times=None)
    *_, last = await ask(make())
    assert ids(last) == ids(before)[:30]
    assert (last.source, last.stale) == ("cache", True)
    (problem,) = last.problems
    assert isinstance(problem, kind)
    assert str(problem).isprintable()
    assert ";" in str(problem)


@pytest.mark.parametrize(("effect", "kind"), FAULTS)
async def test_with_nothing_stored_a_fault_is_raised(
    hub: LoopbackHub, sources: Sources, effect: faults.Effect, kind: type[Problem]
) -> None:
    hub.fault("/api/models", effect, times=None)
    with pytest.raises(kind):
        await ask(sources)


async def test_offline_serves_what_is_stored_and_else_says_so(make: Make) -> None:
    with pytest.raises(Offline):
        await ask(make(offline=True))
    await ask(make())
    view = (await ask(make(offline=True)))[-1]
    assert view.rows
    assert isinstance(view.problems[0], Offline)


async def test_one_fault_that_passes_is_not_noticed(hub: LoopbackHub, sources: Sources) -> None:
    fault = hub.fault("/api/models", 503, times=1)
    (view,) = await ask(sources)
    assert fault.hits == 1
    assert view.problems == ()


async def test_pages_are_read_until_there_are_rows_enough(
    hub: LoopbackHub, world: World, sources: Sources
) -> None:
    for number in range(250):
        world.model(f"many/model-{number:03}", trendingScore=500 - number)
    (view,) = await ask(sources)
    while view.more and len(view.rows) < 250:
        view = await trending.more(sources, view)
    assert ids(view)[:250] == [f"many/model-{number:03}" for number in range(250)]
    assert [row.rank for row in view.rows] == list(range(1, len(view.rows) + 1))
    assert len(hub.seen("/api/models")) == 3
    assert len(set(view.requests)) == 3


async def test_a_stored_list_is_paged_from_the_store(
    hub: LoopbackHub, world: World, make: Make
) -> None:
    for number in range(250):
        world.model(f"many/model-{number:03}", trendingScore=500 - number)
    first = make()
    (view,) = await ask(first)
    view = await trending.more(first, view)
    held, asked = len(view.rows), len(hub.requests)
    later = make(offline=True)
    stored = trending.peek(later, LIST)
    assert stored is not None
    assert stored.more
    while stored.more and len(stored.rows) < held:
        stored = await trending.more(later, stored)
    assert ids(stored) == ids(view)
    with pytest.raises(Offline):
        await trending.more(later, stored)
    assert len(hub.requests) == asked


async def test_terms_of_our_own_look_through_the_hubs_pages(
    hub: LoopbackHub, world: World, sources: Sources
) -> None:
    for number in range(450):
        liked = 8 if number % 100 == 50 else 1
        world.model(f"many/model-{number:03}", trendingScore=900 - number, likes=liked)
    query = parse("likes:7..9")._replace(limit=4)
    found = await ask(sources, query)
    assert ids(found[-1])[:4] == [f"many/model-{number}50" for number in ("0", "1", "2", "3")]
    assert [row.rank for row in found[-1].rows][:4] == [51, 151, 251, 351]
    assert found[-1].looked is not None
    assert found[-1].looked >= 351
    assert found[-1].complete
    assert len(hub.seen("/api/models")) <= 5


async def test_moves_are_counted_from_a_look_an_hour_ago_and_no_younger(
    world: World, sources: Sources, clock: Clock
) -> None:
    (first,) = await ask(sources)
    assert first.baseline is None
    assert {row.move for row in first.rows} == {None}
    clock.now += 1800
    *_, second = await ask(sources)
    assert second.baseline is None
    clock.now += 3600
    world.repos["models"]["acme/base"].facts["trendingScore"] = 1000
    world.model("new/one", trendingScore=900)
    *_, third = await ask(sources)
    assert third.baseline is not None
    moves = {row.repo.id: row.move for row in third.rows}
    assert moves["new/one"] == "new"
    assert isinstance(moves["acme/base"], int)
    assert moves["acme/base"] > 0
    assert moves["Qwen/Qwen3-8B"] == -2  # two stand above it now


async def test_private_rows_are_the_accounts_own(
    world: World, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_ann")
    world.model("acme/plan", private=True, trendingScore=999)
    world.token("hf_ann", "ann", access=["acme/plan"])
    owner = make(token="hf_ann")
    (view,) = await ask(owner)
    assert "acme/plan" in ids(view)
    stranger = make(offline=True)
    stored = trending.peek(stranger, LIST)
    assert stored is None or "acme/plan" not in ids(stored)
    shelf = shelf_of.at_hand(stranger, "model", ())
    assert "acme/plan" not in [repo.id for repo in shelf.rows]
    again = trending.peek(make(token="hf_ann"), LIST)
    assert again is not None
    assert "acme/plan" in ids(again)
    members = [
        member.id
        for shot in owner.store.history.snapshots("ann")
        for member in owner.store.history.members(shot.id)
    ]
    assert members
    assert "acme/plan" not in members


async def test_the_rows_at_hand_narrow_and_the_hubs_join_behind_them(
    hub: LoopbackHub, world: World, sources: Sources
) -> None:
    await ask(sources)
    shelf = shelf_of.at_hand(sources, "model", ())
    query = parse("qwen gguf")._replace(limit=30)
    local = shelf_of.narrow(sources, shelf, query)
    assert ids(local) == ["bob/Qwen3-8B-GGUF"]
    world.model("far/qwen-gguf-2", trendingScore=99)
    world.repos["models"]["bob/qwen3-8b-gguf"].facts["likes"] = 4321
    joined = (await views(search.join(sources, query, local)))[-1]
    assert ids(joined) == ["bob/Qwen3-8B-GGUF", "far/qwen-gguf-2"]
    assert joined.rows[0].repo.likes == 4321


async def test_each_figure_of_the_strip_names_its_requests_and_its_unknown(
    hub: LoopbackHub, sources: Sources
) -> None:
    (view,) = await ask(sources)
    assert view.measures
    total = sum(measure.value or 0 for measure in view.measures.values())
    assert total == min(10, len(view.rows))
    for name, measure in view.measures.items():
        assert name.startswith("origin.")
        assert measure.requests
        assert all(request.startswith(hub.url) for request in measure.requests)
        assert measure.unknown is not None
        assert measure.registry
        assert measure.universe == "hub"


async def test_a_question_of_our_own_is_looked_through_to_the_lists_end(
    world: World, sources: Sources
) -> None:
    for number in range(1500):
        liked = 8 if number >= 1400 else None if number % 500 == 7 else 1
        world.model(f"many/model-{number:04}", trendingScore=9000 - number, likes=liked)
    query = parse("author:many likes:7..9")._replace(limit=0)
    *_, last = await ask(sources, query)
    assert ids(last) == [f"many/model-{number}" for number in range(1400, 1500)]
    assert (last.complete, last.more, last.looked) == (True, False, 1500)
    assert sum(count or 0 for count in last.left_out.values()) == 3
    one_call = [v async for v in trending.stream(sources, query, max_calls=1)][-1]
    assert (one_call.more, one_call.looked, one_call.rows) == (True, 1000, ())


async def test_sixty_questions_find_the_same_in_the_hubs_list_as_in_a_plain_loop(
    world: World, sources: Sources
) -> None:
    liked = {f"many/m-{n:03}": (n * 17) % 97 for n in range(120)}
    for at, (repo_id, likes) in enumerate(liked.items()):
        world.model(repo_id, likes=likes, trendingScore=900 - at, downloads=at * 100)
    for low in range(0, 60, 2):
        for line, most in (
            (f"author:many likes:{low}..{low + 20}", None),
            (f"m-0 likes:>{low}", 9),
        ):
            *_, found = await ask(sources, parse(line)._replace(limit=most or 0))
            lowest, highest = (low, low + 20) if most is None else (low + 1, 10**9)
            plain = [
                repo_id
                for repo_id, likes in liked.items()
                if lowest <= likes <= highest and (most is None or "m-0" in repo_id)
            ]
            assert ids(found)[: most or None] == plain[: most or None]
