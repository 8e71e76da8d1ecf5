"""Spans to strips: the one place where roles meet colours."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.render.spans import Line, line_width
from tui.themes import Palette, style


class Painter:
    """Turns lines of spans into strips for one palette; styles are made once."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self._styles: dict[str, Style] = {}

    def strip(self, line: Line, width: int, fill: str = "text") -> Strip:
        """``line`` as a strip of exactly ``width`` cells, filled with the style of ``fill``."""
        segments = [Segment(text, self._style(role)) for text, role in line if text]
        taken = line_width(line)
        if taken < width:
            segments.append(Segment(" " * (width - taken), self._style(fill)))
        made = Strip(segments, max(taken, width))
        return made if taken <= width else made.crop(0, width)

    def _style(self, role: str) -> Style:
        found = self._styles.get(role)
        if found is None:
            found = self._styles[role] = style(self.palette, role)
        return found
