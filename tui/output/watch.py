"""What changed on bookmarks and saved searches since the look before."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from tui.model import View
from tui.output import json
from tui.output.forms import Cell, Context, Output, flat

_HEADS = ("shelf", "name", "kind", "field", "from", "to")


class Changed(Protocol):
    """One fact that is another now."""

    field: str
    before: Cell
    after: Cell


class Watched(Protocol):
    """One bookmark or search after the look."""

    shelf: str
    name: str
    kind: str
    changes: tuple[Changed, ...]
    first: bool


def output(view: View[Any], context: Context) -> Output:
    """The changes in ``view``; what did not change is in the JSON alone."""
    watched: Sequence[Watched] = view.rows
    rows = [
        (one.shelf, one.name, one.kind, each.field, each.before, each.after)
        for one in watched
        for each in one.changes
    ]
    body = {"watch": [_shape(one) for one in watched], "complete": view.complete}
    first = sum(one.first for one in watched)
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=rows,
        text=_text(watched),
        ids=[one.name for one in watched if one.changes],
        remarks=[f"looked at for the first time: {first}"] if first else (),
    )


def _shape(one: Watched) -> dict[str, Any]:
    return {
        "shelf": one.shelf,
        "name": one.name,
        "kind": one.kind,
        "first": one.first,
        "changes": [
            {"field": each.field, "from": each.before, "to": each.after} for each in one.changes
        ],
    }


def _text(watched: Sequence[Watched]) -> Iterator[str]:
    for one in watched:
        for each in one.changes:
            yield f"{one.name}  {each.field}: {_said(each.before)} → {_said(each.after)}"
    first = sum(one.first for one in watched)
    changed = sum(bool(one.changes) for one in watched)
    new = f", {first} for the first time" if first else ""
    yield f"{len(watched)} looked at{new}, {changed} changed"


def _said(value: Cell) -> str:
    return flat(value) or "nothing"
