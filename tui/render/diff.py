"""Models side by side, as lines of a table: a mark where they differ, a dot where one is silent."""

from collections.abc import Sequence
from typing import Any

from tui.analysis.repo.diff import DiffRow, Value
from tui.render import cells, table
from tui.render.spans import Line
from tui.render.table import Column

_MARKS = {True: "=", False: "≠", None: cells.UNKNOWN}
_FIELD = 24
_SIDE = 22


def columns(ids: Sequence[str], width: int) -> list[Column]:
    """The field, a mark, and a side for each id; the sides share what the field names leave."""
    side = max(12, (width - _FIELD - 9) // len(ids) - 2)
    return [
        Column("field", "field", _FIELD, lambda row, now: row.field, right=False),
        Column("same", "", 1, lambda row, now: _MARKS[row.same], right=False),
        *(_side(index, repo_id, max(side, _SIDE // 2)) for index, repo_id in enumerate(ids)),
    ]


def lines(ids: Sequence[str], rows: Sequence[DiffRow], width: int) -> list[Line]:
    """The fields under the ids."""
    plan = table.layout(columns(ids, width), width)
    return [table.header(plan), *(table.row(plan, row, 0.0) for row in rows)]


def text(field: str, value: Value) -> str:
    """A value for people: bytes of files as sizes, counts with separators."""
    if value is None:
        return cells.UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if field == "files bytes" or field.startswith("weights "):
        return cells.size(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:.6g}"


def _side(index: int, repo_id: str, width: int) -> Column:
    def cell(row: Any, now: float) -> str:
        return text(row.field, row.values[index])

    name = repo_id.rpartition("/")[2]
    return Column(f"side{index}", name, width, cell, right=False, role="id")
