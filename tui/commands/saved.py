"""``hubscope saved``: bookmarks, named searches, repos opened of late; what changed on them."""

from argparse import ArgumentParser, Namespace

from tui.ask.saved import saved as ask
from tui.ask.snapshots import changes
from tui.ask.sources import Sources
from tui.commands._answer import CHANGED, context, write
from tui.commands._options import changed_argument
from tui.output.saved import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``saved``."""
    parser.add_argument("--shelf", choices=ask.SHELVES, help="only these")
    changed_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print what is kept."""
    return print_saved(args, sources, args.shelf)


def print_saved(args: Namespace, sources: Sources, shelf: str | None = None) -> int:
    """Print every entry, of one shelf where that is named."""
    view = ask.peek(sources)
    view = view._replace(rows=tuple(entry for entry in view.rows if shelf in (None, entry.shelf)))
    changed = {place: changes.in_words(sources, entry) for place, entry in enumerate(view.rows)}
    code = write(args, sources, view, output(view, context("saved", sources), changed))
    return code or (CHANGED if getattr(args, "exit_code", False) and any(changed.values()) else 0)
