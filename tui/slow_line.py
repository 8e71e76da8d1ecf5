"""A slow line to the terminal: the reader says so, or the terminal answers late over SSH.

On such a line there are 16 colours, nothing is shown before it is asked for, texts go by half
pages, and no clock ticks.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver

    from tui.keystream import Piece

SAID = "slow line: 16 colours, p shows the preview; --no-slow-line ends this"
LATE = 0.15  # seconds after which an answer is late
_ASK = "\x1b[c"  # DA1, which every terminal answers: ECMA-48 section 8.3.24
_ANSWER = re.compile(r"\x1b\[\?[\d;]*(?:c|\$y)")  # to this, or to what the toolkit asks


def line_of(app: object) -> "Line":
    """The line to the terminal of an app that knows it."""
    line: Line = app.line  # type: ignore[attr-defined]  # the app is a ThriftyApp
    return line


class Line:
    """The line to the terminal. ``configured``: whether the reader calls it slow; None: unset.

    Over SSH the terminal is asked what it is when the app takes it over. Its answer comes the way
    of the keys, and ends where all answers do: it is never a key.
    """

    def __init__(self, configured: bool | None, env: Mapping[str, str]) -> None:
        self.slow = bool(configured)
        self.measured = configured is None and bool(env.get("SSH_CONNECTION"))
        self._asked: float | None = None
        self._answered: float | None = None
        self._tell: Callable[[], object] = _nobody

    def step(self, lines: int, page: int) -> int:
        """By how many lines a text goes on where so many are asked for, of a page of so many."""
        return lines * max(1, page // 2) if self.slow and abs(lines) == 1 else lines

    def unless_slow(self, tick: Callable[[], None]) -> Callable[[], None]:
        """What a clock is to do at each tick: nothing while the line is slow."""

        def on_tick() -> None:
            if not self.slow:
                tick()

        return on_tick

    def watched(self, driver: "type[Driver]") -> "type[Driver]":
        """The driver; where the line is to be measured, it asks the terminal once and listens."""
        if not self.measured or not hasattr(driver, "_hand_over"):
            return driver
        line = self

        class Asking(driver):  # type: ignore[misc, valid-type]  # a class given at run time
            def start_application_mode(self) -> None:
                super().start_application_mode()
                if line._asked is None:
                    line._asked = monotonic()
                    self.write(_ASK)
                    self.flush()

            def _hand_over(self, piece: "Piece", parser: Any) -> None:
                if line._answered is None and _ANSWER.match(piece.text):
                    line._answered = monotonic()
                    line._tell()
                super()._hand_over(piece, parser)

        return Asking

    async def measure(self) -> None:
        """Wait for the terminal's answer until it is late; then the line is slow."""
        if not self.measured or self._asked is None:
            return
        self.measured = False
        late, heard = self._asked + LATE, asyncio.Event()
        self._tell = partial(asyncio.get_running_loop().call_soon_threadsafe, heard.set)
        if self._answered is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), max(0.0, late - monotonic()))
        self._tell = _nobody
        self.slow = (self._answered or monotonic()) >= late


def _nobody() -> None:
    """Who hears of an answer that nobody waits for."""
