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
            entry.shelf,
            entry.name,
            entry.kind,
            entry.line,
            iso(entry.at),
            entry.repo.downloads if entry.repo else None,
            entry.repo.likes if entry.repo else None,
            changed.get(place),
            entry.note.text or None,
            " ".join(entry.note.tags) or None,
        ]
        for place, entry in enumerate(entries)
    ]
    shaped = [
        {**dict(zip((*_HEADS, *_LAST), row)), "tags": list(entry.note.tags)}
        for row, entry in zip(rows, entries)
    ]
    return Output(
        body=json.envelope(context, view, {"saved": shaped}),
        heads=(*_HEADS, *_LAST),
        rows=rows,
        text=_text(entries, changed),
        ids=[entry.name for entry in entries],
    )


def _text(entries: tuple[Entry, ...], changed: Mapping[int, str | None]) -> Iterator[str]:
    for place, entry in enumerate(entries):
        text = entry.name if entry.line is None else f"{entry.name}: {entry.line}"
        news = f"  ({changed[place]})" if changed.get(place) else ""
        tags = "".join(f" #{tag}" for tag in entry.note.tags)
        note = f"  {entry.note.text}" if entry.note.text else ""
        yield f"{entry.shelf:<9}  {iso(entry.at)[:10]}  {text}{tags}{note}{news}"
    if not entries:
        yield "nothing is kept yet"
