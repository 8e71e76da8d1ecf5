"""Copying at the keyboard: what is said, what a carrier is told, what is too long for it."""

import os
from pathlib import Path

import pytest

from tests.app.stage import Stage, press, screen_text, sees, settled, wait_for
from tests.loopback import World
from tui.screens import copying

CARD = "# Long\n\n" + "one line of it\n" * 900


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was sent to the terminal."""
    sent: list[str] = []
    monkeypatch.setattr(copying, "write", lambda _, sequence: sent.append(sequence))
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    return sent


async def test_what_drops_it_is_named_once(
    stage: Stage, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")
    async with stage.play() as pilot:
        await settled(pilot)
        await press(pilot, "row.copy")
        await sees(pilot, "(tmux: needs `set -s set-clipboard on`): Qwen/Qwen3-8B")
        await press(pilot, "move.down", "row.copy")
        await sees(pilot, "sent to the terminal: meta-llama/Llama-3.1-8B")
    assert all(sequence.startswith("\x1bPtmux;") for sequence in written)


async def test_a_card_too_long_for_the_clipboard_is_offered_as_a_file(
    stage: Stage,
    world: World,
    written: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world.model("long/card", readme=CARD)
    monkeypatch.chdir(tmp_path)
    async with stage.play(target=("model", "long/card")) as pilot:
        await sees(pilot, "one line of it")
        for key in ("down", "enter"):  # not wanted, then wanted
            await press(pilot, "row.copy_menu")
            await sees(pilot, "# Long", "snippet")
            await pilot.press("G", "enter")
            await sees(pilot, "14 kB are too many for the clipboard", "write a file")
            await pilot.press(key, *(["enter"] if key == "down" else []))
            await wait_for(pilot, lambda: "too many" not in screen_text(pilot.app), "an answer")
            if key == "down":
                await sees(pilot, "nothing copied")
                assert files(tmp_path) == []
        await sees(pilot, "written to ")
    (file,) = files(tmp_path)
    assert file.read_text().strip() == CARD.strip()
    assert written == []


def files(folder: Path) -> list[Path]:
    return list(folder.glob("hubscope-copy-*.txt"))


def test_a_process_above_is_found_by_its_name() -> None:
    name = Path(f"/proc/{os.getppid()}/comm")
    if not name.exists():
        pytest.skip("needs /proc")
    assert copying.runs_below(name.read_text().rstrip("\n"))
    assert not copying.runs_below("mosh-servant")
