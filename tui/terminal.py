"""The only file that names private parts of Textual: keys one by one, the driver, the painter.

What is named, and why, stands in ``tui.private_parts``; a test fails by the name of the part that
is gone.
"""

import asyncio
import os
import signal
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from selectors import EVENT_READ, SelectSelector
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual._compositor import ChopsUpdate as ChopsUpdate
from textual._compositor import CompositorUpdate as CompositorUpdate
from textual._compositor import LayoutUpdate as LayoutUpdate
from textual._styles_cache import StylesCache
from textual.app import App
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from tui.keystream import KeyStream, Kind, Piece, wanted
from tui.quiet import quiet

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from textual.widgets import Input

_PATIENCE = 5.0  # seconds that a key waits for its screen; then it is dropped
_POLL = 0.05  # seconds between looks whether a piece of input has waited too long


class _Written(CompositorUpdate):
    """An update whose bytes are known."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render_segments(self, console: "Console") -> str:
        """The bytes."""
        return self._text


class SteadyApp(App[None], inherit_bindings=False):
    """An app that takes keys one by one and outlives errors nobody foresaw.

    Each key waits until the screen in sight is whole and the keys before it have had their effect;
    its action then runs to its end before the next key is looked at. So what is typed ahead is
    kept in order and acts on the screen that is then in sight.
    """

    def __init__(self) -> None:
        super().__init__()
        outlive_errors()
        self.leaving = False  # no key acts any more
        self.last_key = 0.0  # when one came, in seconds of perf_counter

    def unforeseen(self, error: Exception) -> None:
        """Hear of an error that no handler took."""
        raise error

    def unbound(self, key: events.Key) -> None:
        """Hear of a key that does nothing here."""

    async def on_event(self, event: events.Event) -> None:
        """Take a key or a paste when its turn has come; all else as the toolkit does."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self.last_key = perf_counter()
        if self.leaving or not await self._at_rest():
            return
        self.app_focus = True
        if isinstance(event, events.Key):
            if not await self._act(event):
                self.unbound(event)
        elif self.focused is not None and self.focused.check_consume_key("x", "x"):
            await super().on_event(event)  # pasted text outside a box does nothing

    async def _at_rest(self) -> bool:
        """Wait until the screen in sight is mounted and has nothing to do; False if it never is."""
        end = monotonic() + _PATIENCE
        while not self.leaving and monotonic() < end:
            screen, focused = self.screen, self.focused
            try:
                await asyncio.wait_for(screen._mounted_event.wait(), _PATIENCE)
            except TimeoutError:
                return False
            for pump in (focused, screen):
                await quiet(pump)
            if screen is self.screen and focused is self.focused:
                return True
        return False

    async def _act(self, key: events.Key) -> bool:
        """Do what a key is bound to, or write it into the box; False where it does nothing."""
        if await self._check_bindings(key.key, priority=True):
            return True
        box = self.focused
        if box is not None and box.check_consume_key(key.key, key.character):
            box = cast("Input", box)  # nothing else here takes letters
            box.replace(key.character or "", *sorted(box.selection))
            return True
        return await self._check_bindings(key.key)

    def paint_anew(self) -> None:
        """Paint everything, whatever the terminal shows."""
        self.refresh(layout=True)

    def difference(self, update: CompositorUpdate) -> str | None:
        """What of an update the terminal does not show yet; None: all of it."""

    def _display(self, screen: Screen[object], renderable: "RenderableType | None") -> None:
        """Write what an update changes, and nothing where it changes nothing."""
        if (
            isinstance(renderable, CompositorUpdate)
            and self._running
            and not self._closed
            and not self._batch_count
            and not self.is_headless
            and not self.is_inline
            and (text := self.difference(renderable)) is not None
        ):
            moved = self.cursor_position != self._previous_cursor_position
            renderable = _Written(text) if text or moved else None
        super()._display(screen, renderable)

    def _handle_exception(self, error: Exception) -> None:
        """Say it and go on; the toolkit would end the app."""
        self.unforeseen(getattr(error, "error", error))

    def get_driver_class(self) -> type[Driver]:
        """The driver of this platform, mended where we know how."""
        driver = super().get_driver_class()
        return UnixDriver if sys.platform != "win32" and driver is LinuxDriver else driver


def outlive_errors() -> None:
    """Let an error in a handler not end the messages of its widget, its screen or its app."""
    inner = MessagePump._dispatch_message
    if getattr(inner, "outlives", False):
        return

    async def dispatch(pump: MessagePump, message: Message) -> None:
        try:
            await inner(pump, message)
        except Exception as error:
            app = pump.app
            born = isinstance(message, events.Compose | events.Mount | events.Load)
            if born or not isinstance(app, SteadyApp):
                raise
            app.unforeseen(error)

    dispatch.outlives = True  # type: ignore[attr-defined]  # so that it is done once
    MessagePump._dispatch_message = dispatch  # type: ignore[method-assign,assignment]


