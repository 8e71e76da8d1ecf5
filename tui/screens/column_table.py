"""A table whose rows are drawn by columns that fit its width."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual.geometry import Region

from tui.render import table
from tui.render.spans import Line
from tui.widgets.paint import Painter
from tui.widgets.table import RowTable


class ColumnTable(RowTable):
    """Rows under column heads. ``plan`` chooses the columns for a width, ``now`` is the clock.

    ``marks`` gives the signs before the heads.
    """

    def __init__(
        self,
        painter: Painter,
        plan: Callable[[int], table.Layout],
        now: Callable[[], float],
        marks: Callable[[], Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(painter, self._heads, self._columns, id="rows")
        self._plan, self._now, self._marks = plan, now, marks
        self._marked_heads: Mapping[str, str] = {}

    def show(self, keys: Sequence[str], values: Sequence[Any]) -> None:
        """Show these rows; the heads are painted again where their signs have changed."""
        super().show(keys, values)
        marks = self._marks() if self._marks else {}
        if marks != self._marked_heads:
            self._marked_heads = marks
            self.refresh(Region(0, 0, self.size.width, 1))

    def _heads(self, width: int) -> Line:
        return table.header(self._plan(width), self._marks() if self._marks else None)

    def _columns(self, row: Any, width: int, cursor: bool, marked: bool) -> Line:
        return table.row(self._plan(width), row, self._now(), cursor=cursor, marked=marked)
