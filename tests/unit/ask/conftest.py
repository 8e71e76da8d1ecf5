"""Sources on a loopback Hub over a real socket; their store writes at once, their clock by hand."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from tests.loopback import LoopbackHub
from tui.analysis.registry.registry import load
from tui.ask.sources import Sources
from tui.hub.http import HttpWire
from tui.store.paths import home
from tui.store.store import Store

NOW = 1_795_000_000.0
Make = Callable[..., Sources]


class Clock:
    """The time of day, moved by hand."""

    now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def make(hub: LoopbackHub, clock: Clock) -> AsyncIterator[Make]:
    """Sources as a start of hubscope makes them, all over one store on the disk."""
    async with AsyncExitStack() as opened:

        def made(*, token: str | None = None, offline: bool = False) -> Sources:
            store = Store.open(home(os.environ), hub.url, sync=True)
            opened.callback(store.close)
            wire = None if offline else HttpWire
            sources = Sources(store, hub.url, clock, load, wire=wire, token=token)
            opened.push_async_callback(sources.close)
            return sources

        yield made


@pytest.fixture
def sources(make: Make) -> Sources:
    return make()
