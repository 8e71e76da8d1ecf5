"""An app of the toolkit that sends a terminal only what changed."""

import os

from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size

from tui.plain import Signs
from tui.slow_line import Line
from tui.terminal import CompositorUpdate, SteadyApp
from tui.widgets.glyphs import wide_ambiguous
from tui.widgets.looks import Reader, colours
from tui.widgets.pane import Pane
from tui.widgets.sent import Sent, erases_in_colour
from tui.widgets.table import RowTable

_ENTER = "\x1b[?1049h"


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


class ThriftyApp(SteadyApp, inherit_bindings=False):
    """Remembers what the terminal shows, and writes the difference, in signs that it has."""

    def __init__(self, signs: Signs, line: Line) -> None:
        super().__init__()
        self.signs, self.line = signs, line
        self._standing: Size | None = None  # until the first paint
        self._styled = ""  # the theme that the styles were made with
        self._sent = self.blank()
        self.driver_class = line.watched(self.driver_class)

    def blank(self) -> Sent:
        """The memory of a terminal like this one on which nothing stands."""
        return Sent(
            self._reader(),
            erases_in_colour=erases_in_colour(os.environ),
            ambiguous=wide_ambiguous(os.environ),
        )

    def style_from_the_start(self) -> None:
        """Make the styles with the theme chosen by now, before any widget is styled."""
        self._styled = self.theme
        self.stylesheet.set_variables(self.get_css_variables())

    def refresh_css(self, animate: bool = True) -> None:
        """Make the styles anew, unless they were made with this theme.

        The toolkit asks for it at each start too, once the first frame is out.
        """
        before, self._styled = self._styled, self.theme
        if self.theme != before:
            super().refresh_css(animate)

    def _reader(self) -> Reader:
        depth = colours(self.console, none=self.no_color, few=self.line.slow)
        return Reader(depth, self.signs)

    async def line_is_slow(self) -> bool:
        """Whether the line is, measured where it is to be; colours become few then."""
        await self.line.measure()
        self._sent.read_with(self._reader())
        return self.line.slow

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

    def paint_anew(self) -> None:
        """Paint everything, whatever the terminal shows."""
        self._forget_terminal()
        super().paint_anew()

    def difference(self, update: CompositorUpdate) -> str:
        """What of an update the terminal does not show yet."""
        self._standing = None
        if isinstance(self.focused, RowTable | Pane):
            self.cursor_position = self.focused.hand  # a screen reader reads where it stands
        return self._sent.changes(update, *self.size)
