"""``hubscope trending``: the Hub's own order, with movement and origin."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.commands._list import print_list
from tui.commands._options import list_options
from tui.model import Query, clean_line


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``trending``."""
    list_options(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the list."""
    query = Query(kind=args.kind, task=clean_line(args.task or "") or None, limit=args.limit)
    return print_list("trending", args, sources, query)
