"""A few lines of spans that stay: the top and the bottom of a screen."""

from collections.abc import Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.render.spans import Line
from tui.widgets.paint import Painter


class Lines(Widget):
    """Lines of spans, each repainted only when it changes."""

    def __init__(self, painter: Painter, count: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter = painter
        self.styles.height = count
        self._lines: list[Line] = [()] * count

    def show(self, lines: Sequence[Line]) -> None:
        """Show ``lines``; the ones that stayed the same are not painted again."""
        self._lines += [()] * (len(lines) - len(self._lines))
        for y, line in enumerate(lines):
            if line != self._lines[y]:
                self._lines[y] = line
                self.refresh(Region(0, y, self.size.width, 1))

    def repaint(self, painter: Painter) -> None:
        """Paint everything anew, in other colours."""
        self.painter = painter
        self.refresh()

    def plain(self) -> list[str]:
        """The text of the lines."""
        return ["".join(text for text, _ in line) for line in self._lines]

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        line = self._lines[y] if y < len(self._lines) else ()
        return self.painter.strip(line, self.size.width)
