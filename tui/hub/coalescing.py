"""One request in flight per question, however many wait for its answer."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

from tui.hub.budget import FOREGROUND, Turn
from tui.model import Offline

T = TypeVar("T")


class _Shared(Generic[T]):
    __slots__ = ("callers", "task", "turn")

    def __init__(self, task: "asyncio.Task[T]", turn: Turn) -> None:
        self.task = task
        self.turn = turn
        self.callers = 0


class Coalescing(Generic[T]):
    """Questions on their way, by key.

    A caller who is cancelled leaves alone; with the last one the request itself is cancelled. A
    foreground caller raises the lane of a flight that the background began.
    """

    def __init__(self) -> None:
        self._flying: dict[Hashable, _Shared[T]] = {}

    async def join(
        self, key: Hashable, turn: Turn, start: Callable[[Turn], Coroutine[Any, Any, T]]
    ) -> T:
        """The answer to ``key``: of the flight that is under way, else of one that starts now."""
        flight = self._flying.get(key) or self._depart(key, turn, start)
        if turn.lane == FOREGROUND:
            flight.turn.promote()
        flight.callers += 1
        try:
            return await asyncio.shield(flight.task)
        except asyncio.CancelledError:
            caller = asyncio.current_task()
            if flight.task.cancelled() and not (caller and caller.cancelling()):
                raise Offline("the connection was closed; ask again") from None
            raise
        finally:
            flight.callers -= 1
            if flight.callers == 0 and not flight.task.done():
                self._land(key, flight)
                flight.task.cancel()

    async def close(self) -> None:
        """Cancel every request; their callers get ``Offline``."""
        tasks = [flight.task for flight in self._flying.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _depart(
        self, key: Hashable, turn: Turn, start: Callable[[Turn], Coroutine[Any, Any, T]]
    ) -> _Shared[T]:
        flight = _Shared(asyncio.ensure_future(start(turn)), turn)
        self._flying[key] = flight
        flight.task.add_done_callback(lambda task: self._arrived(key, flight))
        return flight

    def _arrived(self, key: Hashable, flight: _Shared[T]) -> None:
        self._land(key, flight)
        if not flight.task.cancelled():
            flight.task.exception()  # seen: all who waited may have left in the same moment

    def _land(self, key: Hashable, flight: _Shared[T]) -> None:
        if self._flying.get(key) is flight:
            del self._flying[key]
