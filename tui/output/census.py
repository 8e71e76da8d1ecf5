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
    censuses: Sequence[Kept] = view.rows
    rows: list[list[Cell]] = [
        [census.date, census.rows, census.source, census.complete, census.bytes]
        for census in censuses
    ]
    listed: list[dict[str, Any]] = [dict(zip(_HEADS, row)) for row in rows]
    return Output(
        body=json.envelope(context, view, {"censuses": listed}),
        heads=_HEADS,
        rows=rows,
        text=[_line(census, registry) for census in censuses]
        or ["no census is kept; `hubscope census crawl` fetches one, about an hour in background"],
        ids=[census.date for census in censuses],
    )


def _line(census: Kept, registry: str) -> str:
    state = "" if census.complete else "  on its way"
    if census.registry not in (None, registry):
        state = (
            f"  does not answer: made by registry {census.registry}; run `hubscope census remake`"
        )
    return (
        f"{census.date}  {census.rows:>11,} rows  {size(census.bytes):>9}  {census.source}{state}"
    )
