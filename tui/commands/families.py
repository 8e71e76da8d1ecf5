"""``hubscope families``: the table that says which repos are whose. Asks for nothing."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.commands._answer import context, local, write
from tui.output.registry import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``families``."""
    parser.add_argument("keys", nargs="*", metavar="KEY", help="only these families")


def run(args: Namespace, sources: Sources) -> int:
    """Print the families of the registry, the user's own first."""
    registry = sources.registry
    view = local(*([registry.require(key) for key in args.keys] or registry.families))
    view = view._replace(source=sources.held)
    made = output(view, context("families", sources), registry.version)
    return write(args, sources, view, made)
