"""A pane of lines to read: scrolls both ways, draws only what is in sight."""

from bisect import bisect_right
from collections.abc import Sequence

from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.render.spans import Line, Span, line_width, plain, width
from tui.widgets.paint import Painter


class Pane(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of spans under one scroll position. Lines may be added at the end at any time.

    Text can be selected by mouse where ``selectable`` is set, on a screen that answers the
    toolkit with ``character_at``. Lines carry no offsets of their own: these would be made anew
    for every line painted, to be read at a click.
    """

    DEFAULT_CSS = "Pane { scrollbar-size: 0 0; }"

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter = painter
        self._lines: Sequence[Line] = ()
        self.selectable = False
        self._selection: Selection | None = None

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

    def put_away(self) -> None:
        """Let go of what can be made again: the pane goes out of sight."""

    def take_up(self) -> None:
        """Make again what was let go of, at the same place."""

    @property
    def page(self) -> int:
        """The lines in sight."""
        return max(1, self.size.height)

    @property
    def top(self) -> int:
        """The first line in sight."""
        return int(self.scroll_offset.y)

    @property
    def hand(self) -> Offset:
        """The cell of the terminal at which the first line in sight begins."""
        return self.content_region.offset

    def scroll_lines(self, count: int) -> None:
        """Scroll down by ``count`` lines, up where it is negative."""
        self.scroll_to(y=self.top + count, animate=False, immediate=True, force=True)

    def plain(self) -> list[str]:
        """The text of all lines."""
        return [plain(line) for line in self._lines]

    @property
    def allow_select(self) -> bool:
        """Whether the toolkit may select text here."""
        return self.selectable

    def character_at(self, x: int, y: int) -> Offset:
        """The character at the cell (x, y) of the screen, or at the nearest cell of the pane.

        Its place is the index in the text of its line, and the index of the line. Both may be
        past the end: there is nothing at that cell then.
        """
        region = self.content_region
        row = min(max(y, region.y), region.bottom - 1) - region.y + self.top
        cell = min(max(x, region.x), region.right - 1) - region.x + int(self.scroll_offset.x)
        text = plain(self._lines[row]) if row < len(self._lines) else ""
        return Offset(bisect_right(range(len(text)), cell, key=lambda n: width(text[: n + 1])), row)

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw another selection."""
        self._selection = selection
        super().selection_updated(selection)

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The selected text without the spaces at the ends of its lines, and what follows it."""
        pieces: list[str] = []
        for row, text in enumerate(self.plain()):
            if span := _selected(selection, row, text):
                pieces.append(text[slice(*span)].rstrip())
        return "\n".join(pieces), "\n"

    @property
    def selected(self) -> str:
        """The text selected now; "" where there is none."""
        if self._selection is None:
            return ""
        return self.get_selection(self._selection)[0].strip("\n")

    def drawn(self, line: Line) -> Line:
        """A line as it is drawn."""
        return line

    def render_line(self, y: int) -> Strip:
        """One line in sight."""
        index, left, cells = y + self.top, int(self.scroll_offset.x), self.size.width
        line = self._lines[index] if index < len(self._lines) else ()
        drawn = self.drawn(line)
        if self._selection is not None and (span := _selected(self._selection, index, plain(line))):
            drawn = _marked_between(drawn, *span)
        strip = self.painter.strip(drawn, cells + left)
        return strip.crop(left, left + cells) if left else strip


def _selected(selection: Selection, row: int, text: str) -> tuple[int, int] | None:
    """Where the selected characters of a line begin and end; None where none is selected."""
    span = selection.get_span(row)
    if span is None:
        return None
    first, end = span
    if end < 0:  # the toolkit's word for the whole rest
        return first, len(text)
    # accents and joined emoji go with the character that they belong to
    while 0 < end < len(text) and width(text[: end + 1]) == width(text[:end]):
        end += 1
    return first, end


def _marked_between(line: Line, first: int, end: int) -> Line:
    """The line with its characters from ``first`` to ``end`` in the role ``mark``."""
    spans: list[Span] = []
    start = 0
    for text, role in line:
        left, right = (min(max(edge - start, 0), len(text)) for edge in (first, end))
        spans += [(text[:left], role), (text[left:right], "mark"), (text[right:], role)]
        start += len(text)
    return tuple(spans)
