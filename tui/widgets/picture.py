"""A picture in cells, or in what a terminal draws over them."""

from collections.abc import Sequence
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.render.spans import Line
from tui.terminal import write
from tui.widgets.pane import Pane

Cell = tuple[str, str, str]  # characters of one look, their colour and the one behind, "" none
_MARK = "\U0010eeee"  # where kitty puts a part of its picture; marks of no width follow it


@lru_cache(maxsize=4096)
def _style(fore: str, back: str) -> Style:
    return Style(
        color=Color.parse(fore) if fore else None, bgcolor=Color.parse(back) if back else None
    )


class PicturePane(Pane):
    """Lines of text, or a picture: its cells, and a code that draws over blank ones."""

    _cells: Sequence[Sequence[Cell]] = ()
    _columns = 0
    _over = ""  # drawn over the cells whenever they were painted

    def picture(
        self, cells: Sequence[Sequence[Cell]], columns: int, *, first: str = "", over: str = ""
    ) -> None:
        """Show a picture; ``first`` is sent to the terminal before it, ``over`` after a paint."""
        if first:
            write(self.app, first)
        self._cells, self._columns, self._over = cells, columns, over
        self.show([], keep_place=False)

    def message(self, lines: list[Line]) -> None:
        """Show text instead."""
        self._cells, self._over = (), ""
        self.show(lines)

    def render_line(self, y: int) -> Strip:
        """One line of the picture, in the middle of the pane."""
        if y == 0 and self._over:
            self.call_after_refresh(self._draw_over)
        if not 0 <= y < len(self._cells):
            return super().render_line(y)
        width = self.size.width
        left = max(0, (width - self._columns) // 2)
        blank = self.painter.strip((), width)
        segments = [
            Segment(text, _style(fore, back)) if fore or back else self._plain(text)
            for text, fore, back in self._cells[y]
        ]
        strip = Strip(segments, sum(map(_cells_of, segments)))
        return Strip.join([blank.crop(0, left), strip, blank.crop(left + strip.cell_length, width)])

    def _plain(self, text: str) -> Segment:
        """Characters in the colours of text."""
        return next(iter(self.painter.strip(((text, "text"),), len(text))))

    def _draw_over(self) -> None:
        if not self._over or not self.screen.is_current:
            return
        left = max(0, (self.size.width - self._columns) // 2)
        at = f"\x1b[{self.region.y + 1};{self.region.x + left + 1}H"
        write(self.app, f"\x1b7{at}{self._over}\x1b8")


def _cells_of(segment: Segment) -> int:
    return segment.text.count(_MARK) or segment.cell_length
