"""An answer in the forms that leave the program: JSON, CSV, TSV, Markdown, ids, lines of text.

A cell that a spreadsheet would run as a formula is defused in CSV; what Markdown would read as
markup is escaped there.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

Cell = str | int | float | bool | None
FORMATS = ("json", "csv", "tsv", "md", "ids", "text")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKUP = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#~$"})


class Output(NamedTuple):
    """One answer in all its forms; ``body`` is the JSON, ``text`` the lines for a terminal."""

    body: dict[str, Any]
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    text: Iterable[str] = ()
    ids: Sequence[str] = ()
    caption: str = ""  # the definition line under a Markdown table
    markdown: Iterable[str] | None = None  # where it is more than the table of heads and rows


def lines(output: Output, form: str) -> Iterable[str]:
    """The lines of ``output`` in one of FORMATS."""
    if form == "json":
        import json

        return [json.dumps(output.body, ensure_ascii=False, allow_nan=False)]
    if form == "ids":
        return output.ids
    if form == "csv":
        return _csv(output)
    if form == "md":
        made = output.markdown
        return markdown(output.heads, output.rows, output.caption) if made is None else made
    if form == "text":
        return output.text
    return _tsv(output)


def _tsv(output: Output) -> Iterable[str]:
    yield "\t".join(output.heads)
    for row in output.rows:
        yield "\t".join(_flat(cell) for cell in row)


def _csv(output: Output) -> Iterable[str]:
    import csv
    from io import StringIO

    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(output.heads)
    writer.writerows([_defused(cell) for cell in row] for row in output.rows)
    return buffer.getvalue().splitlines()


def markdown(
    heads: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str = ""
) -> Iterable[str]:
    """A Markdown table, columns of numbers at the right, and a line under it."""
    numbers = [bool(rows) and all(_is_number(row[i]) for row in rows) for i in range(len(heads))]
    yield "| " + " | ".join(head.translate(_MARKUP) for head in heads) + " |"
    yield "|" + "|".join("---:" if number else "---" for number in numbers) + "|"
    for row in rows:
        yield "| " + " | ".join(_flat(cell).translate(_MARKUP) for cell in row) + " |"
    if caption:
        yield ""
        yield caption.translate(_MARKUP)


def _flat(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell).replace("\t", " ").replace("\n", " ")


def _defused(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + _flat(cell)
    return _flat(cell) if isinstance(cell, str | bool) else cell


def _is_number(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool))
