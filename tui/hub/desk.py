"""Work of some milliseconds beside the loop, one piece at a time.

Threads that compute take the interpreter from each other and from the loop in turns: six pages that
are parsed at once are whole no sooner than one after the other, and a key waits for six turns.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from tui.hub.deadline import aside

T = TypeVar("T")
P = ParamSpec("P")


class Desk:
    """Does one piece of work after the other, each in a thread, in the order they came."""

    __slots__ = ("_turn",)

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``work`` returns, or raises."""
        async with self._turn:
            return await aside(partial(work, *args, **kwargs))
