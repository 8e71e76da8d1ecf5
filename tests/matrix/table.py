"""The cells of the matrix, and the table that is printed of them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

MOMENTS = ("first start", "stored rows", "paging", "typing", "exit")
SHELL = ("shell, first", "shell, stored")
_NAME, _CELL, _LINE = 34, 13, 90


class Cell(NamedTuple):
    """How one fault went at one moment: ``wrong`` is empty where all is well."""

    fault: str
    moment: str
    wrong: str = ""
    line: str = ""  # what the reader was told


def table(cells: Iterable[Cell]) -> Iterator[str]:
    """One line for each fault, then what failed."""
    moments = (*MOMENTS, *SHELL)
    rows: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.fault, {})[cell.moment] = cell
    yield "fault".ljust(_NAME) + "".join(moment.ljust(_CELL + 1) for moment in moments) + "line"
    for fault, found in rows.items():
        marks = (found.get(moment) for moment in moments)
        told = next((cell.line for cell in found.values() if cell.line), "")
        yield (
            fault[: _NAME - 1].ljust(_NAME)
            + "".join(_mark(cell).ljust(_CELL + 1) for cell in marks)
            + told[:_LINE]
        )
    failed = [cell for found in rows.values() for cell in found.values() if cell.wrong]
    yield f"{sum(map(len, rows.values()))} cells, {len(failed)} failed"
    for cell in failed:
        yield f"  {cell.fault} · {cell.moment}: {cell.wrong}"


def _mark(cell: Cell | None) -> str:
    return "·" if cell is None else "FAILED" if cell.wrong else "ok"
