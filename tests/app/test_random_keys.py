"""No burst of keys, at no size, ends the app: one at each size, more in tests/bench."""

from pathlib import Path

import pytest

from tests.app.random_keys import SIZES, play
from tests.app.stage import Stage
from tests.loopback import LoopbackHub


@pytest.mark.parametrize("seed", range(len(SIZES)))
async def test_a_session_of_random_keys(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed: int
) -> None:
    monkeypatch.chdir(tmp_path)  # exports go to the working folder
    await play(hub, stage, seed)
