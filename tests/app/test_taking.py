"""Files taken in the app: after a page that names them, seen while they come, ended or left."""

import asyncio
import json
import os
import shlex
import signal
import time
from pathlib import Path

import pytest
from textual.strip import Strip

from tests.app.stage import (
    PATIENCE,
    AppPilot,
    Stage,
    hubscope,
    page,
    press,
    reading,
    resize,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.loopback import LoopbackHub, Request, World, add_weights
from tui.ask.take import download
from tui.render.spans import Line
from tui.widgets.paint import Painter

GGUF = ("model", "acme/tiny-GGUF")
LARGE = (120, 36)


@pytest.fixture
def world(world: World) -> World:
    add_weights(world)
    return world


def status(tmp_path: Path) -> dict[str, object]:
    found = (tmp_path / "home/state/downloads").glob("*.json")
    return dict(json.loads(next(found).read_text()))


def _has_ended(state_folder: str) -> bool:
    """Whether every download ends within some seconds."""
    end = time.monotonic() + PATIENCE
    while download.running(state_folder) and time.monotonic() < end:
        time.sleep(0.05)
    return not download.running(state_folder)


def files_asked(hub: LoopbackHub) -> list[str]:
    return [one.path for one in hub.requests if one.path.endswith(".gguf")]


async def test_a_set_is_taken_after_a_page_that_names_it(
    hub: LoopbackHub, stage: Stage, tmp_path: Path
) -> None:
    gate = hub.gate(lambda one: one.path.startswith("/xet-bridge-us/"), in_body=True)
    async with stage.play(LARGE, target=GGUF) as pilot:
        await settled(pilot)
        await press(pilot, "tab.take")
        await sees(pilot, "D takes a set of weights")
        await wait_for(
            pilot,
            lambda: "2 files" in screen_text(pilot.app) or "Q8_0" in screen_text(pilot.app),
            "the files",
        )
        await press(pilot, "tab.take")
        await sees(pilot, "acme/tiny-GGUF Q4_K_M: 1 file")  # what is under the cursor
        await sees(pilot, "take it", "1.00 MB to come", "licence", "mit", "gate", "free")
        await sees(pilot, "tiny-Q4_K_M.gguf")
        assert files_asked(hub) == []  # not before the word
        await pilot.press("enter")
        await wait_for(pilot, gate.arrived.is_set, "the file is asked for")
        await sees(pilot, "Q4_K_M", "of 1.00 MB", "file 1 of 1")
        await pilot.press("ctrl+q")
        await sees(pilot, "leave it running", "end it", "stay here")
        await pilot.press("escape")
        assert pilot.app.is_running
        gate.open()
        await sees(pilot, "acme/tiny-GGUF Q4_K_M is here: 1.00 MB in ")
        assert hubscope(pilot).downloads.line == ""
    said = status(tmp_path)
    assert (said["end"], said["whole"]) == ("done", ["tiny-Q4_K_M.gguf"])


@pytest.mark.parametrize(("keys", "end"), [(["j", "enter"], "stopped"), (["enter"], None)])
async def test_leaving_ends_it_or_leaves_it_as_the_reader_says(
    hub: LoopbackHub, stage: Stage, tmp_path: Path, keys: list[str], end: str | None
) -> None:
    gate = hub.gate(lambda one: one.path.startswith("/xet-bridge-us/"), in_body=True)
    async with stage.play(LARGE, target=GGUF) as pilot:
        await settled(pilot)
        await press(pilot, "tab.take")
        await wait_for(pilot, lambda: "Q8_0" in screen_text(pilot.app), "the files")
        await press(pilot, "tab.take")
        await sees(pilot, "take it")
        await pilot.press("enter")
        await wait_for(pilot, gate.arrived.is_set, "the file is asked for")
        await sees(pilot, "file 1 of 1")
        await pilot.press("ctrl+q")
        await sees(pilot, "leave it running")
        await pilot.press(*keys)
    state_folder = str(tmp_path / "home" / "state")
    if end is not None:
        assert await asyncio.to_thread(_has_ended, state_folder)
        assert status(tmp_path)["end"] == end
        return
    assert len(download.running(state_folder)) == 1
    async with stage.play(LARGE, target=GGUF) as pilot:  # the next start shows it
        await sees(pilot, "Q4_K_M", "file 1 of 1")
        gate.open()
        await sees(pilot, "acme/tiny-GGUF Q4_K_M is here")
    assert status(tmp_path)["end"] == "done"


async def offered(pilot: AppPilot, *words: str) -> None:
    """The page of what would be taken; it is left again."""
    await press(pilot, "tab.take")
    await sees(pilot, *words, "free", "licence", "gate")
    await pilot.press("escape")
    await sees(pilot, "] next tab")


async def test_the_cursor_says_which_set_is_taken(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((80, 24), target=("model", "acme/tiny")) as pilot:
        await settled(pilot)
        reading(pilot).go_to_tab("Files")
        await sees(pilot, "every file", "3 files; D takes it, space marks")
        beside = ("config.json", "tokenizer.json", "model-00003-of-00003.safetensors")
        await offered(pilot, "BF16: 6 files", *beside)
        await press(pilot, "move.bottom", "move.up")  # a file that is no part of a set
        await sees(pilot, "tokenizer.json · ")
        await offered(pilot, "acme/tiny tokenizer.json: 1 file")
        await press(pilot, "move.up")
        await sees(pilot, "model.safetensors.index.json · ")
        await press(pilot, "move.up")  # one of the shards stands for all of them
        await sees(pilot, " of BF16 · ")
        await offered(pilot, "BF16: 6 files", *beside)
        for key in ("tab.mark", "tab.mark"):  # a marked shard is that file
            await press(pilot, key)
        await sees(pilot, "2 marked; D takes them")
        await offered(pilot, "and 1 more: 2 files", "model-00003-of-00003", ".index.json")
        await press(pilot, "move.top", "tab.mark")
        await offered(pilot, "BF16: 6 files")  # with the set whose parts they are
    assert files_asked(hub) == []


async def test_every_file_is_a_row_too(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((80, 24), target=GGUF) as pilot:
        await settled(pilot)
        reading(pilot).go_to_tab("Files")
        await sees(pilot, "every file")
        tab = reading(pilot).files
        tab.move_to(next(at for at, row in enumerate(tab.values) if row.key == "every file"))
        await offered(pilot, "every file: 4 files", "tiny-Q8_0.gguf")


async def test_the_cursor_stands_on_what_can_be_taken_alone(
    world: World, hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, strip = [0], Painter.strip

    def painted(self: Painter, line: Line, width: int, fill: str = "text") -> Strip:
        drawn[0] += 1
        return strip(self, line, width, fill)

    world.model("acme/many", files={f"part-{at:05}.txt": b"x" for at in range(3000)})
    async with stage.play((80, 24), target=("model", "acme/many")) as pilot:
        await settled(pilot)
        reading(pilot).go_to_tab("Files")
        await sees(pilot, "3,001 files", "D takes it")
        tab = reading(pilot).files
        monkeypatch.setattr(Painter, "strip", painted)
        stops = []
        for command in ("move.down", "move.page_down", "move.bottom", "move.up", "move.top"):
            await press(pilot, command)
            await pilot.pause()
            stops.append(tab.cursor)
            assert tab.value.takes
            assert 1 <= tab.cursor - int(tab.scroll_offset.y) + 1 <= tab.page
        assert stops[0] < stops[1] < stops[3] < stops[2] == len(tab.values) - 1
        assert int(tab.scroll_offset.y) == 0  # the heads are in sight again
        assert drawn[0] <= 2 * 5 * (tab.page + 2)  # no row out of sight is drawn


async def test_the_sample_has_no_files_to_take(stage: Stage, tmp_path: Path) -> None:
    async with stage.play(LARGE, target=("model", "Qwen/Qwen3-8B"), sample=True) as pilot:
        await settled(pilot)
        await press(pilot, "tab.take", "tab.take")
        await settled(pilot)
    assert not (tmp_path / "hf" / "hub").exists()


async def begin(pilot: AppPilot) -> None:
    """Take both quantizations at once."""
    await settled(pilot)
    reading(pilot).go_to_tab("Files")
    tab = reading(pilot).files
    await wait_for(pilot, lambda: "every file" in [row.key for row in tab.values], "the files")
    tab.move_to(next(at for at, row in enumerate(tab.values) if row.key == "every file"))
    await press(pilot, "tab.take")
    await sees(pilot, "take it")
    await pilot.press("enter")


async def test_it_is_stopped_and_goes_on_by_a_key_file_by_file(
    hub: LoopbackHub, stage: Stage, tmp_path: Path
) -> None:
    def second(one: Request) -> bool:
        return one.method == "GET" and one.path.startswith("/xet-bridge-us/") and held(one)

    asked: list[str] = []

    def held(one: Request) -> bool:
        asked.append(one.path)
        return one.path != asked[0]

    gate = hub.gate(second, in_body=True)
    async with stage.play(LARGE, target=GGUF) as pilot:
        await begin(pilot)
        await wait_for(pilot, gate.arrived.is_set, "the second file is asked for")
        await press(pilot, "go.downloads")
        for size in (LARGE, (60, 20)):
            await resize(pilot, *size)
            await sees(pilot, "1 on their way", "tiny-Q4_K_M.gguf", "here", "tiny-Q8_0.gguf")
            await sees(pilot, "coming", "1.00 MB", "100 %", " 0 %")
        await press(pilot, "download.forget")
        await sees(pilot, "D stops it first")
        await press(pilot, "download.hold")
        await sees(pilot, "0 on their way · 1 stopped or failed", "here", "waits")
        command = shlex.split(page(pilot).command_line())
        assert command[:3] == ["hubscope", "get", "acme/tiny-GGUF"]
        assert {"tiny-Q4_K_M.gguf", "tiny-Q8_0.gguf"} <= set(command[4::2])
        assert set(command[3::2]) == {"--include"}
        assert status(tmp_path)["end"] == "stopped"
        assert hubscope(pilot).downloads.line == ""
        gate.open()
        before = len(asked)
        await press(pilot, "download.hold")
        await sees(pilot, "is here: 3.00 MB in ")
        await sees(pilot, "nothing is on its way")  # once that was said
        assert asked[0] not in asked[before:]  # what was whole is not asked for again
    assert status(tmp_path)["end"] == "done"


async def test_what_was_killed_goes_on_at_the_next_start_or_is_forgotten(
    hub: LoopbackHub, stage: Stage, tmp_path: Path
) -> None:
    gate = hub.gate(lambda one: one.path.startswith("/xet-bridge-us/"), in_body=True)
    async with stage.play(LARGE, target=GGUF) as pilot:
        await begin(pilot)
        await wait_for(pilot, gate.arrived.is_set, "a file is asked for")
        os.kill(int(str(status(tmp_path)["pid"])), signal.SIGKILL)
        await sees(pilot, "it was killed")
        await press(pilot, "app.end")
    async with stage.play(LARGE) as pilot:
        await settled(pilot)
        await press(pilot, "go.downloads")
        await sees(pilot, "1 stopped or failed", "it was killed; whole files stay, D goes on")
        await press(pilot, "download.open")
        await sees(pilot, "acme/tiny-GGUF", "Lineage")
        await press(pilot, "go.downloads", "download.forget")
        await sees(pilot, "nothing is on its way")
    assert list((tmp_path / "home/state/downloads").iterdir()) == []
    gate.open()
