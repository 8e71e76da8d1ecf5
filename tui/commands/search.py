"""``hubscope search``: repos by words, author, task and order."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.commands.lists import kind_option, limit_option, print_list
from tui.model import SORTS, BadInput, Query


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``search``."""
    parser.add_argument("words", nargs="*", help="words that the repo id holds, all of them")
    kind_option(parser)
    limit_option(parser, 30)
    parser.add_argument("--author", help="only repos of this user or organisation")
    parser.add_argument("--task", metavar="TAG", help="only this pipeline tag")
    parser.add_argument("--sort", choices=list(SORTS), default="trending", help="the order")


def run(args: Namespace, sources: Sources) -> int:
    """Print the list."""
    words = tuple(word for text in args.words for word in text.split())
    if not (words or args.author or args.task):
        raise BadInput("nothing to search for; give words, --author or --task")
    query = Query(
        kind=args.kind,
        words=words,
        author=args.author,
        task=args.task,
        sort=args.sort,
        limit=args.limit,
    )
    return print_list("search", args, sources, query)
