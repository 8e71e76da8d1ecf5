"""A table of any length drawn line by line: only the rows in sight are ever made.

The first line holds the column heads and stays. The cursor is kept by key, not by index: when
rows arrive, leave or change places it stays on its row.
"""

from collections.abc import Callable, Sequence
from typing import Any

from textual.events import Click, Resize
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.render.spans import Line
from tui.widgets.paint import Painter

_CACHE = 256  # lines painted and kept, some kilobytes each
_NEAR = 20  # rows before the end at which more are asked for

# Every scroll is forced: left to itself the toolkit scrolls what has a scrollbar, and it learns
# that only at the next layout.


class RowTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of spans under a head line, with a cursor and marks."""

    DEFAULT_CSS = "RowTable { scrollbar-size: 0 0; }"

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, table: "RowTable", key: str | None) -> None:
            super().__init__()
            self.table = table
            self.key = key

        def can_replace(self, message: Message) -> bool:
            """A later move stands for an earlier one of the same table."""
            return isinstance(message, RowTable.Moved) and message.table is self.table

    class NearEnd(Message):
        """The cursor is close to the last row at hand."""

    class Opened(Message):
        """A row was clicked while it had the cursor."""

    def __init__(
        self,
        painter: Painter,
        head: Callable[[int], Line],
        paint: Callable[[Any, int, bool, bool], Line],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.painter = painter
        self._head = head
        self._paint = paint
        self._keys: Sequence[str] = ()
        self._values: Sequence[Any] = ()
        self._strips: dict[tuple[int, int, bool, bool], Strip] = {}
        self._blank: set[int] = set()  # lines painted before their rows were at hand
        self.marked: dict[str, None] = {}  # in the order of marking

    # what is shown

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor; None too where it is not at hand yet."""
        return (self._keys[self.cursor] or None) if self.cursor < len(self._keys) else None

    @property
    def value(self) -> Any:
        """The row under the cursor, None in an empty table."""
        return self._values[self.cursor] if self.cursor < len(self._values) else None

    @property
    def values(self) -> Sequence[Any]:
        """All rows."""
        return self._values

    @property
    def at_hand(self) -> Sequence[Any]:
        """The rows that are held: all of them, but of a list that is read by pages."""
        held: Callable[[], Sequence[Any]] | None = getattr(self._values, "at_hand", None)
        return self._values if held is None else held()

    def show(self, keys: Sequence[str], values: Sequence[Any]) -> None:
        """Show these rows. The cursor stays on its key; unchanged lines are not painted again.

        Its line keeps its height on the screen, but a list that stands at its top stays there.
        A value that is None is not at hand yet: its key is "", its line empty; see ``arrived``.
        """
        held, old_keys, old_values = self.key, self._keys, self._values
        self._strips.clear()
        self._blank.clear()
        self._keys, self._values = keys, values
        self.virtual_size = Size(1, len(keys) + 1)  # no line is wider than the table
        if held is not None and held not in keys[self.cursor : self.cursor + 1]:
            place = keys.index(held) if held in keys else min(self.cursor, max(0, len(keys) - 1))
            top = int(self.scroll_offset.y)
            at_top = top == 0 and place < self.page  # new first rows come into sight
            top_line = 0 if at_top else max(0, place - (self.cursor - top))
            self.set_reactive(RowTable.cursor, place)
            self.scroll_to(y=top_line, animate=False, immediate=True, force=True)
        first = int(self.scroll_offset.y)
        for index in range(first, first + self.size.height):
            same = (
                index < len(keys)
                and index < len(old_keys)
                and keys[index] == old_keys[index]
                and values[index] == old_values[index]
            )
            if not same:
                self._refresh_row(index)
        if self.key != held:
            self.post_message(self.Moved(self, self.key))

    def arrived(self) -> None:
        """Paint the lines in sight whose rows are at hand now."""
        first = int(self.scroll_offset.y)
        self._blank &= set(range(first, min(first + self.page, len(self._keys))))
        for index in sorted(self._blank):
            if self._values[index] is not None:
                self._refresh_row(index)
                if index == self.cursor:
                    self.post_message(self.Moved(self, self.key))

    def restyle(
        self,
        painter: Painter | None = None,
        head: Callable[[int], Line] | None = None,
        paint: Callable[[Any, int, bool, bool], Line] | None = None,
    ) -> None:
        """Take other colours or other columns, and paint everything anew."""
        self.painter = painter or self.painter
        self._head = head or self._head
        self._paint = paint or self._paint
        self._strips.clear()
        self.refresh()

    # moving

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, as near as there is one."""
        self.cursor = max(0, min(index, len(self._keys) - 1))

    def move_to_key(self, key: str) -> bool:
        """Put the cursor on the row of ``key``; False if there is none."""
        if key not in self._keys:
            return False
        self.move_to(self._keys.index(key))
        return True

    @property
    def page(self) -> int:
        """The rows in sight."""
        return max(1, self.size.height - 1)

    @property
    def hand(self) -> Offset:
        """The cell of the terminal at which the row under the cursor begins."""
        region, y = self.region, self.cursor - int(self.scroll_offset.y) + 1
        return Offset(region.x, region.y + max(0, min(y, region.height - 1)))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows that changed, or scroll."""
        first = int(self.scroll_offset.y)
        if new < first:
            self.scroll_to(y=new, animate=False, immediate=True, force=True)
        elif new >= first + self.page and self.size.height:  # else at the first resize
            self.scroll_to(y=new - self.page + 1, animate=False, immediate=True, force=True)
        self._refresh_row(old)
        self._refresh_row(new)
        if old != new:
            self.post_message(self.Moved(self, self.key))
        if new >= len(self._keys) - _NEAR:
            self.post_message(self.NearEnd())

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        key = self.key
        if key is None:
            return
        if key in self.marked:
            del self.marked[key]
        else:
            self.marked[key] = None
        self._refresh_row(self.cursor)

    # drawing

    def _refresh_row(self, index: int) -> None:
        y = index - int(self.scroll_offset.y) + 1
        if 1 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """The heads, or one row."""
        width = self.size.width
        if y == 0:
            return self.painter.strip(self._head(width), width, "head")
        index = y - 1 + int(self.scroll_offset.y)
        if index >= len(self._keys):
            return self.painter.strip((), width)
        cursor, value = index == self.cursor, self._values[index]
        self._blank.discard(index)
        if value is None:
            self._blank.add(index)
            return self.painter.strip((), width, "cursor" if cursor else "cell")
        marked = self._keys[index] in self.marked
        cache_key = (width, index, cursor, marked)  # a paint may come before the resize is told
        strip = self._strips.get(cache_key)
        if strip is None:
            if len(self._strips) >= _CACHE:
                self._strips.clear()
            line = self._paint(value, width, cursor, marked)
            strip = self.painter.strip(line, width, "cursor" if cursor else "cell")
            self._strips[cache_key] = strip
        return strip

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight at the new size."""
        first = int(self.scroll_offset.y)
        if self.cursor >= first + self.page:
            self.scroll_to(y=self.cursor - self.page + 1, animate=False, immediate=True, force=True)

    def on_click(self, event: Click) -> None:
        """A click moves the cursor; a click on the row under the cursor opens it."""
        index = event.y - 1 + int(self.scroll_offset.y)
        if event.y < 1 or index >= len(self._keys):
            return
        if index == self.cursor:
            self.post_message(self.Opened())
        else:
            self.move_to(index)
