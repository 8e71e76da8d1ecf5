"""A blocking call with a limit that holds, also when the program wants to end meanwhile."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def aside(call: Callable[[], T], limit: float | None = None) -> T:
    """Run ``call`` in a daemon thread; after ``limit`` seconds leave it behind: ``TimeoutError``.

    The interpreter waits at its exit for the threads of an executor, so none is used here. What
    ``call`` raises is raised.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: Exception | None) -> None:
        if result.done():
            return
        if error is not None:
            result.set_exception(error)
        else:
            result.set_result(value)  # type: ignore[arg-type]

    def run() -> None:
        value, error = None, None
        try:
            value = call()
        except Exception as raised:
            error = raised
        try:
            loop.call_soon_threadsafe(settle, value, error)
        except RuntimeError:  # the loop has ended: nobody waits
            return

    threading.Thread(target=run, name="hub-aside", daemon=True).start()
    return await asyncio.wait_for(result, limit)
