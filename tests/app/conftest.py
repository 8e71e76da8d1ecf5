"""A stage for each test: the loopback Hub is its endpoint, the clock stands still."""

import pytest

from tests.app.stage import Clock, Stage
from tests.hub import LoopbackHub


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
