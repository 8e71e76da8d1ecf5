"""A list of repos in the forms that leave the program."""

from collections.abc import Iterator

from tui.model import View
from tui.output import json as shapes
from tui.output.forms import Output
from tui.render import table
from tui.render.spans import plain
from tui.render.trending import columns


def output(command: str, endpoint: str, view: View, now: float, width: int) -> Output:
    """The rows of a list; ``width`` is that of the terminal the text is for."""
    query = view.query
    shaped = [shapes.row(row) for row in view.rows]
    body = {"query": query._asdict(), "rows": shaped}
    return Output(
        body=shapes.envelope(command, endpoint, view, body),
        heads=shapes.ROW_KEYS,
        rows=[list(row.values()) for row in shaped],
        text=_lines(view, now, width),
        ids=[row.repo.id for row in view.rows],
    )


def _lines(view: View, now: float, width: int) -> Iterator[str]:
    """The table for a terminal, made when it is read: pipes never pay for it."""
    longest = max((len(row.repo.id) for row in view.rows), default=0)
    fitting = [
        column._replace(cells=min(longest, width - 12)) if column.is_id else column
        for column in columns(view.query.kind)
    ]
    plan = table.layout(fitting, width)
    yield plain(table.header(plan)).rstrip()
    for row in view.rows:
        yield plain(table.row(plan, row, now)).rstrip()
