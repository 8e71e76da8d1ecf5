"""Signals that tell the app to end, and a terminal that says it has no size."""

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
_HARD = 3.0  # seconds after which a program told to end ends, whatever it is busy with
_FALLBACK = (80, 24)  # cells


def guard(give_back: "Callable[[], object]") -> None:
    """Until ``watch``: call ``give_back`` and end where a signal tells the program to."""

    def on_signal(number: int, _: object) -> None:
        give_back()
        os._exit(128 + number)

    _hear(on_signal)


def watch(end: "Callable[[int], None]") -> None:
    """Call ``end`` with the number of a signal that tells the app to end, on the running loop."""
    import asyncio
    import threading

    loop = asyncio.get_running_loop()

    def on_signal(number: int, _: object) -> None:
        timer = threading.Timer(_HARD, os._exit, (128 + number,))
        timer.daemon = True
        timer.start()
        loop.call_soon_threadsafe(end, number)

    _hear(on_signal)


def _hear(on_signal: "Callable[[int, object], None]") -> None:
    for name in _ENDING:
        if number := getattr(signal, name, None):
            signal.signal(number, on_signal)


def size_to_begin_with() -> tuple[int, int] | None:
    """Columns and rows for a terminal that says 0 (``ssh -tt`` from cron); None for all others.

    The toolkit never lays out a screen without cells, and waits for its layout forever.
    """
    with suppress(OSError, AttributeError, ValueError):
        size = os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr]
        return None if all(size) else (size.columns or _FALLBACK[0], size.lines or _FALLBACK[1])
    return None
