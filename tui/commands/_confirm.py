"""A question before what cannot be undone, or costs calls: asked on a terminal, else ``--yes``."""

import sys
from argparse import ArgumentParser, Namespace

from tui.model import BadInput, clean_line


def yes_option(parser: ArgumentParser) -> None:
    """Add ``--yes``."""
    parser.add_argument("--yes", action="store_true", help="do it without asking")


def confirmed(args: Namespace, act: str) -> bool:
    """Whether the reader wants ``act``: what is to be done, on one line, with its sizes or calls.

    Raises BadInput where there is nobody to ask and no ``--yes``.
    """
    if args.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stderr.isatty():
        raise BadInput(f"{act}; add --yes to do it")
    sys.stderr.write(f"hubscope: {clean_line(act)}? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
