"""Sources for the tests of this room: a loopback Hub, a store of its own, an hour of its own."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

from tui.analysis.registry.registry import load
from tui.ask.sources import Sources
from tui.hub.http import HttpWire
from tui.model import View
from tui.store.paths import Home
from tui.store.store import Store


class Place:
    """One home folder; ``open`` gives new sources on it, as a new process would."""

    def __init__(self, folder: Path, endpoint: str, now: Callable[[], float]) -> None:
        self.folder = folder
        self.endpoint = endpoint
        self.now = now

    def open(self, *, offline: bool = False, token: str | None = None) -> Sources:
        home = Home(*(str(self.folder / part) for part in Home._fields))
        store = Store.open(home, self.endpoint, sync=True)
        wire = None if offline else HttpWire
        return Sources(store, self.endpoint, self.now, load, wire=wire, token=token)


async def last(sources: Sources, views: AsyncIterator[View]) -> View:
    """The last view of a stream; the sources are closed after it."""
    found: View | None = None
    try:
        async for view in views:
            found = view
    finally:
        await sources.close()
        sources.store.close()
    assert found is not None
    return found
