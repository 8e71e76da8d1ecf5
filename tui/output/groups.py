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
    said = cut(view, len(rows))
    groups = group(rows, by, registry)
    body = {
        "query": view.query._asdict(),
        "by": by,
        "counted": len(rows),
        "groups": [dict(zip(("name", "count", "share"), one)) for one in groups],
        "complete": not said,
        "looked": view.looked,
        "left_out": dict(view.left_out),
    }
    widest = max((len(one.name) for one in groups), default=0)
    return Output(
        body=json.envelope(context, view, body),
        heads=(by, "count", "share"),
        rows=[(one.name, one.rows, round(one.share, 4)) for one in groups],
        text=[f"{one.name:<{widest}}  {one.rows:>6,}  {one.share:>6.1%}" for one in groups],
        ids=[one.name for one in groups],
        caption=f"{len(rows):,} rows by {by}",
        warnings=[*([said] if said else []), *reasons(view.left_out)],
    )
