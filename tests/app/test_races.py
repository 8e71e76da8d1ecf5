"""What arrives late, early or in between: held at a gate, never timed."""

import pytest

from tests.app.stage import (
    AppPilot,
    Clock,
    Stage,
    ids,
    listing,
    press,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.loopback import LoopbackHub, World

LISTS = "/api/models?"


async def test_stored_rows_are_painted_before_the_fresh_ones_arrive(
    hub: LoopbackHub, stage: Stage, clock: Clock, world: World
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
    clock.advance(2 * 3600)
    world.model("new/arrival", trendingScore=100)
    gate = hub.gate(LISTS)
    async with stage.play() as pilot:
        await sees(pilot, "Qwen/Qwen3-8B", "stored, 2h old …")
        await wait_for(pilot, gate.arrived.is_set, "the question at the gate")
        assert "new/arrival" not in screen_text(pilot.app)
        gate.open()
        await sees(pilot, "● live", "new/arrival")
        await wait_for(pilot, lambda: not listing(pilot).busy, "an end of asking")


async def test_the_cursor_stays_on_its_repo_and_the_order_waits_for_r(
    hub: LoopbackHub, stage: Stage, clock: Clock, world: World
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
    clock.advance(2 * 3600)
    for number in range(4):
        world.model(f"new/arrival-{number}", trendingScore=100 + number)
    world.repos["models"]["acme/base"].facts["downloads"] = 7_777_777
    gate = hub.gate(LISTS)
    async with stage.play() as pilot:
        await press(pilot, "move.down", "move.down")
        held, before = listing(pilot).rows.key, ids(pilot)
        gate.open()
        await sees(pilot, "4 new, press r")
        assert ids(pilot) == before
        assert listing(pilot).rows.key == held
        await sees(pilot, "7.8M")  # what is known of the rows in sight is fresh all the same
        await press(pilot, "data.refresh")
        await sees(pilot, "new/arrival-3")
        assert ids(pilot)[:4] == [f"new/arrival-{number}" for number in (3, 2, 1, 0)]
        assert "press r" not in screen_text(pilot.app)


async def test_a_reader_who_has_not_moved_gets_the_fresh_order_at_once(
    hub: LoopbackHub, stage: Stage, clock: Clock, world: World
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
    world.model("new/arrival", trendingScore=100)
    async with stage.play() as pilot:
        await sees(pilot, "new/arrival")
        assert ids(pilot)[0] == "new/arrival"
        assert listing(pilot).rows.key == "Qwen/Qwen3-8B"  # the cursor stays on its repo


async def test_a_late_answer_to_an_old_question_is_dropped(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        slow = hub.gate(lambda request: "sort=downloads" in request.target)
        await press(pilot, "list.sort")
        await pilot.press("down", "enter")
        await wait_for(pilot, slow.arrived.is_set, "the first question at the gate")
        assert listing(pilot).query_now.sort == "downloads"
        await press(pilot, "list.sort")
        await pilot.press("down", "enter")
        await sees(pilot, "most liked", "● live")
        liked = ids(pilot)
        slow.open()
        await press(pilot, "move.down", "move.up")
        await settled(pilot)
        assert ids(pilot) == liked
        assert listing(pilot).query_now.sort == "likes"


async def test_a_late_search_does_not_replace_a_newer_one(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        slow = hub.gate(lambda request: "search=q" in request.target)
        await press(pilot, "search.open")
        await pilot.press("q")
        await wait_for(pilot, slow.arrived.is_set, "the search for q at the gate")
        await pilot.press("backspace", *"gemma")
        await wait_for(
            pilot, lambda: any("search=gemma" in r.target for r in hub.requests), "the new search"
        )
        await wait_for(pilot, lambda: not listing(pilot).busy, "its answer")
        slow.open()
        await pilot.press("enter")
        await settled(pilot)
        assert all("gemma" in repo_id for repo_id in ids(pilot))
        await press(pilot, "go.up")
        assert len(ids(pilot)) > 50


async def test_the_hubs_rows_join_behind_the_rows_at_hand(
    hub: LoopbackHub, stage: Stage, world: World
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        world.model("far/needle-7b", trendingScore=0.1)
        world.repos["models"]["bob/qwen3-8b-merge"].facts["id"] = "bob/Qwen3-8B-merge"
        await press(pilot, "search.open")
        await pilot.press(*"needle")
        await sees(pilot, "far/needle-7b")
        await pilot.press("escape")
        await sees(pilot, "models · trending")
        assert "far/needle-7b" not in ids(pilot)


async def test_a_storm_of_sizes_while_loading_leaves_one_whole_screen(
    hub: LoopbackHub, stage: Stage
) -> None:
    gate = hub.gate(LISTS)
    async with stage.play((80, 24)) as pilot:
        await wait_for(pilot, gate.arrived.is_set, "the question at the gate")
        for size in ((120, 36), (40, 10), (200, 60), (60, 20), (99, 24), (100, 24), (20, 6)):
            await pilot.resize_terminal(*size)
        gate.open()
        await pilot.resize_terminal(120, 36)
        await sees(pilot, "● live", "Qwen/Qwen3-8B")
        for size in ((60, 20), (120, 36), (30, 8), (80, 24)):
            await pilot.resize_terminal(*size)
            await press(pilot, "move.bottom", "move.top", "move.page_down")
        await settled(pilot)
        lines = screen_text(pilot.app).splitlines()
        assert len(lines) == 24
        assert max(map(len, lines)) <= 80
        cursor_lines = [line for line in lines if line.startswith("▌")]
        assert len(cursor_lines) == 1
        assert str(listing(pilot).rows.key) in cursor_lines[0]


async def test_the_card_is_resized_while_it_is_read(stage: Stage, world: World) -> None:
    text = "".join(f"## Part {n}\n\n{'word ' * 200}\n\n" for n in range(60))
    world.model("long/card", readme=text, trendingScore=99)
    async with stage.play((100, 30), target=("model", "long/card")) as pilot:
        await sees(pilot, "Part 0")
        await press(pilot, "card.outline")
        await pilot.press(*"part 30", "enter")
        await wait_for(pilot, lambda: first_line(pilot) == "Part 30", "the heading on top")
        for size in ((60, 20), (120, 36), (80, 24)):
            await pilot.resize_terminal(*size)
            await wait_for(pilot, lambda: first_line(pilot) == "Part 30", "the same place")


def first_line(pilot: AppPilot) -> str:
    return screen_text(pilot.app).splitlines()[3].strip()


@pytest.mark.parametrize("where", [LISTS, "/api/models/Qwen", "/Qwen/Qwen3-8B/resolve"])
async def test_q_ends_at_once_while_the_hub_hangs(
    hub: LoopbackHub, stage: Stage, where: str
) -> None:
    gate = hub.gate(where)
    async with stage.play() as pilot:
        if where != LISTS:
            await settled(pilot)
            await press(pilot, "row.open")
        await wait_for(pilot, gate.arrived.is_set, "the question at the gate")
        await press(pilot, *(["go.quit"] if where == LISTS else ["go.quit", "go.quit"]))
        await wait_for(pilot, lambda: not pilot.app.is_running, "the app has ended")
    # only now may the Hub answer
    gate.open()
