"""``hubscope family KEY...``: every figure of one or more families."""

from argparse import ArgumentParser, Namespace

from tui.ask.families import league as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer
from tui.commands._options import lens_arguments, lens_of, tier_arguments
from tui.model import View
from tui.output.figures import print_figures


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``family``."""
    parser.add_argument(
        "keys",
        nargs="+",
        metavar="KEY",
        help="a family, company, namespace or line: qwen, Llama, gpt-oss, Qwen3-Omni",
    )
    tier_arguments(parser)
    lens_arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the figures."""
    lens = lens_of(args)
    view = answer(
        args,
        sources,
        lambda: at_hand(ask.peek(sources, args.keys, lens, args.tier)),
        lambda: ask.stream(sources, args.keys, lens, args.tier, args.max_calls, "foreground"),
    )
    print_figures("family", args, sources, view, lens)
    return 0


def at_hand(view: View) -> View | None:
    """A view of something stored, else None."""
    return None if view.as_of is None else view
