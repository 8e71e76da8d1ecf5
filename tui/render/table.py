"""Tables as lines of spans: which columns fit, how wide they are, what a row looks like.

One column takes what the others leave. Columns drop by priority when the width is small, so a
row is never wrapped and an id is never cut to nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from tui.render.spans import Line, cut_id, pad, pad_left

CURSOR = "▌"
MARK = "●"


class Column(NamedTuple):
    """One column. ``cell`` gives the text of a row's value at ``now``; ``cells`` its width."""

    key: str
    head: str
    cells: int  # for the elastic column: the least that is useful
    cell: Callable[[Any, float], str]
    priority: int = 0  # the largest number drops first, of equals the last; 0 never drops
    right: bool = True
    elastic: bool = False
    role: str = ""
    is_id: bool = False


class Layout(NamedTuple):
    """The columns that fit a width, each with its cells."""

    columns: tuple[tuple[Column, int], ...]
    width: int


_EDGE = 2  # cursor glyph, mark glyph
_GAP = 2


def layout(columns: Sequence[Column], width: int) -> Layout:
    """Choose columns for ``width`` cells: drop the least important until the rest fits."""
    fitting = list(columns)
    while True:
        fixed = _EDGE + sum(column.cells for column in fitting) + _GAP * (len(fitting) - 1)
        droppable = [column for column in fitting if column.priority]
        if fixed <= width or not droppable:
            break
        fitting.remove(max(reversed(droppable), key=lambda column: column.priority))
    spare = width - fixed
    return Layout(
        tuple(
            (column, max(1, column.cells + spare) if column.elastic else column.cells)
            for column in fitting
        ),
        width,
    )


def header(plan: Layout, marks: Mapping[str, str] | None = None) -> Line:
    """The line of column heads, with two signs at most before a head, by its column's key.

    They stand in the gap between columns, so that a head is as long as its column.
    """
    text = ""
    for place, (column, size) in enumerate(plan.columns):
        mark = marks.get(column.key, "") if marks else ""
        gap = _GAP if place else _EDGE
        if column.right:
            text += pad_left(mark + column.head, size + gap)
        else:
            text += pad_left(mark, gap) + pad(column.head, size)
    return ((text, "head"),)


def row(
    plan: Layout, value: Any, now: float, *, cursor: bool = False, marked: bool = False
) -> Line:
    """One row. Neighbours of one role are one span, so a row costs few style changes."""
    base = "cursor" if cursor else "cell"
    edge = (CURSOR if cursor else " ") + (MARK if marked else " ")
    spans: list[tuple[str, str]] = []
    text, role = edge, base
    for index, (column, size) in enumerate(plan.columns):
        gap = " " * _GAP if index else ""
        cell = column.cell(value, now)
        if column.is_id:
            cell = cut_id(cell, size)
        cell = pad_left(cell, size) if column.right else pad(cell, size)
        cell_role = f"{base}.{column.role}" if column.role else base
        if cell_role == role:
            text += gap + cell
        else:
            spans.append((text + gap, role))
            text, role = cell, cell_role
    spans.append((text, role))
    return tuple(spans)
