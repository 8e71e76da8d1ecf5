"""Long loads: limits, kills, refusals, old names. What was asked once is not asked again."""

from collections import Counter

import pytest

from tests.loopback import LoopbackHub, World
from tests.loopback.faults import html_page, respond
from tests.unit.ask.families.places import Place, last
from tui.ask.calls import jobs
from tui.ask.families import league
from tui.ask.families.question import Question
from tui.ask.repo import card
from tui.model import Lens, NotFound, Offline, RateLimited, ServerTrouble, View

OWN = 30
COUNTS = "childrenModelCount"
DETAIL = "/api/models/Qwen/"


@pytest.fixture
def world() -> World:
    world = World()
    for at in range(OWN):
        world.model(f"Qwen/Qwen-{at:02}", downloads=1000 - at, downloadsAllTime=9000, likes=2)
        world.model(f"me/child-{at:02}", base=("finetune", [f"Qwen/Qwen-{at:02}"]), likes=1)
    return world


def counted(hub: LoopbackHub) -> Counter[str]:
    """How often each own repo's children were counted."""
    return Counter(r.path for r in hub.seen(DETAIL) if r.target.endswith(f"expand={COUNTS}"))


def edges(view: View) -> float | None:
    value: float | None = view.rows[0].measures["derivatives"].value
    return value


async def test_the_background_stops_short_of_the_limit_and_goes_on_by_itself(
    hub: LoopbackHub, place: Place
) -> None:
    hub.limits.quotas = {"api": 36}  # the last quarter is the key's in hand: 27 for the load
    hub.limits.window = 2
    hub.limits.begin_window()
    sources = place.open()
    waits: list[tuple[float, float | None]] = []
    cards: list[View] = []
    async for view in league.stream(sources, Question(["qwen"], tier=1)):
        if view.progress and view.progress.wait is not None:
            waits.append((view.progress.wait, edges(view)))
            if not cards:
                async for page in card.stream(sources, "model", "Qwen/Qwen-00", readme=False):
                    cards.append(page)
    await sources.close()
    assert cards[-1].rows[0].detail is not None
    assert waits
    assert all(0 <= wait <= 4 for wait, _ in waits)
    assert all(cell is not None and cell > 0 for _, cell in waits)  # the cells stay
    assert (view.complete, edges(view), view.problems) == (True, OWN, ())
    assert set(counted(hub).values()) == {1}
    assert len(counted(hub)) == OWN


async def test_a_429_of_the_edge_is_waited_out_and_only_that_call_is_made_again(
    hub: LoopbackHub, place: Place
) -> None:
    fault = hub.fault(
        lambda request: request.target.endswith(f"expand={COUNTS}") and len(counted(hub)) > 10,
        respond(429, b"slow down", {"Retry-After": "0"}),
    )
    sources = place.open()
    waits = 0
    async for view in league.stream(sources, Question(["qwen"], tier=1)):
        waits += view.progress is not None and view.progress.wait is not None
    await sources.close()
    assert fault.hits == 1
    assert waits
    assert (view.complete, edges(view)) == (True, OWN)
    assert sorted(counted(hub).values()) == [1] * (OWN - 1) + [2]


async def test_a_window_that_others_used_up_is_waited_for(hub: LoopbackHub, place: Place) -> None:
    hub.limits.window = 2
    hub.limits.begin_window()
    sources = place.open()
    waits = 0
    async for view in league.stream(sources, Question(["qwen"], tier=1)):
        if not waits and (edges(view) or 0) >= 5:
            hub.limits.quotas = {"api": 1}
        if view.progress and view.progress.wait is not None:
            waits += 1
            hub.limits.quotas = {}
    await sources.close()
    assert waits
    assert (view.complete, edges(view)) == (True, OWN)
    refused = sum(counted(hub).values()) - OWN
    assert 1 <= refused <= 6


async def test_the_foreground_is_told_of_the_limit_and_keeps_what_came(
    hub: LoopbackHub, place: Place
) -> None:
    hub.limits.quotas = {"api": 12}
    sources = place.open()
    asked = league.stream(sources, Question(["qwen"], tier=1, lane="foreground"))
    view = await last(sources, asked)
    assert any(isinstance(problem, RateLimited) for problem in view.problems)
    assert not view.complete
    first = edges(view)
    assert first is not None
    assert 5 <= first < OWN
    hub.limits.quotas = {}
    hub.limits.begin_window()
    sources = place.open()
    view = await last(sources, league.stream(sources, Question(["qwen"], tier=1)))
    assert (view.complete, edges(view)) == (True, OWN)
    assert len(hub.seen("/api/models?author=")) == 1
    answered = sum(counted(hub).values()) - OWN
    assert answered <= 6  # refused, or on their way when the run ended


