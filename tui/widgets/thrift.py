"""An app of the toolkit that sends a terminal only what changed."""

import os

from rich.console import Console, RenderableType
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from tui.widgets.looks import Reader, colours
from tui.widgets.sent import Sent, erases_in_colour

_ENTER = "\x1b[?1049h"


class _Written(CompositorUpdate):
    """An update whose bytes are known."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render_segments(self, console: Console) -> str:
        """The bytes."""
        return self._text


def _staying(driver: type[Driver]) -> type[Driver]:
    """A driver for a terminal whose other screen is shown already: to ask again may clear it."""

    class Staying(driver):  # type: ignore[misc, valid-type]  # a class given at run time
        entered = False

        def write(self, data: str) -> None:
            if data == _ENTER and not self.entered:
                self.entered = True
            else:
                super().write(data)

    return Staying


class ThriftyApp(App[None], inherit_bindings=False):
    """Remembers what the terminal shows, and writes the difference."""

    def __init__(self) -> None:
        super().__init__()
        self._standing: Size | None = None  # until the first paint
        reader = Reader(colours(self.console, none=self.no_color))
        self._sent = Sent(reader, erases_in_colour=erases_in_colour(os.environ))

    def on_mount(self) -> None:
        """The shell may have written anything while the app was suspended."""
        self.app_resume_signal.subscribe(self, self._forget_terminal, immediate=True)

    def take_over(self, frame: str, columns: int, lines: int) -> None:
        """A terminal of this size shows ``frame``: what stays of it is not sent again."""
        self._sent.stands(frame, columns, lines)
        self._standing = Size(columns, lines)
        self.driver_class = _staying(self.driver_class)

    def on_resize(self, event: Resize) -> None:
        """A terminal of another size may have wrapped, cut or cleared what it showed."""
        if event.size != self._standing:
            self._forget_terminal()

    def _forget_terminal(self, _: object = None) -> None:
        self._sent.forget()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Write what an update changes, and nothing where it changes nothing."""
        if (
            isinstance(renderable, CompositorUpdate)
            and self._running
            and not self._closed
            and not self._batch_count
            and not self.is_headless
            and not self.is_inline
        ):
            self._standing = None
            text = self._sent.changes(renderable, *self.size)
            moved = self.cursor_position != self._previous_cursor_position
            renderable = _Written(text) if text or moved else None
        super()._display(screen, renderable)
