"""``hubscope trending``: the Hub's own order, with movement and origin."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.commands.lists import kind_option, limit_option, print_list
from tui.model import Query, clean_line


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``trending``."""
    kind_option(parser)
    limit_option(parser, 30)
    parser.add_argument("--task", metavar="TAG", help="only this pipeline tag")


def run(args: Namespace, sources: Sources) -> int:
    """Print the list."""
    query = Query(kind=args.kind, task=clean_line(args.task or "") or None, limit=args.limit)
    return print_list("trending", args, sources, query)
