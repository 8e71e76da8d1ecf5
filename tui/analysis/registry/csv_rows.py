"""The tables of the package and of the user, read as rows of text by column name."""

import csv
import os.path
from collections.abc import Iterable

from tui.model import BadInput, clean_line


def packaged(name: str) -> list[dict[str, str]]:
    """The rows of ``data/<name>.csv``."""
    path = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", f"{name}.csv")
    with open(path, encoding="utf-8", newline="") as lines:
        cells = csv.reader(lines)
        columns = next(cells)
        return [dict(zip(columns, line, strict=True)) for line in cells]


def own(text: str | None, table: str, known: Iterable[str], needed: str) -> list[dict[str, str]]:
    """The rows of a user's own table, each value cleaned; empty for None or blank text.

    ``table`` names the file in errors, ``known`` are the columns it may have and ``needed`` the
    one that names a row. Raises BadInput for an unknown column, a missing name or malformed CSV.
    """
    if not text or not text.strip():
        return []
    try:
        cells = list(csv.reader(text.removeprefix("\ufeff").splitlines(), strict=True))
    except csv.Error as error:
        raise BadInput(
            f"your {table} file is not CSV ({error}); quote values with commas"
        ) from None
    columns = [column.strip() for column in cells[0]]
    allowed = tuple(known)
    for column in columns:
        if column not in allowed:
            raise BadInput(
                f"your {table} file has a column {clean_line(column)!r}; use {', '.join(allowed)}"
            )
    rows = []
    for number, line in enumerate(cells[1:], 2):
        if not any(line):
            continue
        row = dict(zip(columns, (clean_line(cell).strip() for cell in line)))
        if not row.get(needed):
            raise BadInput(f"your {table} file, row {number}, has no {needed!r}; add it")
        rows.append(row)
    return rows
