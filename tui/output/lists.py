"""A list of repos: ``trending`` and ``search``, and what ``e`` writes of a list."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from tui.model import Row, View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render import table
from tui.render.left_out import cut, over, reasons
from tui.render.list_columns import columns
from tui.render.spans import plain

T_co = TypeVar("T_co", covariant=True)


def output(view: View[Row], context: Context) -> Output:
    """The rows of the list, in its order, as many as its query wants.

    ``complete``: the list was looked through to its end, and each row it has is here.
    """
    shown = view.rows[: view.query.wanted]
    shortfall = over(view) or cut(view, len(shown))
    view = view._replace(rows=shown)
    shaped = [json.row(row) for row in view.rows]
    return Output(
        body=_body(view, context, shaped, len(shown), whole=not shortfall),
        heads=json.ROW_KEYS,
        rows=[list(row.values()) for row in shaped],
        text=_lines(view, context),
        ids=[row.repo.id for row in view.rows],
        warnings=[*([shortfall] if shortfall else []), *reasons(view.left_out)],
    )


def long_lines(
    view: View[Row], rows: Iterable[Row], total: int, context: Context, form: str
) -> Iterable[str | Iterable[str]]:
    """The lines of a list too long to be held, as "csv", "json" or "md"; a line may be in pieces.

    ``rows`` are its ``total`` rows, to be gone through more than once: one at a time is made.
    """
    shaped = _Each(rows, json.row)
    cells = _Each(shaped, lambda row: list(row.values()))
    if form == "csv":
        from tui.output import csv

        return csv.lines(json.ROW_KEYS, cells)
    if form == "md":
        from tui.output import md

        return md.lines(json.ROW_KEYS, cells)
    whole = not (over(view) or cut(view, total))
    return [json.pieces(_body(view, context, [], total, whole=whole), "rows", shaped)]


class _Each(Iterable[T_co]):
    """What is made of each of some items, as often as it is gone through."""

    def __init__(self, items: Iterable[Any], make: Callable[[Any], T_co]) -> None:
        self._items, self._make = items, make

    def __iter__(self) -> Iterator[T_co]:
        return map(self._make, self._items)


def _body(
    view: View[Row], context: Context, shaped: list[dict[str, Any]], count: int, *, whole: bool
) -> dict[str, Any]:
    body = {
        "query": view.query._asdict(),
        "rows": shaped,
        "complete": whole,
        "looked": view.looked if view.query.terms or view.query.at_hand else count,
        "left_out": dict(view.left_out),
    }
    return json.envelope(context, view, body)


def _lines(view: View[Row], context: Context) -> Iterator[str]:
    longest = max((len(row.repo.id) for row in view.rows), default=0)
    fitting = [
        column._replace(cells=min(longest, context.width - 12)) if column.is_id else column
        for column in columns(view.query.kind)
    ]
    plan = table.layout(fitting, context.width)
    yield plain(table.header(plan)).rstrip()
    for row in view.rows:
        yield plain(table.row(plan, row, context.now)).rstrip()