def give_result_place(screen: Screen[Any], app: App[Any]) -> None:
    """Give the default screen the place for its result that every pushed screen has."""
    screen._push_result_callback(app, None)


def paint_now(screen: Screen[Any]) -> None:
    """Paint what is due now, not at the next tick of the screen's clock."""
    screen._on_timer_update()


def whole_update(screen: Screen[Any]) -> CompositorUpdate:
    """Everything in sight of a screen, as one update."""
    return screen._compositor.render_full_update()


def write(app: App[Any], sequence: str) -> None:
    """Write a sequence to the terminal in front of the reader; nothing without a terminal."""
    driver = app._driver
    if driver is not None:
        driver.write(sequence)


def device_attributes(app: App[Any]) -> str:
    """What the terminal last answered to the question what it can do; "" nothing so far."""
    return str(getattr(getattr(app._driver, "stream", None), "attributes", ""))


def give_back(app: App[Any]) -> bool:
    """Give the terminal back, waiting for nobody; False where the app has not taken it yet."""
    give = getattr(app._driver, "give_back", None)
    if give:
        give()
    return give is not None


def suspend(app: App[Any]) -> bool:
    """Stop the whole job, as ctrl+z does in a shell; False where that cannot be."""
    if stop := getattr(app._driver, "suspend", None):
        stop()
    return stop is not None


if sys.platform != "win32":
    import termios

    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
    from textual._keyboard_protocol import FUNCTIONAL_KEYS
    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

    _KEYS = (ANSI_SEQUENCES_KEYS, FUNCTIONAL_KEYS)
    _MODES = "\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u"
    _LEFT = "\x1b[?1049l\x1b[?25h\x1b[?1004l"

    class UnixDriver(LinuxDriver):
        """The toolkit's driver, whose input holds keys only and whose signals wait their turn."""

        _suspended = False

        def run_input_thread(self) -> None:
            """Read what the terminal sends until the app ends, or the terminal is gone."""
            self.stream, parser = KeyStream(), XTermParser()
            decode = getincrementaldecoder("utf-8")("replace").decode
            with SelectSelector() as selector:
                selector.register(self.fileno, EVENT_READ)
                while not self.exit_event.is_set():
                    if not selector.select(_POLL):
                        pieces = self.stream.tick(monotonic())
                    elif data := self._read():
                        pieces = self.stream.feed(decode(data).replace("\ufffd", ""), monotonic())
                    else:
                        lost = getattr(self._app, "lose_terminal", lambda: None)
                        self._loop.call_soon_threadsafe(lost)
                        return
                    for piece in pieces:
                        self._hand_over(piece, parser)

        def _read(self) -> bytes:
            try:
                return os.read(self.fileno, 4096)
            except OSError:  # the other end is closed
                return b""

        def _hand_over(self, piece: Piece, parser: XTermParser) -> None:
            if piece.kind is Kind.ESCAPE:
                self.process_message(events.Key("escape", piece.text))
            elif piece.kind is Kind.PASTE:
                self.process_message(events.Paste(piece.text.replace("\0", "")))
            elif piece.kind is Kind.TEXT or wanted(
                piece.text, ANSI_SEQUENCES_KEYS, FUNCTIONAL_KEYS
            ):
                for message in parser.feed(piece.text):
                    self.process_message(message)

        def stop_application_mode(self) -> None:
            """Restore the terminal; the prompt comes below the picture where that stays."""
            self.write(self._below())
            super().stop_application_mode()

        def _below(self) -> str:
            return f"\x1b[0m\x1b[{self._app.size.height};1H\r\n"

        def give_back(self) -> None:
            """Restore the terminal without the writer, which may wait for it forever."""
            with suppress(OSError, termios.error):
                if self.attrs_before is not None:
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            with suppress(OSError):
                os.set_blocking(self.fileno, False)
                os.write(self.fileno, f"{_MODES}{self._below()}{_LEFT}".encode())
                os.set_blocking(self.fileno, True)

        def suspend(self) -> None:
            """Stop the job; it goes on with SIGCONT."""
            self.suspend_application_mode()
            self._suspended = True
            os.killpg(os.getpgrp(), signal.SIGSTOP)

        def _sigtstp_application(self, *_: object) -> None:
            self._loop.call_soon_threadsafe(self.suspend)

        def _sigcont_application(self, *_: object) -> None:
            self._loop.call_soon_threadsafe(self._go_on)

        def _go_on(self) -> None:
            """Take the terminal again, however it was left, and paint everything anew."""
            if not self._suspended:
                self.suspend_application_mode()
            self.resume_application_mode()
            thread = self._key_thread
            self._suspended = thread is None or not thread.is_alive()
            getattr(self._app, "paint_anew", self._app.refresh)()


def forget_widgets() -> None:
    """Let go of the last thousand widgets, which the toolkit remembers by what they paint with."""
    StylesCache.get_inner_outer.cache_clear()
