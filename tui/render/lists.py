"""A list of repos in the forms that leave the program."""

from tui.model import View
from tui.render import shapes, table
from tui.render.export import Output
from tui.render.spans import plain
from tui.render.trending import columns


def output(command: str, endpoint: str, view: View, now: float, width: int) -> Output:
    """The rows of a list; ``width`` is that of the terminal the text is for."""
    query = view.query
    shaped = [shapes.row(row) for row in view.rows]
    body = {"query": query._asdict(), "rows": shaped}
    longest = max((len(row.repo.id) for row in view.rows), default=0)
    fitting = [
        column._replace(cells=min(longest, width - 12)) if column.is_id else column
        for column in columns(query.kind)
    ]
    plan = table.layout(fitting, width)
    lines = [table.header(plan), *(table.row(plan, row, now) for row in view.rows)]
    return Output(
        body=shapes.envelope(command, endpoint, view, body),
        heads=shapes.ROW_KEYS,
        rows=[list(row.values()) for row in shaped],
        text=[plain(line).rstrip() for line in lines],
        ids=[row.repo.id for row in view.rows],
    )
