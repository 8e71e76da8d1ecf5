"""A Hub client on the loopback Hub, with a clock that only moves when somebody sleeps."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from tests.loopback import LoopbackHub, default_world
from tui.hub import endpoints
from tui.hub.budget import FOREGROUND
from tui.hub.client import Hub
from tui.hub.http import HttpWire
from tui.model import Problem, Query, Unreadable

LIST = endpoints.models_list(Query(), 5)


class Clock:
    """Seconds that pass by sleeping alone; ``slept`` lists each sleep."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self.meanwhile: Callable[[], None] = lambda: None  # what happens in a sleep

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.meanwhile()
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def loopback() -> Iterator[LoopbackHub]:
    with LoopbackHub(default_world()) as hub:
        yield hub
        assert hub.crashes == []


def client(loopback: LoopbackHub, clock: Clock, token: str | None = None) -> Hub:
    return Hub(
        HttpWire(),
        loopback.url,
        token,
        clock=clock,
        now=lambda: 1_795_000_000.0,
        rng=lambda: 1.0,
        sleep=clock.sleep,
    )


@pytest.fixture
async def hub(loopback: LoopbackHub, clock: Clock) -> AsyncIterator[Hub]:
    made = client(loopback, clock)
    yield made
    await made.close()


async def refusal(hub: Hub, kind: type[Problem], lane: str = FOREGROUND) -> str:
    """The line of the Problem that a list meets; always one clean line with advice."""
    with pytest.raises(kind) as caught:
        await hub.page(LIST, "model", lane)
    line = str(caught.value)
    assert type(caught.value) is kind or kind is Unreadable
    assert line.isprintable()
    assert ";" in line
    return line
