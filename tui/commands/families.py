"""``hubscope families``: the league table; with ``--registry`` which repos are whose."""

from argparse import ArgumentParser, Namespace

from tui.analysis.families.groups import GROUPINGS
from tui.analysis.families.measures import NAMES
from tui.ask.families import groups
from tui.ask.families import league as ask
from tui.ask.families.question import Question
from tui.ask.sources import Sources
from tui.commands._answer import answer, at_hand, context, local, write
from tui.commands._options import lens_arguments, lens_of, tier_arguments
from tui.output import registry
from tui.output.families import league


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``families``."""
    parser.add_argument("keys", nargs="*", metavar="KEY", help="only these; the best known else")
    parser.add_argument(
        "--registry",
        action="store_true",
        help="every family known, with its organisations and its pattern; asks for nothing",
    )
    parser.add_argument(
        "--by", choices=list(GROUPINGS), default="family", help="a row for each; family by default"
    )
    parser.add_argument(
        "--sort", choices=NAMES, default="downloads_30d", help="downloads_30d by default"
    )
    tier_arguments(parser)
    lens_arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the table."""
    where = context("families", sources)
    if args.registry:
        known = sources.registry
        view = local(*([known.require(key) for key in args.keys] or known.families))
        view = view._replace(source=sources.held)
        return write(args, sources, view, registry.output(view, where, known.version))
    lens, keys = lens_of(args), args.keys or ask.keys(sources)
    question = Question(keys, lens, args.tier, args.max_calls, "foreground")
    view = answer(
        args,
        sources,
        lambda: at_hand(ask.peek(sources, keys, lens, args.tier)),
        lambda: ask.stream(sources, question),
    )
    view = view._replace(rows=tuple(groups.grouped(view.rows, args.by)))
    grown = groups.growths(sources, view.rows, args.sort) if args.by == "family" else {}
    return write(args, sources, view, league(view, where, lens, grown, args.by, args.sort))
