"""A model card to read: the first screen at once, the rest while nobody waits."""

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from textual.events import Resize
from textual.geometry import Size
from textual.selection import Selection

from tui.render.spans import Line, marked, plain, width
from tui.widgets.paint import Painter
from tui.widgets.pane import Pane

if TYPE_CHECKING:
    from tui.render.card import LongCard, Place

_FIRST = 0.012  # seconds spent on the first screen at once; a card made to be slow takes turns
_LEAST = 20  # cells that a card is wrapped at, at least
_LEISURE = 120_000  # characters of a card that is laid out to its end while nobody waits
_REST = 0.01  # seconds between two sections, so that a key never waits for more than one


class CardPane(Pane):
    """Markdown as lines. What is in sight is laid out, with a page on either side of it.

    The place is kept over resize and refresh. Of a card too long to be laid out at leisure the rest
    counts by estimate.
    """

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(painter, id=id)
        self._text: str | None = None
        self._base = ""
        self.document: LongCard | None = None
        self._needle = ""
        self._at_match: Place | None = None
        self._settling = False
        self._away: Place | None = None  # the top while nothing is laid out

    def open(self, text: str, base: str) -> None:
        """Show the Markdown ``text`` of the repo page ``base``; another text keeps the place."""
        if text == self._text:
            return
        from tui.render.card import LongCard  # after the first paint: 65 ms

        self.take_up()
        offset = self.document.offset_of(self.top) if self.document else 0
        again = self._text is not None
        self._text, self._base = text, base
        self.document = LongCard(text, self._cells(), base)
        self._at_match = None
        self._begin(offset if again else 0)

    def put_away(self) -> None:
        """Let go of the lines, however long the card is."""
        if self.document is not None and self._away is None:
            self._away = self.document.place(self.top)
            self.document.let_go()

    def take_up(self) -> None:
        """Lay out what was in sight."""
        place, self._away, document = self._away, None, self.document
        if place is None or document is None:
            return
        height = self.size.height or 24
        line = document.again(place, height, 2 * height)
        self._grown()
        self.scroll_to(y=line, animate=False, immediate=True, force=True)
        self.set_timer(_REST, self._go_on)

    def message(self, lines: list[Line]) -> None:
        """Show these lines instead of a card."""
        self._text = self.document = None
        self.show(lines)

    def on_resize(self, event: Resize) -> None:
        """Wrap anew at the new width, at the same place in the text."""
        self.take_up()
        document = self.document
        if document is None:
            return
        if self._cells() == document.width:
            self._settle()
            return
        offset = document.offset_of(self.top)
        document.resize(self._cells())
        self._at_match = None
        self._begin(offset)

    def go_to(self, line: int) -> None:
        """Bring a line to the top of the pane."""
        if self.document is not None:
            line = self.document.around(line, 0, self.size.height)
            self._grown()
        self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def scroll_sideways(self, cells: int) -> None:
        """Scroll wide lines by so many cells."""
        self.scroll_to(
            x=int(self.scroll_offset.x) + cells, animate=False, immediate=True, force=True
        )

    def mark(self, needle: str) -> None:
        """Show where ``needle`` stands; "" shows nothing."""
        self._needle, self._at_match = needle, None
        self.refresh()

    def next_match(self, step: int, *, here: bool = False) -> bool | None:
        """Go to the next (1) or previous (-1) line with a match, around the end; False if none.

        None where lines have to be made in turns before it can be told. ``here`` takes a match on
        the first line in sight for the next one.
        """
        document, needle = self.document, self._needle.lower()
        if document is None or not needle:
            return False
        top = document.place(self.top)
        start = top if here or self._at_match is None else self._at_match
        place = document.find(needle, start, step, here=here)
        self._grown(top)
        if not isinstance(place, tuple):
            return place
        self._at_match = place
        chosen = document.line_at(place)
        if not self.top <= chosen < self.top + self.size.height:
            chosen = document.around(chosen, 2, self.size.height)
            self._grown()
            self.scroll_to(y=max(0, chosen - 2), animate=False, immediate=True, force=True)
        self._show_across(plain(self._lines[chosen]).lower(), needle)
        return True

    def _show_across(self, text: str, needle: str) -> None:
        """Scroll sideways to the first match in a line that is wider than the pane."""
        before = text.partition(needle)[0]
        first, left, room = width(before), int(self.scroll_offset.x), self.size.width
        if not left <= first <= left + room - width(needle):
            inside = first + width(needle) <= room  # the line's beginning shows it
            x = 0 if inside else max(0, first - room // 3)
            self.scroll_to(x=x, animate=False, immediate=True, force=True)

    async def render_all(self) -> None:
        """Make every line, giving way to keys and painting after each section."""
        document = self.document
        if document is not None:
            for _ in iter(document.step, False):
                await asyncio.sleep(0)
            self._grown()

    def scroll_lines(self, count: int) -> None:
        """Scroll, laying out what comes into sight."""
        document, height = self.document, self.size.height
        if document is not None and count > 0:
            document.render_until(self.top + min(count, height) + height)
            if self.top + count + height >= document.count():
                document.end(height)
            self._grown()
        super().scroll_lines(count)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Lay out what is in sight, however it came there."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._settle()

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The selected text; a selection without an end takes in what is not rendered yet."""
        if selection.end is None and self.document is not None:
            self.document.render_until(10**9)
            self._grown()
        return super().get_selection(selection)

    def drawn(self, line: Line) -> Line:
        """The line with its matches marked."""
        return marked(line, self._needle) if self._needle else line

    def _cells(self) -> int:
        """The cells to wrap for; before the first layout, what a pane alone will have."""
        return max(_LEAST, self.size.width or self.app.size.width - self.gutter.width)

    def _begin(self, offset: int) -> None:
        document = self.document
        assert document is not None
        if offset:
            height = self.size.height or 24
            place = document.around(document.line_of(offset), height, 2 * height)
            self._grown()
            self.scroll_to(y=place, animate=False, immediate=True, force=True)
        else:
            deadline = monotonic() + _FIRST
            while document.ready < (self.size.height or 24) and monotonic() < deadline:
                if not document.step():
                    break
            self._grown()
            self.scroll_to(y=0, animate=False, immediate=True, force=True)
        self.refresh()
        self.set_timer(_REST, self._go_on)

    def _settle(self) -> None:
        """Lay out a page on either side of what is in sight, which stays where it is."""
        document, height = self.document, self.size.height
        if document is None or self._settling:
            return
        self._settling = True
        top = document.around(self.top, height, 2 * height)
        self._grown()
        if top != self.top:
            self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self._settling = False

    def _go_on(self) -> None:
        document = self.document
        if document is None or document.done or self._text is None or len(self._text) > _LEISURE:
            return
        if self._away is not None:
            return
        top = document.place(self.top)
        document.step()
        self._grown(top)
        self.set_timer(_REST, self._go_on)

    def _grown(self, top: "Place | None" = None) -> None:
        """Take the lines there are now. ``top`` is what has to stay at the top of the pane.

        The size is told to the toolkit by stealth: told openly, it lays out and paints the screen
        anew for lines that nobody sees.
        """
        document = self.document
        if document is None:
            return
        old = len(self._lines)
        self._lines = document.lines
        size = Size(max(self.size.width, document.widest), document.count())
        if size != self.virtual_size:
            self.set_reactive(CardPane.virtual_size, size)
        if top is not None and (line := document.line_at(top)) != self.top:
            self.scroll_to(y=line, animate=False, immediate=True, force=True)
        if old < self.top + self.size.height:
            self.refresh()
