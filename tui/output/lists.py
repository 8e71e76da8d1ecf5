"""A list of repos: ``trending`` and ``search``, and what ``e`` writes of a list."""

from collections.abc import Iterator

from tui.model import Row, View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render import table
from tui.render.spans import plain
from tui.render.trending import columns


def output(view: View[Row], context: Context) -> Output:
    """The rows of the list, in its order."""
    shaped = [json.row(row) for row in view.rows]
    body = {"query": view.query._asdict(), "rows": shaped}
    return Output(
        body=json.envelope(context, view, body),
        heads=json.ROW_KEYS,
        rows=[list(row.values()) for row in shaped],
        text=_lines(view, context),
        ids=[row.repo.id for row in view.rows],
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
