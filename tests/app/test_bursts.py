"""Keys that come faster than screens do: kept in order, on the screen then in sight."""

from pathlib import Path

import pytest
from textual import events

from tests.app.stage import (
    AppPilot,
    Stage,
    hubscope,
    ids,
    leave,
    listing,
    page,
    press,
    reading,
    resize,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.loopback import LoopbackHub, World, faults
from tui.places import ROOTS
from tui.screens.chooser import Chooser
from tui.screens.families import FamiliesScreen

NAMES = {
    " ": "space",
    "⏎": "enter",
    "/": "slash",
    "^": "escape",
    "⇥": "tab",
    "?": "question_mark",
    ":": "colon",
    "]": "right_square_bracket",
}
WIDE, NARROW = (120, 36), (80, 24)


def burst(pilot: AppPilot, keys: str) -> None:
    """Send all keys in one go, as a paste into a terminal multiplexer does."""
    for key in keys:
        name = NAMES.get(key, key)
        pilot.app.post_message(events.Key(name, key if key.isprintable() else None))


@pytest.mark.parametrize("keys", ["q⏎", "q/", "q2", "qL", "qks⇥", "qqqq", "⏎q^:^q", "2q?qq"])
async def test_what_follows_a_leaving_q_does_no_harm(stage: Stage, keys: str) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        burst(pilot, keys + "q" * 8)
        await wait_for(pilot, lambda: not pilot.app.is_running, "the app has ended")
    assert pilot.app.return_code == 0


async def test_words_typed_ahead_of_the_box_are_searched_for(stage: Stage) -> None:
    async with stage.play(WIDE) as pilot:
        await settled(pilot)
        burst(pilot, "/qwen⏎j")
        await wait_for(pilot, lambda: listing(pilot).rows.cursor == 1, "the list moved")
        assert all("qwen" in repo_id.lower() for repo_id in ids(pilot))
        assert listing(pilot).focused is listing(pilot).rows


async def test_a_menu_takes_what_is_typed_ahead_of_it(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        burst(pilot, "?order⏎jj⏎")
        await wait_for(pilot, lambda: listing(pilot).query_now.sort != "trending", "an order")
        assert not isinstance(pilot.app.screen, Chooser)


async def test_keys_act_on_the_screen_that_is_then_in_sight(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        burst(pilot, "j⏎]2j41")
        places = ["list", "card", "families", "saved", "list"]
        trail = hubscope(pilot).trail
        await wait_for(
            pilot, lambda: [visit.place.name for visit in trail.visits] == places, "every place"
        )
        assert page(pilot).place == ROOTS["trending"]


async def test_pasted_text_outside_a_box_does_nothing(stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        before = screen_text(pilot.app)
        pilot.app.post_message(events.Paste("qj2b?:/"))
        await pilot.pause()
        assert screen_text(pilot.app) == before
        burst(pilot, "/")
        pilot.app.post_message(events.Paste("qwen3\n"))
        burst(pilot, "⏎")
        await wait_for(pilot, lambda: "qwen3" in screen_text(pilot.app), "the search")
        assert listing(pilot).query_now.words == ("qwen3",)


@pytest.mark.parametrize("first", ["", "/", "?", ":x", "s", "2x", "⏎/"])
async def test_ctrl_q_leaves_from_anywhere(stage: Stage, first: str) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        burst(pilot, first)
        await pilot.press("ctrl+q")
        await wait_for(pilot, lambda: not pilot.app.is_running, "the app has ended")


async def test_a_letter_of_another_layout_says_once_which_keys_are_meant(stage: Stage) -> None:
    async with stage.play(WIDE) as pilot:
        await settled(pilot)
        burst(pilot, "й")
        await sees(pilot, "Latin letters", "ctrl+q leaves")
        await press(pilot, "row.bookmark")
        await sees(pilot, "bookmarked")
        burst(pilot, "ψ")
        await pilot.pause()
        assert "Latin letters" not in screen_text(pilot.app)


async def test_an_error_nobody_foresaw_is_one_line_and_the_app_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage.play(WIDE, errors_expected=True) as pilot:
        await settled(pilot)

        def fail(*_: object) -> None:
            raise ZeroDivisionError("made to fail")

        monkeypatch.setattr(page(pilot), "action_sort", fail)
        for _ in range(2):
            burst(pilot, "s")
            await pilot.pause()
        await sees(pilot, "unforeseen error")
        burst(pilot, "j")
        await wait_for(pilot, lambda: listing(pilot).rows.cursor == 1, "the app goes on")
        monkeypatch.setattr(page(pilot), "on_row_table_moved", fail)
        assert len(hubscope(pilot).troubles.errors) == 1
        folder = hubscope(pilot).state_folder
        await leave(pilot)
    assert_one_private_traceback(folder)


def assert_one_private_traceback(folder: str) -> None:
    (written,) = Path(folder).glob("error-*.txt")
    assert "made to fail" in written.read_text("utf-8")
    assert written.stat().st_mode & 0o077 == 0


async def test_an_error_in_a_worker_or_a_message_is_said_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage.play(WIDE, errors_expected=True) as pilot:
        await settled(pilot)
        screen = listing(pilot)

        def fail(*_: object) -> None:
            raise LookupError("in a message")

        monkeypatch.setattr(screen.preview, "follow", fail)
        burst(pilot, "j")
        await sees(pilot, "unforeseen error")
        monkeypatch.undo()
        monkeypatch.setattr("tui.ask.lists.trending.stream", None)  # not to be called
        burst(pilot, "r")
        await wait_for(
            pilot, lambda: len(hubscope(pilot).troubles.errors) == 2, "the worker's error"
        )
        burst(pilot, "jj")
        await wait_for(pilot, lambda: screen.rows.cursor == 3, "the app goes on")


async def test_from_a_screen_that_cannot_be_put_up_one_goes_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.card.screen.CardScreen.body", lambda _: 1 / 0)
    async with stage.play(WIDE, errors_expected=True) as pilot:
        await settled(pilot)
        burst(pilot, "j⏎")
        await sees(pilot, "models · trending", "unforeseen error")
        burst(pilot, "j")
        await wait_for(pilot, lambda: listing(pilot).rows.cursor == 2, "the app goes on")


# faults of one screen


async def test_families_live_through_a_pane_of_two_columns(stage: Stage) -> None:
    async with stage.play() as pilot:
        await press(pilot, "go.families")
        await settled(pilot)
        for size in ((2, 24), (2, 1), (1, 1), (3, 60)):
            await resize(pilot, *size)
            await press(pilot, "move.down", "figure.right", "figure.lens")
            await pilot.press("escape")
            await resize(pilot, *NARROW)
            await sees(pilot, "Families", "Qwen")
            assert isinstance(pilot.app.screen, FamiliesScreen), size


async def test_a_late_answer_to_half_a_word_does_not_wipe_the_last_error(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        slow = hub.gate(lambda request: "search=qwen" in request.target)
        await press(pilot, "search.open")
        await pilot.press(*"qwen")
        await wait_for(pilot, slow.arrived.is_set, "the search at the gate")
        await pilot.press(*" params:x")
        await wait_for(pilot, lambda: listing(pilot).problem is not None, "the error")
        problem = listing(pilot).problem
        slow.open()
        for _ in range(20):
            await pilot.pause(0.02)
        assert listing(pilot).problem is problem
        assert str(problem)[:40] in screen_text(pilot.app)


async def test_an_empty_list_has_no_facts_beside_it(stage: Stage) -> None:
    async with stage.play(WIDE) as pilot:
        await sees(pilot, "license")
        await press(pilot, "search.open")
        await pilot.press(*"nosuchmodelatall")
        await sees(pilot, "nothing found")
        await wait_for(pilot, lambda: "license" not in screen_text(pilot.app), "no facts")


async def test_a_tab_filled_while_hidden_is_drawn_for_the_width_it_gets(
    stage: Stage, world: World
) -> None:
    evals = [
        {
            "task": {"type": "text-generation", "name": "Text Generation"},
            "dataset": {"type": "exam", "name": "A long examination of everything"},
            "metrics": [{"type": "acc", "value": 71.25, "name": "accuracy", "verified": True}],
        }
    ]
    world.model("acme/judged", trendingScore=99)
    world.repos["models"]["acme/judged"].facts["model-index"] = [
        {"name": "judged", "results": evals}
    ]
    async with stage.play(WIDE, target=("model", "acme/judged")) as pilot:
        await settled(pilot)
        await wait_for(pilot, lambda: reading(pilot).card.detail is not None, "the facts")
        reading(pilot).go_to_tab("Evals")
        await sees(pilot, "71.25")
        first = screen_text(pilot.app)
        await resize(pilot, 100, 30)
        await resize(pilot, *WIDE)
        await pilot.pause()
        assert screen_text(pilot.app) == first


async def test_a_key_while_the_hub_hangs_is_not_kept_back(hub: LoopbackHub, stage: Stage) -> None:
    hub.fault("/", faults.hang_up, times=None)
    async with stage.play() as pilot:
        burst(pilot, "2341:^q")
        await wait_for(pilot, lambda: not pilot.app.is_running, "the app has ended")
