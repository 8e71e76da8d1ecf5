"""What changed on bookmarks and saved searches since the look before."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from tui.model import View
from tui.output import json
from tui.output.forms import Cell, Context, Output, flat

_HEADS = ("shelf", "name", "kind", "field", "from", "to")


class Changed(Protocol):
    """A fact that differs from the look before."""

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
        (entry.shelf, entry.name, entry.kind, change.field, change.before, change.after)
        for entry in watched
        for change in entry.changes
    ]
    body = {"watch": [_shape(entry) for entry in watched], "complete": view.complete}
    first = sum(entry.first for entry in watched)
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=rows,
        text=_text(watched),
        ids=[entry.name for entry in watched if entry.changes],
        remarks=[f"looked at for the first time: {first}"] if first else (),
    )


def _shape(entry: Watched) -> dict[str, Any]:
    return {
        "shelf": entry.shelf,
        "name": entry.name,
        "kind": entry.kind,
        "first": entry.first,
        "changes": [
            {"field": change.field, "from": change.before, "to": change.after}
            for change in entry.changes
        ],
    }


def _text(watched: Sequence[Watched]) -> Iterator[str]:
    for entry in watched:
        for change in entry.changes:
            yield f"{entry.name}  {change.field}: {_said(change.before)} → {_said(change.after)}"
    first = sum(entry.first for entry in watched)
    changed = sum(bool(entry.changes) for entry in watched)
    new = f", {first} for the first time" if first else ""
    yield f"{len(watched)} looked at{new}, {changed} changed"


def _said(value: Cell) -> str:
    return flat(value) or "nothing"
