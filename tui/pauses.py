"""What else holds the interpreter while a key waits, and when it may.

A thread that computes gives it up when asked, after the switch interval; a collection of everything
gives it up to nobody, and takes a tenth of a second over the rows of a long count. So threads are
asked ten times as early as usual, and everything is collected while the reader rests.
"""

import asyncio
import gc
import sys
from collections.abc import Callable
from time import perf_counter, thread_time

TURN = 0.0005  # seconds that a thread may compute while another waits
REST = 0.3  # seconds without a key
_RIPE = 8  # collections of the young after which there is something to collect
_LATEST = 60  # of them, after which no rest is waited for
_SHARE = 20.0  # collections of everything take at most one part of so many
_NEVER = 1_000_000


class RestfulCollector:
    """Collects everything while no key was pressed for a moment.

    ``last_key`` tells when the latest was pressed, in seconds of ``perf_counter``.
    """

    def __init__(self, last_key: Callable[[], float]) -> None:
        self._last_key = last_key
        self._loop: asyncio.AbstractEventLoop | None = None
        self._next = 0.0
        self._waiting = False

    def begin(self) -> None:
        """Take over from the collector's own rule, on the running loop."""
        self._loop = asyncio.get_running_loop()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)
        gc.callbacks.append(self.heard)

    def end(self) -> None:
        """Give back to it."""
        gc.callbacks.remove(self.heard)
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, 10)

    def heard(self, phase: str, info: dict[str, int]) -> None:
        """The young were collected, in whichever thread."""
        if phase == "stop" and info["generation"] == 1 and not self._waiting:
            count = gc.get_count()[2]
            if count >= _RIPE and self._loop is not None and not self._loop.is_closed():
                self._waiting = True
                self._loop.call_soon_threadsafe(self.look)

    def look(self) -> None:
        """Collect where the reader rests, else look again when he might."""
        now = perf_counter()
        wait = max(self._last_key() + REST, self._next) - now
        if wait > 0 and gc.get_count()[2] < _LATEST:
            assert self._loop is not None
            self._loop.call_later(wait, self.look)
            return
        begun = thread_time()
        gc.collect()
        self._next = now + _SHARE * (thread_time() - begun)
        self._waiting = False


def spare_keys(last_key: Callable[[], float]) -> None:
    """Keep threads and collections out of the way of keys, on the running loop."""
    sys.setswitchinterval(TURN)
    RestfulCollector(last_key).begin()
