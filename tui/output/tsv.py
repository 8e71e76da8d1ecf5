"""Tab-separated values: one line is one row, whatever its cells hold."""

from collections.abc import Iterable, Sequence

from tui.output.forms import Cell, flat


def lines(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterable[str]:
    """The heads, then the rows."""
    yield "\t".join(heads)
    for row in rows:
        yield "\t".join(flat(cell) for cell in row)
