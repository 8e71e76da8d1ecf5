"""What the reader keeps: bookmarks, named searches, repos opened of late."""

from collections.abc import Iterator, Mapping

from tui.model import Entry, View
from tui.model.when import iso
from tui.output import json
from tui.output.forms import Cell, Context, Output

_HEADS = ("shelf", "name", "kind", "query", "since", "downloads", "likes", "changed")


def output(view: View[Entry], context: Context, changed: Mapping[int, str | None]) -> Output:
    """The entries of ``view``; ``changed`` says by an entry's place what changed on it."""
    entries = view.rows
    rows: list[list[Cell]] = [
        [
            one.shelf,
            one.name,
            one.kind,
            one.line,
            iso(one.at),
            one.repo.downloads if one.repo else None,
            one.repo.likes if one.repo else None,
            changed.get(place),
        ]
        for place, one in enumerate(entries)
    ]
    return Output(
        body=json.envelope(context, view, {"saved": [dict(zip(_HEADS, row)) for row in rows]}),
        heads=_HEADS,
        rows=rows,
        text=_text(entries, changed),
        ids=[one.name for one in entries],
    )


def _text(entries: tuple[Entry, ...], changed: Mapping[int, str | None]) -> Iterator[str]:
    for place, one in enumerate(entries):
        what = one.name if one.line is None else f"{one.name}: {one.line}"
        news = f"  ({changed[place]})" if changed.get(place) else ""
        yield f"{one.shelf:<9}  {iso(one.at)[:10]}  {what}{news}"
    if not entries:
        yield "nothing is kept yet"
