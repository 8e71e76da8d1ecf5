"""``hubscope search``: repos by words, author, task and order."""

from argparse import ArgumentParser, Namespace

from tui.analysis.query.query_line import parse
from tui.ask.lists import search as ask
from tui.ask.sources import Sources
from tui.commands.lists import kind_option, limit_option, print_list
from tui.model import SORTS, BadInput, Query


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``search``."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="QUERY",
        help="words that the repo id holds, and fields like task:text-generation params:7b..14b "
        "license:mit created:<90d origin:CN base:none; ! in front turns a field around",
    )
    kind_option(parser)
    limit_option(parser, 30)
    parser.add_argument("--author", help="only repos of this user or organisation")
    parser.add_argument("--task", metavar="TAG", help="only this pipeline tag")
    parser.add_argument("--sort", choices=list(SORTS), help="the order, trending by default")


def run(args: Namespace, sources: Sources) -> int:
    """Print the list."""
    query = parse(" ".join(args.words), args.kind)
    query = query._replace(
        author=args.author or query.author,
        task=args.task or query.task,
        sort=args.sort or query.sort,
        limit=args.limit,
    )
    if query == Query(kind=query.kind, sort=query.sort, limit=query.limit):
        raise BadInput("nothing to search for; give words, fields, --author or --task")
    return print_list("search", args, sources, query, ask.peek)
