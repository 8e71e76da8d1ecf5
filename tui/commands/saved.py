"""``hubscope saved``: bookmarks, named searches, repos opened of late; what changed on them."""

from argparse import ArgumentParser, Namespace

from tui.ask.saved import saved as ask
from tui.ask.snapshots import changes
from tui.ask.sources import Sources
from tui.commands._answer import write
from tui.model.when import iso
from tui.output import json as shapes
from tui.output.forms import Cell, Output

_HEADS = ("shelf", "name", "kind", "query", "since", "downloads", "likes", "changed")


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``saved``."""
    parser.add_argument("--shelf", choices=ask.SHELVES, help="only these")


def run(args: Namespace, sources: Sources) -> int:
    """Print what is kept."""
    write(args, output(sources, args.shelf))
    return 0


def output(sources: Sources, shelf: str | None = None) -> Output:
    """Every entry, of one shelf where that is named."""
    view = ask.peek(sources)
    entries: list[ask.Entry] = [one for one in view.rows if shelf in (None, one.shelf)]
    rows: list[list[Cell]] = [
        [
            one.shelf,
            one.name,
            one.kind,
            one.line,
            iso(one.at),
            one.repo.downloads if one.repo else None,
            one.repo.likes if one.repo else None,
            changes.in_words(sources, one),
        ]
        for one in entries
    ]
    body = {"saved": [dict(zip(_HEADS, row)) for row in rows]}
    return Output(
        body=shapes.envelope("saved", sources.endpoint, view, body),
        heads=_HEADS,
        rows=rows,
        text=[_line(one, row[-1]) for one, row in zip(entries, rows)] or ["nothing is kept yet"],
        ids=[one.name for one in entries],
    )


def _line(one: ask.Entry, changed: Cell) -> str:
    what = one.name if one.line is None else f"{one.name}: {one.line}"
    return f"{one.shelf:<9}  {iso(one.at)[:10]}  {what}" + (f"  ({changed})" if changed else "")
