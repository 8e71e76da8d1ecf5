"""Files taken in the app: after a page that names them, seen while they come, ended or left."""

import asyncio
import json
import os
import signal
import time
from pathlib import Path

import pytest

from tests.app.stage import (
    PATIENCE,
    AppPilot,
    Stage,
    hubscope,
    press,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.loopback import LoopbackHub, Request, World, add_weights
from tui.ask.take import download

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
        await sees(pilot, "Take which files of acme/tiny-GGUF", "Q4_K_M", "Q8_0", "every file")
        await pilot.press("enter")
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
        await sees(pilot, "every file")
        await pilot.press("enter")
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


async def test_the_sample_has_no_files_to_take(stage: Stage, tmp_path: Path) -> None:
    async with stage.play(LARGE, target=("model", "Qwen/Qwen3-8B"), sample=True) as pilot:
        await settled(pilot)
        await press(pilot, "tab.take", "tab.take")
        await settled(pilot)
    assert not (tmp_path / "hf" / "hub").exists()


async def begin(pilot: AppPilot) -> None:
    """Take both quantizations at once."""
    await settled(pilot)
    await press(pilot, "tab.take")
    await wait_for(pilot, lambda: "Q8_0" in screen_text(pilot.app), "the files")
    await press(pilot, "tab.take")
    await sees(pilot, "every file")
    await pilot.press("G", "enter")
    await sees(pilot, "take it")
    await pilot.press("enter")


@pytest.mark.parametrize("size", [(60, 20), (120, 36)])
async def test_it_is_stopped_and_goes_on_by_a_key_file_by_file(
    hub: LoopbackHub, stage: Stage, tmp_path: Path, size: tuple[int, int]
) -> None:
    def second(one: Request) -> bool:
        return one.method == "GET" and one.path.startswith("/xet-bridge-us/") and held(one)

    asked: list[str] = []

    def held(one: Request) -> bool:
        asked.append(one.path)
        return one.path != asked[0]

    gate = hub.gate(second, in_body=True)
    async with stage.play(size, target=GGUF) as pilot:
        await begin(pilot)
        await wait_for(pilot, gate.arrived.is_set, "the second file is asked for")
        await press(pilot, "go.downloads")
        await sees(pilot, "1 on their way", "tiny-Q4_K_M.gguf", "here", "tiny-Q8_0.gguf", "coming")
        await sees(pilot, "1.00 MB", "100 %", " 0 %")
        await press(pilot, "download.forget")
        await sees(pilot, "D stops it first")
        await press(pilot, "download.hold")
        await sees(pilot, "0 on their way · 1 stopped or failed", "here", "waits")
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
