"""A Markdown table, in which no cell is read as markup."""

from collections.abc import Iterable, Sequence

from tui.output.forms import Cell, flat, is_number

_MARKUP = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#~$"})


def lines(heads: Sequence[str], rows: Iterable[Sequence[Cell]], caption: str = "") -> Iterable[str]:
    """The table, columns of numbers at the right, and ``caption`` as a line under it.

    ``rows`` are gone through twice.
    """
    numbers = [False for _ in heads]
    for place, row in enumerate(rows):
        fit = [is_number(cell) for cell in row]
        numbers = [both and number for both, number in zip(numbers, fit)] if place else fit
    yield "| " + " | ".join(head.translate(_MARKUP) for head in heads) + " |"
    yield "|" + "|".join("---:" if number else "---" for number in numbers) + "|"
    for row in rows:
        yield "| " + " | ".join(flat(cell).translate(_MARKUP) for cell in row) + " |"
    if caption:
        yield ""
        yield caption.translate(_MARKUP)
