"""What ``e`` writes is what the shell prints: one shaping for both."""

import os
from pathlib import Path

import pytest

from tests.app.stage import Stage, ids, press, sees, settled
from tests.conftest import Shell
from tui.screens.chooser import Chooser


def read(name: str) -> str:
    with open(name, encoding="utf-8") as file:
        return file.read()


@pytest.mark.parametrize(("form", "place"), [("csv", 0), ("md", 2)])
async def test_a_list_is_written_as_the_shell_prints_it(
    stage: Stage, run: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, place: int
) -> None:
    monkeypatch.chdir(tmp_path)
    async with stage.play() as pilot:
        await settled(pilot)
        count = len(ids(pilot))
        await press(pilot, "view.export")
        assert isinstance(pilot.app.screen, Chooser)
        await pilot.press(*["down"] * place, "enter")
        await sees(pilot, "written to")
    (written,) = (name for name in os.listdir() if name.endswith(form))
    told = run("trending", "--limit", str(count), f"--{form}", "--offline")
    assert told.code == 0
    assert read(written) == told.out
