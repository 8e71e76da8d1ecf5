"""The tabs of view 1: models, datasets, Spaces, and the saved searches by name."""

from tests.app.stage import AppPilot, Stage, hubscope, ids, listing, press, resize, sees, settled
from tests.loopback import LoopbackHub
from tui.ask.saved import saved
from tui.places import ListPlace

SIZES = [(60, 20), (120, 36)]


async def keep(pilot: AppPilot, **lines: str) -> None:
    for name, line in lines.items():
        saved.save(hubscope(pilot).sources, name, line).wait()


async def test_searches_follow_the_kinds_by_name(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play(SIZES[0]) as pilot:
        await settled(pilot)
        await keep(pilot, zebra="author:Qwen sort:likes", Apes="llama sort:downloads")
        for words in ("datasets · trending", "Spaces · trending", " Apes · models", " zebra · mod"):
            await press(pilot, "tab.next")
            for size in SIZES:
                await resize(pilot, *size)
                await sees(pilot, words)
        await settled(pilot)
        assert ids(pilot)
        assert all(one.startswith("Qwen/") for one in ids(pilot))
        assert listing(pilot).command_line() == "hubscope search 'author:Qwen sort:likes'"
        await press(pilot, "tab.next")
        await sees(pilot, "models · trending")
        await press(pilot, "tab.previous")
        await sees(pilot, " zebra · models")


async def test_the_session_ends_and_begins_on_a_search(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        await keep(pilot, ours="sort:likes")
        await press(pilot, "tab.previous")
        await sees(pilot, " ours · models")
        await settled(pilot)
        await press(pilot, "move.down")
        chosen = ids(pilot)[1]
        await press(pilot, "app.end")
    async with stage.play() as pilot:
        await sees(pilot, " ours · models")
        await settled(pilot)
        assert listing(pilot).rows.key == chosen
        await keep(pilot, ours="broken:")
        await press(pilot, "app.end")
    async with stage.play() as pilot:  # it says nothing to this version any more
        await sees(pilot, "models · trending")


async def test_another_question_is_the_saved_one_no_more(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((100, 24)) as pilot:
        await settled(pilot)
        await keep(pilot, ours="author:Qwen sort:likes")
        await press(pilot, "tab.previous")
        await sees(pilot, " ours · models")
        await press(pilot, "search.open")
        await pilot.press(*"llama")
        await sees(pilot, " models · llama · trending")
        await pilot.press("escape")
        await sees(pilot, " ours · models")
        await press(pilot, "tab.next")
        await sees(pilot, " models · trending")


async def test_opened_from_view_4_it_is_named_and_a_tab(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((100, 24)) as pilot:
        await settled(pilot)
        await keep(pilot, ours="author:Qwen sort:likes")
        await press(pilot, "go.saved")
        await sees(pilot, "ours: author:Qwen")
        await press(pilot, "row.open")
        await sees(pilot, " ours · models · by Qwen · most liked")
        place = hubscope(pilot).trail.here.place
        assert isinstance(place, ListPlace)
        await press(pilot, "tab.next")
        await sees(pilot, " models · trending")
