"""``hubscope machine``: what memory this machine has for a model."""

from argparse import ArgumentParser, Namespace

from tui.ask.machine import probe
from tui.ask.sources import Sources
from tui.commands._answer import context, write
from tui.output.machine import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``machine``."""
    parser.add_argument("--again", action="store_true", help="ask the drivers anew")


def run(args: Namespace, sources: Sources) -> int:
    """Print what was found, and what the settings say instead."""
    view = probe.peek(sources, again=args.again)
    return write(args, sources, view, output(view, context("machine", sources)))
