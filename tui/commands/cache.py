"""``hubscope cache``: where the local store lies, how large it is; prune it or clear it."""

import os
from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.commands.write import write
from tui.model import View
from tui.render import shapes
from tui.render.cells import size
from tui.render.export import Output

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
    parser.add_argument("--max-mb", type=int, default=256, metavar="N", help="for prune")


def run(args: Namespace, sources: Sources) -> int:
    """Do it, and print where the store lies and how large it is now.

    Raises StoreTrouble where it could not be done.
    """
    cache = sources.store.cache
    if args.action == "prune":
        cache.prune(max(0, args.max_mb) * 2**20)
    elif args.action == "clear":
        cache.clear()
    sources.store.confirm()
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
    write(output, args.format or ("text" if os.isatty(1) else "tsv"))
    return 0
