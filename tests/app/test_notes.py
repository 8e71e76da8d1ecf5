"""Tags and a note written in the app: in one line, on a card and where bookmarks are listed."""

import pytest

from tests.app.stage import (
    Stage,
    hubscope,
    page,
    press,
    resize,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.loopback import LoopbackHub
from tui.ask.saved import bookmark
from tui.model import Note, Repo, StoreTrouble
from tui.screens.note_bar import NoteBar

MODEL = "Qwen/Qwen3-8B"
SIZES = [(60, 20), (100, 24)]


def noted(app: object) -> Note:
    from tui.app import Hubscope

    assert isinstance(app, Hubscope)
    return bookmark.note(app.sources, Repo(MODEL, "model"))


async def test_a_note_is_written_on_a_card_and_edited_where_it_is_listed(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play(SIZES[0], target=("model", MODEL)) as pilot:
        await settled(pilot)
        await press(pilot, "row.note")
        for size in SIZES:
            await resize(pilot, *size)
            await sees(pilot, f"a note on {MODEL}")
        await pilot.press(*"#fast try it", "enter")
        await sees(pilot, f"note kept on {MODEL}")
        assert noted(pilot.app) == Note("try it", ("fast",))
        await press(pilot, "go.saved")
        for size in (*SIZES, SIZES[0]):
            await resize(pilot, *size)
            await sees(pilot, "bookmark", MODEL, "#fast try it")
        await press(pilot, "row.note")
        await sees(pilot, "⏎ keeps tags and note")
        await pilot.press(*" now", "enter")
        await sees(pilot, f"note kept on {MODEL}")
        await sees(pilot, "#fast try it now")  # on a narrow screen once that was said
        assert noted(pilot.app) == Note("try it now", ("fast",))
        assert page(pilot).focused is page(pilot).reader()


async def test_esc_leaves_it_and_nothing_takes_it_away(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play(target=("model", MODEL)) as pilot:
        await settled(pilot)
        sources = hubscope(pilot).sources
        bookmark.keep(sources, Repo(MODEL, "model"), "old", ("tag",)).wait()
        await press(pilot, "row.note")
        await sees(pilot, "#tag old")
        await pilot.press(*"er", "escape")
        await wait_for(pilot, lambda: not page(pilot).query(NoteBar), "the line has gone")
        assert noted(pilot.app) == Note("old", ("tag",))
        await press(pilot, "row.note")
        await sees(pilot, "#tag old")
        await pilot.press("ctrl+u", "enter")
        await sees(pilot, f"{MODEL} is kept, without a note")
        assert noted(pilot.app) == Note()
        assert [mark.id for mark in sources.store.library.bookmarks()] == [MODEL]


async def test_what_is_too_long_stays_in_the_line(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play(target=("model", MODEL)) as pilot:
        await settled(pilot)
        await press(pilot, "row.note")
        page(pilot).query_one(NoteBar).value = "x" * 501
        await pilot.press("enter")
        await sees(pilot, "a note has 500 characters at most; shorten it")
        await pilot.press("backspace", "enter")
        await sees(pilot, "note kept on")


async def test_what_the_disk_refuses_is_said(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(_: object) -> None:
        raise StoreTrouble("the disk is full; make room")

    monkeypatch.setattr("tui.ask.saved.saved.answered", refused)
    async with stage.play(target=("model", MODEL)) as pilot:
        await settled(pilot)
        await press(pilot, "row.note")
        await pilot.press("a", "enter")
        await sees(pilot, "not kept: the disk is full")
        assert "note kept" not in screen_text(pilot.app)


async def test_a_search_has_no_note(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        hubscope(pilot).sources.store.library.save_query("ours", "llama", 0.0).wait()
        await press(pilot, "go.saved")
        await sees(pilot, "ours")
        await press(pilot, "row.note")
        await sees(pilot, "no repo is highlighted")
