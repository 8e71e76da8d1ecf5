"""Signals that tell the app to end, and a terminal that says it has no size."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

_HARD = 3.0  # seconds after which a program told to end ends, whatever it is busy with
_FALLBACK = (80, 24)  # cells


def watch(end: Callable[[int], None]) -> None:
    """Call ``end`` with the number of a signal that tells the app to end, on the running loop."""
    loop = asyncio.get_running_loop()

    def told(number: int, _: object) -> None:
        timer = threading.Timer(_HARD, os._exit, (128 + number,))
        timer.daemon = True
        timer.start()
        loop.call_soon_threadsafe(end, number)

    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        if number := getattr(signal, name, None):
            signal.signal(number, told)


def size_to_begin_with() -> tuple[int, int] | None:
    """Columns and rows for a terminal that says 0 (``ssh -tt`` from cron); None for all others.

    The toolkit never lays out a screen without cells, and waits for its layout forever.
    """
    with suppress(OSError, AttributeError, ValueError):
        size = os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr]
        return None if all(size) else (size.columns or _FALLBACK[0], size.lines or _FALLBACK[1])
    return None
