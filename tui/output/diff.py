"""Two models side by side, and one model at two looks."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from tui.analysis.repo.diff import DiffRow, Side, rows
from tui.model import View
from tui.model.when import iso
from tui.output import json
from tui.output.files import FactsAndFiles
from tui.output.forms import Context, Output
from tui.render import diff as drawn
from tui.render.spans import plain_lines

_HEADS = ("field", "a", "b", "same")


class Since(Protocol):
    """One model at two looks, as the ask hands it out."""

    id: str
    before: Any  # with ``at``; None where there is no earlier look
    after: Any
    rows: tuple[DiffRow, ...]


def output(view: View[FactsAndFiles], context: Context, *, changed: bool = False) -> Output:
    """The fields of both models; ``changed`` keeps those that are known to differ."""
    sides = [Side(repo.id, repo.detail, repo.files) for repo in view.rows]
    diff_rows = _wanted(rows(sides), changed)
    ids = [side.id for side in sides]
    cells = [(row.field, *row.values, row.same) for row in diff_rows]
    body = {"a": ids[0], "b": ids[1], "rows": [dict(zip(_HEADS, row)) for row in cells]}
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=cells,
        text=_text(ids, diff_rows, context.width),
        ids=ids,
        caption="same: empty where one side is not known",
    )


def since(view: View[Since], context: Context, *, changed: bool = False) -> Output:
    """The fields of one model at the look before, and now."""
    looks = view.value
    diff_rows = _wanted(looks.rows, changed)
    before, after = looks.before and iso(looks.before.at), iso(looks.after.at)
    cells = [(row.field, *row.values, row.same) for row in diff_rows]
    body = {
        "a": looks.id,
        "b": looks.id,
        "before": before,
        "after": after,
        "rows": [dict(zip(_HEADS, row)) for row in cells],
    }
    first = f"no earlier look at {looks.id} is kept; the one of {after} is the first"
    return Output(
        body=json.envelope(context, view, body),
        heads=("field", "before", "after", "same"),
        rows=cells,
        text=_text([before, after], diff_rows, context.width) if before else [first],
        ids=[looks.id],
        caption=f"{looks.id}: looks of {before} and {after}" if before else first,
    )


def _wanted(diff_rows: Sequence[DiffRow], changed: bool) -> list[DiffRow]:
    return [row for row in diff_rows if row.same is False or not changed]


def _text(heads: Sequence[str], diff_rows: Sequence[DiffRow], width: int) -> Iterator[str]:
    yield from plain_lines(drawn.lines(heads, diff_rows, width))
