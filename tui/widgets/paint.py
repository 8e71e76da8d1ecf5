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
        used = line_width(line)
        if used < width:
            segments.append(Segment(" " * (width - used), self._style(fill)))
        strip = Strip(segments, max(used, width))
        return strip if used <= width else strip.crop(0, width)

    def _style(self, role: str) -> Style:
        role_style = self._styles.get(role)
        if role_style is None:
            role_style = self._styles[role] = style(self.palette, role)
        return role_style
