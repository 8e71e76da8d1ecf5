"""A list of repos in groups, with counts and shares: ``search --by license``."""

from typing import Any

from tui.analysis.query.groups import group
from tui.analysis.registry.registry import Registry
from tui.model import View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render.left_out import cut, reasons


def output(view: View[Any], context: Context, by: str, registry: Registry) -> Output:
    """The groups of the rows that the query wants, the largest first."""
    rows = view.rows[: view.query.wanted]
    shortfall = cut(view, len(rows))
    groups = group(rows, by, registry)
    body = {
        "query": view.query._asdict(),
        "by": by,
        "counted": len(rows),
        "groups": [dict(zip(("name", "count", "share"), entry)) for entry in groups],
        "complete": not shortfall,
        "looked": view.looked,
        "left_out": dict(view.left_out),
    }
    widest = max((len(entry.name) for entry in groups), default=0)
    return Output(
        body=json.envelope(context, view, body),
        heads=(by, "count", "share"),
        rows=[(entry.name, entry.rows, round(entry.share, 4)) for entry in groups],
        text=[f"{entry.name:<{widest}}  {entry.rows:>6,}  {entry.share:>6.1%}" for entry in groups],
        ids=[entry.name for entry in groups],
        caption=f"{len(rows):,} rows by {by}",
        warnings=[*([shortfall] if shortfall else []), *reasons(view.left_out)],
    )
