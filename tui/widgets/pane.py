"""A pane of lines to read: scrolls both ways, draws only what is in sight."""

from collections.abc import Sequence

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.render.spans import Line, line_width
from tui.widgets.paint import Painter


class Pane(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of spans under one scroll position. Lines may be added at the end at any time."""

    DEFAULT_CSS = "Pane { scrollbar-size: 0 0; }"

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter = painter
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line], *, keep_place: bool = False) -> None:
        """Show ``lines``, from the top unless ``keep_place``."""
        self._lines = lines
        widest = max((line_width(line) for line in lines), default=0)
        self.virtual_size = Size(max(self.size.width, widest), len(lines))
        if not keep_place:
            self.scroll_to(0, 0, animate=False, immediate=True, force=True)
        self.refresh()

    def repaint(self, painter: Painter) -> None:
        """Paint everything anew, in other colours."""
        self.painter = painter
        self.refresh()

    @property
    def page(self) -> int:
        """The lines in sight."""
        return max(1, self.size.height)

    @property
    def top(self) -> int:
        """The first line in sight."""
        return int(self.scroll_offset.y)

    def scroll_lines(self, count: int) -> None:
        """Scroll down by ``count`` lines, up where it is negative."""
        self.scroll_to(y=self.top + count, animate=False, immediate=True, force=True)

    def plain(self) -> list[str]:
        """The text of all lines."""
        return ["".join(text for text, _ in line) for line in self._lines]

    def drawn(self, line: Line) -> Line:
        """A line as it is drawn."""
        return line

    def render_line(self, y: int) -> Strip:
        """One line in sight."""
        index, left, width = y + self.top, int(self.scroll_offset.x), self.size.width
        line = self._lines[index] if index < len(self._lines) else ()
        strip = self.painter.strip(self.drawn(line), width + left)
        return strip.crop(left, left + width) if left else strip
