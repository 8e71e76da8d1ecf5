"""What the reader keeps: bookmarks, named searches, repos opened of late."""

from collections.abc import Iterator, Mapping

from tui.model import Entry, View
from tui.model.when import iso
from tui.output import json
from tui.output.forms import Cell, Context, Output

_HEADS = ("shelf", "name", "kind", "query", "since", "downloads", "likes", "changed")
_LAST = ("note", "tags")


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
            one.note.text or None,
            " ".join(one.note.tags) or None,
        ]
        for place, one in enumerate(entries)
    ]
    shaped = [
        {**dict(zip((*_HEADS, *_LAST), row)), "tags": list(one.note.tags)}
        for row, one in zip(rows, entries)
    ]
    return Output(
        body=json.envelope(context, view, {"saved": shaped}),
        heads=(*_HEADS, *_LAST),
        rows=rows,
        text=_text(entries, changed),
        ids=[one.name for one in entries],
    )


def _text(entries: tuple[Entry, ...], changed: Mapping[int, str | None]) -> Iterator[str]:
    for place, one in enumerate(entries):
        what = one.name if one.line is None else f"{one.name}: {one.line}"
        news = f"  ({changed[place]})" if changed.get(place) else ""
        tags = "".join(f" #{tag}" for tag in one.note.tags)
        note = f"  {one.note.text}" if one.note.text else ""
        yield f"{one.shelf:<9}  {iso(one.at)[:10]}  {what}{tags}{note}{news}"
    if not entries:
        yield "nothing is kept yet"
