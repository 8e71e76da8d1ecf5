"""``hubscope prefetch``: store lists, facts and cards for a time without a network."""

from argparse import ArgumentParser, Namespace

from tui.ask.saved import prefetch as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._confirm import confirmed, yes_option
from tui.commands._options import whole
from tui.model import KINDS, BadInput, clean_line
from tui.output.prefetch import cost, output
from tui.output.streams import tell


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``prefetch``."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="WHAT",
        help="a line as for `search`, or `family KEY`, or `saved`: bookmarks and saved searches",
    )
    parser.add_argument("--kind", choices=KINDS, default="model", help="what to list")
    parser.add_argument(
        "--limit",
        type=whole(1, 1000),
        default=30,
        metavar="N",
        help="rows of a list, 30 by default",
    )
    yes_option(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Name calls and bytes, then store. Raises BadInput where nobody can be asked."""
    words = [clean_line(word) for word in args.words]
    wish = ask.wish(sources, words, args.kind, args.limit)
    if not wish.most:
        raise BadInput("nothing is saved yet; `hubscope save` keeps searches and repos")
    if not confirmed(args, cost(wish)):
        tell("nothing was stored")
        return 0
    view = answer(args, sources, lambda: None, lambda: ask.stream(sources, wish))
    return write(args, sources, view, output(view, context("prefetch", sources)))
