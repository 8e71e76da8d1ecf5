"""A model card to read: the first screen at once, the rest while nobody waits."""

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from textual.events import Resize
from textual.geometry import Size
from textual.selection import Selection

from tui.render.spans import Line, marked
from tui.widgets.paint import Painter
from tui.widgets.pane import Pane

if TYPE_CHECKING:
    from tui.render.card import CardDocument

_FIRST = 0.012  # seconds spent on the first screen at once; a card made to be slow takes turns
_LEAST = 20  # cells that a card is wrapped at, at least
_REST = 0.01  # seconds between two sections, so that a key never waits for more than one


class CardPane(Pane):
    """Markdown as lines, rendered section by section. Its place is kept over resize and refresh."""

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(painter, id=id)
        self._text: str | None = None
        self._base = ""
        self.document: CardDocument | None = None
        self._needle = ""
        self._at_match: int | None = None

    def open(self, text: str, base: str) -> None:
        """Show the Markdown ``text`` of the repo page ``base``; another text keeps the place."""
        if text == self._text:
            return
        from tui.render.card import CardDocument  # after the first paint: 65 ms

        offset = self.document.offset_of(self.top) if self.document else 0
        again = self._text is not None
        self._text, self._base = text, base
        self.document = CardDocument(text, self._cells(), base)
        self._begin(offset if again else 0)

    def message(self, lines: list[Line]) -> None:
        """Show these lines instead of a card."""
        self._text = self.document = None
        self.show(lines)

    def on_resize(self, event: Resize) -> None:
        """Wrap anew at the new width, at the same place in the text."""
        document = self.document
        if document is None or self._cells() == document.width:
            return
        offset = document.offset_of(self.top)
        document.resize(self._cells())
        self._begin(offset)

    def go_to(self, line: int) -> None:
        """Bring a line to the top of the pane."""
        self.render_to(line + self.size.height)
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

        None where the lines made so far cannot tell. ``here`` takes a match on the first line in
        sight for the next one.
        """
        document, needle = self.document, self._needle.lower()
        if document is None or not needle:
            return False
        found = [n for n in range(len(document.lines)) if needle in document.text_of(n).lower()]
        top = self._at_match if self._at_match is not None and not here else self.top - here
        after = [n for n in found if n > top] if step > 0 else [n for n in found if n < top]
        if not (after or document.done):
            return None
        if not found:
            return False
        chosen = (after or found)[0 if step > 0 else -1]
        self._at_match = chosen
        if not self.top <= chosen < self.top + self.size.height:
            self.scroll_to(y=max(0, chosen - 2), animate=False, immediate=True, force=True)
        return True

    async def render_all(self) -> None:
        """Make every line, giving way to keys and painting after each section."""
        document = self.document
        if document is not None:
            for _ in iter(document.step, False):
                await asyncio.sleep(0)
        self._grown()

    def render_to(self, line: int) -> None:
        """Make lines up to ``line`` now: somebody goes there."""
        if self.document is not None:
            self.document.render_until(line)
            self._grown()

    def scroll_lines(self, count: int) -> None:
        """Scroll, rendering what comes into sight."""
        if count > 0:
            self.render_to(self.top + count + self.size.height)
        super().scroll_lines(count)

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The selected text; a selection without an end takes in what is not rendered yet."""
        if selection.end is None:
            self.render_to(10**9)
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
        deadline = monotonic() + _FIRST
        while len(document.lines) < (self.size.height or 24) and monotonic() < deadline:
            if not document.step():
                break
        if offset:
            document.render_past(offset)
            # a screen more, else the end of what is rendered would stop the scroll too soon
            document.render_until(document.line_of(offset) + self.size.height)
        self._grown()
        self.scroll_to(y=document.line_of(offset), animate=False, immediate=True, force=True)
        self.refresh()
        self.set_timer(_REST, self._go_on)

    def _go_on(self) -> None:
        document = self.document
        if document is None or document.done:
            return
        document.step()
        self._grown()
        self.set_timer(_REST, self._go_on)

    def _grown(self) -> None:
        document = self.document
        if document is None:
            return
        old = len(self._lines)
        self._lines = document.lines
        size = Size(max(self.size.width, document.widest), len(document.lines))
        if size != self.virtual_size:
            self.virtual_size = size
        if old < self.top + self.size.height:
            self.refresh()
