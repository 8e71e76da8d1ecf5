"""What ``trending`` and ``search`` share: their options, and a list of repos in every format."""

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from shutil import get_terminal_size

from tui.ask.lists import trending as ask
from tui.ask.sources import Sources
from tui.commands.answer import answer, note
from tui.commands.write import write
from tui.model import KINDS, Lens, Query, View
from tui.render.lists import output

_MOST = 10_000


def kind_option(parser: ArgumentParser) -> None:
    """Add ``--kind``."""
    parser.add_argument("--kind", choices=KINDS, default="model", help="what to list")


def limit_option(parser: ArgumentParser, default: int) -> None:
    """Add ``--limit``."""
    parser.add_argument(
        "--limit", type=_limit, default=default, metavar="N", help=f"rows, {default} by default"
    )


Peek = Callable[[Sources, Query, Lens], View | None]


def print_list(
    command: str, args: Namespace, sources: Sources, query: Query, peek: Peek = ask.peek
) -> int:
    """Ask for the list that ``query`` names and print it; offline what ``peek`` finds."""
    lens = Lens()
    view = answer(
        args,
        sources,
        lambda: peek(sources, query, lens),
        lambda: ask.stream(sources, query, lens),
    )
    form = args.format or ("text" if os.isatty(1) else "tsv")
    view = view._replace(rows=view.rows[: query.limit])
    note(args, view, sources.now())
    width = get_terminal_size().columns
    write(output(command, sources.endpoint, view, sources.now(), width), form)
    return 0


def _limit(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise ArgumentTypeError(f"a whole number from 1 to {_MOST} is wanted, not {text!r}")
    return int(text)
