"""``hubscope search``: repos by words, author, task and order."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from tui.analysis.query.groups import GROUPS
from tui.analysis.query.query_line import orders, parse, verify
from tui.ask.lists import search as ask
from tui.ask.sources import Sources
from tui.commands._list import print_list
from tui.commands._options import ROWS, list_options
from tui.model import ORDERS, BadInput, clean_line


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``search``."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="QUERY",
        help="words that the repo id holds, and fields like task:text-generation params:7b..14b "
        "license:mit created:<90d origin:CN base:none; ! in front turns a field around",
    )
    list_options(parser)
    parser.add_argument("--author", metavar="NAME", help="only repos of this user or organisation")
    parser.add_argument(
        "--sort",
        type=_orders,
        metavar="COLUMN[,COLUMN]",
        help=f"the order, and where that is equal the next: {', '.join(ORDERS)}; ! in front turns "
        "one around. What the Hub has no order for is over the rows at hand; trending by default",
    )
    parser.add_argument("--by", choices=GROUPS, help="count the rows found in groups, with shares")


def run(args: Namespace, sources: Sources) -> int:
    """Print the list."""
    line = clean_line(" ".join(args.words)).strip()
    query = parse(line, args.kind)
    verify(line, query, sources.registry)
    query = query._replace(
        author=clean_line(args.author or "") or query.author,
        task=clean_line(args.task or "") or query.task,
        limit=0 if args.by and args.limit == ROWS else args.limit,
    )
    if not (line or args.author or args.task or args.sort):
        raise BadInput("nothing to search for; give words, fields, --author or --task")
    if args.sort:
        query = query.ordered(args.sort)
    return print_list("search", args, sources, query, ask.peek)


def _orders(text: str) -> tuple[str, ...]:
    try:
        return orders(text)
    except BadInput as problem:
        raise ArgumentTypeError(str(problem)) from None
