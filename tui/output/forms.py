"""An answer before it is written: what it is as JSON, as a table of data, as text for a terminal.

Each question has a file here with ``output(view, context) -> Output``; the shell and the app's
export use the same one.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

Cell = str | int | float | bool | None  # one value of a table of data
FORMATS = ("json", "csv", "tsv", "md", "ids", "text")


class Context(NamedTuple):
    """Who asked what: the command's name, the endpoint asked, the time, the terminal's width."""

    command: str
    endpoint: str
    now: float  # seconds since 1970, UTC
    width: int = 100  # cells, for text
    login: bool = False  # whether a token goes with the questions


class Output(NamedTuple):
    """One answer in all its forms; ``body`` is the JSON, ``text`` the lines for a terminal.

    ``text`` and ``markdown`` may be generators: what is not written is not made.
    """

    body: dict[str, Any]
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    text: Iterable[str] = ()
    ids: Sequence[str] = ()
    caption: str = ""  # the definition line under a Markdown table
    markdown: Iterable[str] | None = None  # where it is more than the table of heads and rows
    remarks: Sequence[str] = ()  # what a table of data has no place for
    warnings: Sequence[str] = ()  # what the answer leaves out, where only JSON has a place for it


def lines(output: Output, form: str) -> Iterable[str]:
    """The lines of ``output`` in one of FORMATS."""
    if form == "text":
        return output.text
    if form == "ids":
        return output.ids
    if form == "json":
        from tui.output import json

        return json.lines(output.body)
    if form == "csv":
        from tui.output import csv

        return csv.lines(output.heads, output.rows)
    if form == "md":
        from tui.output import md

        if output.markdown is not None:
            return output.markdown
        return md.lines(output.heads, output.rows, output.caption)
    from tui.output import tsv

    return tsv.lines(output.heads, output.rows)


def flat(cell: Cell) -> str:
    """The value on one line and without tabs; nothing for what is not known."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell).replace("\t", " ").replace("\n", " ")


def is_number(cell: Cell) -> bool:
    """Say whether the value may stand in a column of numbers; a value not known may."""
    return cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool))
