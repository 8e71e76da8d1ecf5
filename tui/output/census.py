"""The censuses on this machine."""

from collections.abc import Sequence
from typing import Any, Protocol

from tui.model import View
from tui.output import json
from tui.output.forms import Cell, Context, Output
from tui.render.cells import size

_HEADS = ("date", "rows", "source", "complete", "bytes")


class Kept(Protocol):
    """One census, as the ask hands it out."""

    date: str
    rows: int
    source: str
    complete: bool
    bytes: int
    registry: str | None


def output(view: View[Any], context: Context, registry: str) -> Output:
    """The censuses in ``view``; ``registry`` is the version of the tables in force."""
    found: Sequence[Kept] = view.rows
    rows: list[list[Cell]] = [
        [one.date, one.rows, one.source, one.complete, one.bytes] for one in found
    ]
    listed: list[dict[str, Any]] = [dict(zip(_HEADS, row)) for row in rows]
    return Output(
        body=json.envelope(context, view, {"censuses": listed}),
        heads=_HEADS,
        rows=rows,
        text=[_line(one, registry) for one in found]
        or ["no census is kept; `hubscope census crawl` fetches one, about an hour in background"],
        ids=[one.date for one in found],
    )


def _line(one: Kept, registry: str) -> str:
    state = "" if one.complete else "  on its way"
    if one.registry not in (None, registry):
        state = f"  does not answer: made by registry {one.registry}; run `hubscope census remake`"
    return f"{one.date}  {one.rows:>11,} rows  {size(one.bytes):>9}  {one.source}{state}"
