"""What lies on this machine: a shelf of view 4, a mark in every list, deletion after a question."""

from pathlib import Path

import pytest

from tests.app.stage import Stage, press, screen_text, sees, settled, wait_for
from tests.loopback import LoopbackHub
from tests.unit.hub.test_local_cache import put

LARGE = (120, 36)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    folder = tmp_path / "hf" / "hub"
    put(folder, "model", "Qwen/Qwen3-8B", {"model.safetensors": b"w" * 9000}, "a" * 40)
    put(folder, "dataset", "acme/exam", {"a.parquet": b"d" * 500}, "b" * 40)
    return folder


async def test_it_is_marked_in_lists(hub: LoopbackHub, stage: Stage, cache: Path) -> None:
    async with stage.play(LARGE) as pilot:
        await sees(pilot, "● Qwen/Qwen3-8B")
        assert screen_text(pilot.app).count("●") <= 3  # the row, and the state of the line
        assert "● meta-llama/Llama-3.1-8B" not in screen_text(pilot.app)


async def test_it_is_a_shelf_and_goes_after_a_question(
    hub: LoopbackHub, stage: Stage, cache: Path
) -> None:
    async with stage.play(LARGE) as pilot:
        await settled(pilot)
        await press(pilot, "go.saved")
        await sees(pilot, "on this machine", "on disk", "Qwen/Qwen3-8B", "acme/exam", "9.00 kB")
        await press(pilot, "move.top")
        await pilot.pause()
        await press(pilot, "row.bookmark")
        await sees(pilot, "Delete Qwen/Qwen3-8B from this machine: 9.00 kB (9,000 bytes)")
        await pilot.press("enter")  # the first line leaves it
        await pilot.pause()
        assert (cache / "models--Qwen--Qwen3-8B").exists()
        await press(pilot, "row.bookmark")
        await sees(pilot, "delete it")
        await pilot.press("j", "enter")
        await sees(pilot, "deleted Qwen/Qwen3-8B: 9.00 kB freed")
        await wait_for(pilot, lambda: "9.00 kB  " not in screen_text(pilot.app), "the row is gone")
    assert not (cache / "models--Qwen--Qwen3-8B").exists()
    assert (cache / "datasets--acme--exam").exists()
