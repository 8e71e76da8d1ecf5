"""A list of repos: ``trending`` and ``search``, and what ``e`` writes of a list."""

from collections.abc import Iterator

from tui.model import Row, View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render import table
from tui.render.left_out import cut, over, reasons
from tui.render.list_columns import columns
from tui.render.spans import plain


def output(view: View[Row], context: Context) -> Output:
    """The rows of the list, in its order, as many as its query wants.

    ``complete``: the list was looked through to its end, and each row it has is here.
    """
    shown = view.rows[: view.query.wanted]
    shortfall = over(view) or cut(view, len(shown))
    view = view._replace(rows=shown)
    shaped = [json.row(row) for row in view.rows]
    body = {
        "query": view.query._asdict(),
        "rows": shaped,
        "complete": not shortfall,
        "looked": view.looked if view.query.terms or view.query.at_hand else len(shown),
        "left_out": dict(view.left_out),
    }
    return Output(
        body=json.envelope(context, view, body),
        heads=json.ROW_KEYS,
        rows=[list(row.values()) for row in shaped],
        text=_lines(view, context),
        ids=[row.repo.id for row in view.rows],
        warnings=[*([shortfall] if shortfall else []), *reasons(view.left_out)],
    )


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
