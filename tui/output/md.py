"""A Markdown table, in which no cell is read as markup."""

from collections.abc import Iterable, Sequence

from tui.output.forms import Cell, flat, is_number

_MARKUP = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#~$"})


def lines(heads: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str = "") -> Iterable[str]:
    """The table, columns of numbers at the right, and ``caption`` as a line under it."""
    numbers = [bool(rows) and all(is_number(row[i]) for row in rows) for i in range(len(heads))]
    yield "| " + " | ".join(head.translate(_MARKUP) for head in heads) + " |"
    yield "|" + "|".join("---:" if number else "---" for number in numbers) + "|"
    for row in rows:
        yield "| " + " | ".join(flat(cell).translate(_MARKUP) for cell in row) + " |"
    if caption:
        yield ""
        yield caption.translate(_MARKUP)
