"""Comma-separated values, in which a spreadsheet finds no formula of a stranger's."""

from collections.abc import Iterable, Sequence

from tui.output.forms import Cell, flat

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterable[str]:
    """The heads, then the rows; a text that would run as a formula has a quote before it."""
    import csv
    from io import StringIO

    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        yield from buffer.getvalue().splitlines()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_defused(cell) for cell in row])
    yield from buffer.getvalue().splitlines()


def _defused(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + flat(cell)
    return flat(cell) if isinstance(cell, str | bool) else cell
