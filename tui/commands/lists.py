"""What ``trending`` and ``search`` share: their options, and a list of repos in every format."""

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from shutil import get_terminal_size

from tui.ask import trending as ask
from tui.ask.sources import Sources
from tui.commands import shapes
from tui.commands.answer import answer, note
from tui.commands.write import Output, write
from tui.model import KINDS, Lens, Query, Row, View
from tui.render import table
from tui.render.spans import plain
from tui.render.trending import columns

_MOST = 10_000


def kind_option(parser: ArgumentParser) -> None:
    """Add ``--kind``."""
    parser.add_argument("--kind", choices=KINDS, default="model", help="what to list")


def limit_option(parser: ArgumentParser, default: int) -> None:
    """Add ``--limit``."""
    parser.add_argument(
        "--limit", type=_limit, default=default, metavar="N", help=f"rows, {default} by default"
    )


def print_list(command: str, args: Namespace, sources: Sources, query: Query) -> int:
    """Ask for the list that ``query`` names and print it."""
    lens = Lens()
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, query, lens),
        lambda: ask.stream(sources, query, lens),
    )
    form = args.format or ("text" if os.isatty(1) else "tsv")
    view = view._replace(rows=view.rows[: query.limit])
    note(args, view, sources.now())
    write(output(command, sources, query, view, form), form)
    return 0


def output(command: str, sources: Sources, query: Query, view: View, form: str) -> Output:
    """The list in all its forms."""
    rows: tuple[Row, ...] = view.rows
    shaped = [shapes.row(row) for row in rows]
    named = query._asdict() | {"sort": query.sort}
    body = shapes.envelope(command, sources.endpoint, view, {"query": named, "rows": shaped})
    return Output(
        body=body,
        heads=shapes.ROW_KEYS,
        rows=[list(row.values()) for row in shaped],
        text=_text(rows, query.kind, sources.now()) if form == "text" else (),
        ids=[row.repo.id for row in rows],
    )


def _text(rows: tuple[Row, ...], kind: str, now: float) -> list[str]:
    longest = max((len(row.repo.id) for row in rows), default=0)
    width = get_terminal_size().columns
    made = [
        column._replace(cells=min(longest, width - 12)) if column.is_id else column
        for column in columns(kind)
    ]
    plan = table.layout(made, width)
    lines = [table.header(plan), *(table.row(plan, row, now) for row in rows)]
    return [plain(line).rstrip() for line in lines]


def _limit(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise ArgumentTypeError(f"a whole number from 1 to {_MOST} is wanted, not {text!r}")
    return int(text)
