"""``hubscope watch``: what changed on bookmarks and saved searches; made for cron."""

from argparse import ArgumentParser, Namespace

from tui.ask.saved import watch as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.output.watch import output

CHANGED = 10  # the exit code


def arguments(parser: ArgumentParser) -> None:
    """Say what the exit code tells; ``watch`` has no options of its own."""
    parser.epilog = f"exit code {CHANGED}: something changed; 0: nothing did"


def run(args: Namespace, sources: Sources) -> int:
    """Look at each, and print what is another now than at the look before."""
    view = answer(args, sources, lambda: None, lambda: ask.stream(sources))
    code = write(args, sources, view, output(view, context("watch", sources)))
    return CHANGED if any(row.changes for row in view.rows) else code