async def test_killed_in_the_middle_a_new_start_makes_the_calls_that_are_left(
    hub: LoopbackHub, place: Place
) -> None:
    sources = place.open()
    gate = hub.gate(lambda request: request.path == f"{DETAIL}Qwen-{OWN - 1}")  # asked last
    begun = league.stream(sources, Question(["qwen"], tier=2))
    async for view in begun:
        if (edges(view) or 0) >= 12:
            break
    await begun.aclose()  # type: ignore[attr-defined]
    await sources.close()
    sources.store.close()
    gate.open()
    sources = place.open()
    (left,) = jobs.unfinished(sources)
    assert (left.keys, left.tier) == (("qwen",), 2)
    at_hand = league.peek(sources, ["qwen"], Lens(), tier=2)
    assert (edges(at_hand) or 0) >= 12
    cost = league.cost(sources, ["qwen"], 2)
    before = len(hub.requests)
    whole = await last(sources, league.stream(sources, Question(left.keys, tier=left.tier)))
    assert len(hub.requests) - before == cost < OWN
    assert (whole.complete, edges(whole)) == (True, OWN)
    assert len(hub.seen("/api/models?author=")) == 1
    again = place.open()
    assert jobs.unfinished(again) == ()
    before = len(hub.requests)
    stored = await last(again, league.stream(again, Question(["qwen"], tier=2)))
    assert len(hub.requests) == before
    assert (stored.source, edges(stored)) == ("cache", OWN)


async def test_a_number_of_calls_is_kept_to(hub: LoopbackHub, place: Place) -> None:
    sources = place.open()
    asked = league.stream(sources, Question(["qwen"], tier=1, max_calls=11))
    view = await last(sources, asked)
    assert len(hub.requests) == 11
    assert (view.complete, view.rows[0].tier, edges(view)) == (False, 0, 10)
    first = [f"/api/models/Qwen/Qwen-{at:02}" for at in range(10)]
    assert sorted(counted(hub)) == first  # the most downloaded ones
    reach = view.rows[0].measures["derivatives"].coverage
    assert reach is not None
    assert reach.weight == pytest.approx(
        sum(1000 - at for at in range(10)) / sum(1000 - at for at in range(OWN))
    )


async def test_a_list_of_several_pages_goes_on_at_its_page(
    hub: LoopbackHub, place: Place, world: World
) -> None:
    for at in range(2100):
        world.model(f"google/gemma-{at:04}", downloads=at)
    sources = place.open()
    asked = league.stream(sources, Question(["gemma"], max_calls=2))
    part = await last(sources, asked)
    repos = part.rows[0].measures["repos"]
    assert (repos.value, repos.kind, part.rows[0].tier) == (2000, "lower_bound", -1)
    sources = place.open()
    assert league.cost(sources, ["gemma"], 0) == 1
    whole = await last(sources, league.stream(sources, Question(["gemma"])))
    repos = whole.rows[0].measures["repos"]
    assert (repos.value, repos.kind) == (2100, "exact")
    assert len(hub.seen("/api/models?author=google")) == 3
    sources = place.open()
    fresh = league.stream(sources, Question(["gemma"], refresh=True))
    seen = [view.rows[0].measures["repos"].value async for view in fresh]
    await sources.close()
    assert set(seen) == {2100}  # the old copy stands until the new one is whole
    assert len(hub.seen("/api/models?author=google")) == 6


async def test_what_one_repo_refuses_is_passed_by_and_told(hub: LoopbackHub, place: Place) -> None:
    hub.fault(f"{DETAIL}Qwen-03", 401, times=None)
    hub.fault(f"{DETAIL}Qwen-07", respond(200, b"[]"), times=None)
    sources = place.open()
    view = await last(sources, league.stream(sources, Question(["qwen"], tier=1)))
    assert edges(view) == OWN - 2
    assert (view.complete, len(view.problems)) == (False, 2)
    assert any(isinstance(problem, NotFound) for problem in view.problems)


async def test_a_hub_in_trouble_ends_the_run(hub: LoopbackHub, place: Place) -> None:
    hub.fault(DETAIL, html_page(503), times=None)
    sources = place.open()
    view = await last(sources, league.stream(sources, Question(["qwen"], tier=1)))
    assert any(isinstance(problem, ServerTrouble) for problem in view.problems)
    assert view.rows[0].measures["repos"].value == OWN
    assert len(counted(hub)) < OWN


async def test_children_of_a_former_id_are_the_familys(
    hub: LoopbackHub, place: Place, world: World
) -> None:
    world.model("meta-llama/Llama-3.1-8B", downloads=9)
    world.model("a/new", base=("finetune", ["meta-llama/Llama-3.1-8B"]))
    world.model("b/old", tags=["base_model:adapter:meta-llama/Meta-Llama-3.1-8B",
                               "base_model:meta-llama/Meta-Llama-3.1-8B"])  # fmt: skip
    sources = place.open()
    view = await last(sources, league.stream(sources, Question(["llama"], tier=2)))
    figures = view.rows[0].measures
    assert (figures["derivatives"].value, figures["derivatives_adapter"].value) == (2, 1)
    assert len(hub.seen("/api/models?filter=base_model:meta-llama/")) == 2


async def test_without_the_hub_the_stored_figures_or_a_clear_line(
    hub: LoopbackHub, place: Place
) -> None:
    sources = place.open(offline=True)
    nothing = league.peek(sources, ["qwen"], Lens())
    assert (nothing.as_of, nothing.rows[0].tier) == (None, -1)
    assert nothing.rows[0].costs["repos"] == 1
    with pytest.raises(Offline):
        await last(sources, league.stream(sources, Question(["qwen"])))
    sources = place.open()
    fresh = await last(sources, league.stream(sources, Question(["qwen"])))
    hub.stop()
    sources = place.open()
    stored = await last(sources, league.stream(sources, Question(["qwen"], refresh=True)))
    assert [str(problem) for problem in stored.problems]
    assert stored.rows[0].measures["likes"].value == fresh.rows[0].measures["likes"].value == 60
