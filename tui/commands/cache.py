"""``hubscope cache``: where the local store lies, how large it is; prune it or clear it."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from tui.ask.sources import Sources
from tui.commands._answer import write
from tui.model import View
from tui.output import json as shapes
from tui.output.forms import Output
from tui.render.cells import size

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
        "--max-mb", type=_megabytes, default=256, metavar="N", help="for prune, 256 by default"
    )


def run(args: Namespace, sources: Sources) -> int:
    """Do it, and print where the store lies and how large it is now."""
    cache = sources.store.cache
    if args.action == "prune":
        cache.prune(args.max_mb * 2**20)
    elif args.action == "clear":
        cache.clear()
    files = sources.store.files()
    view = View(rows=(), source="cache", as_of=None)
    named = [{"path": path, "bytes": taken, "holds": holds} for path, taken, holds in files]
    body = shapes.envelope("cache", sources.endpoint, view, {"action": args.action, "files": named})
    output = Output(
        body=body,
        heads=("path", "bytes", "holds"),
        rows=files,
        text=[f"{size(taken):>9}  {path}  ({holds})" for path, taken, holds in files],
        ids=[path for path, _, _ in files],
    )
    write(args, output)
    return 0


def _megabytes(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise ArgumentTypeError(f"a whole number of megabytes is wanted, not {text!r}")
    return int(text)
