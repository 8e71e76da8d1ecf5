"""Below or beside a table: what is known of the highlighted row, drawn once the reader rests."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from tui.places import FamiliesPlace
from tui.render.spans import Line
from tui.screens.bound import bindings
from tui.slow_line import line_of
from tui.widgets.paint import Painter
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

_REST = 0.3  # seconds on a row before it is drawn
_WIDE = 100  # cells from which a glance may stand beside its table
_LEAST = 6  # lines under which there is nothing to see

Draw = Callable[[int, int], list[Line]]


class Glance(Container):
    """A table, and a pane that follows its cursor without ever being waited for.

    ``draw`` gives the pane's lines for its cells and lines. The pane stands beside the table from
    100 cells on where ``beside`` says so, else below it, as far as the rows leave room. On a slow
    line it waits to be asked for.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(FamiliesPlace, "glance")

    def __init__(self, painter: Painter, rows: RowTable, draw: Draw, *, beside: bool) -> None:
        super().__init__(id="glance")
        self.rows, self._draw, self._beside = rows, draw, beside
        self.pane = Pane(painter, id="glance-pane")
        self.pane.can_focus = False
        self._rest: Timer | None = None
        self._drawn: list[Line] = []
        self._chosen: bool | None = None  # whether the reader wants it, where he said so
        self._room = (0, 0, 0)  # as ``fit_in`` had it last

    def compose(self) -> Iterable[Widget]:
        """The table, then the pane."""
        yield self.rows
        yield self.pane

    def fit_in(self, width: int, height: int, count: int) -> None:
        """Share ``height`` lines of ``width`` cells with a table of ``count`` rows and a head."""
        self._room = width, height, count
        beside = self._beside and width >= _WIDE
        self.styles.layout = "horizontal" if beside else "vertical"
        room = height if beside else height - count - 1
        shown = self.pane.display = room >= _LEAST and self._wanted
        self.rows.styles.height = "1fr" if beside or not shown else count + 1
        self.rows.styles.width = "45%" if beside and shown else "1fr"
        self.pane.styles.margin = (0, 0, 0, 1) if beside else 0
        self.call_after_refresh(self.show)

    @property
    def _wanted(self) -> bool:
        return not line_of(self.app).slow if self._chosen is None else self._chosen

    def action_preview(self) -> None:
        """Show it or hide it, where there is room."""
        self._chosen = not self._wanted
        self.fit_in(*self._room)

    def follow(self) -> None:
        """The cursor is on another row, or more is known of it: draw it after a rest."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self.show)

    @property
    def at_rest(self) -> bool:
        """Whether what is known of the row is drawn, or there is no room to draw it."""
        return not self.pane.display or (self._rest is None and bool(self._drawn))

    def show(self) -> None:
        """Draw it now; nothing is painted where nothing has changed."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        size = self.pane.size
        if not self.pane.display or not size.width or not size.height:
            return
        drawn = self._draw(size.width, size.height)
        if drawn != self._drawn:
            self._drawn = drawn
            self.pane.show(drawn)
