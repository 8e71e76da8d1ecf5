"""A stage for each test: the loopback Hub is its endpoint, the clock stands still."""

import os

import pytest

from tests.app.stage import Clock, Stage
from tests.loopback import LoopbackHub

_SNAPSHOTS = os.environ.get("TEXTUAL_SNAPSHOT_TEMPDIR", "")  # set when pytest starts


@pytest.fixture
def snapshot_folder(_isolated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable that the snapshot plugin needs in an environment swept of all others."""
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", _SNAPSHOTS)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stage(hub: LoopbackHub, clock: Clock) -> Stage:
    return Stage(hub.url, clock)


@pytest.fixture
def away(closed_port: int, clock: Clock) -> Stage:
    """A stage whose Hub cannot be reached."""
    return Stage(f"http://127.0.0.1:{closed_port}", clock)
