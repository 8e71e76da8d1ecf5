"""``hubscope cache``: where the local store lies, how large it is; prune it or clear it."""

from argparse import ArgumentParser, Namespace

from tui.ask.saved import files
from tui.ask.sources import Sources
from tui.commands._answer import context, write
from tui.commands._options import whole
from tui.output.cache import output

_ACTIONS = ("where", "size", "prune", "clear")


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``cache``."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=_ACTIONS,
        default="size",
        help="prune keeps the newest answers within --max-mb; clear drops all answers; "
        "bookmarks, saved searches and history are never touched",
    )
    parser.add_argument(
        "--max-mb", type=whole(0), default=256, metavar="N", help="for prune, 256 by default"
    )


def run(args: Namespace, sources: Sources) -> int:
    """Do it, and print where the store lies and how large it is now.

    Raises StoreTrouble where it could not be done.
    """
    if args.action == "prune":
        files.prune(sources, args.max_mb * 2**20)
    elif args.action == "clear":
        files.clear(sources)
    view, stays = files.peek(sources), files.stays(sources) if args.action == "clear" else []
    return write(args, sources, view, output(view, context("cache", sources), args.action, stays))
