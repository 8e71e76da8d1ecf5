"""``hubscope family KEY...``: every figure of one or more families."""

from argparse import ArgumentParser, Namespace

from tui.ask.families import league as ask
from tui.ask.families.question import Question
from tui.ask.sources import Sources
from tui.commands._answer import answer, at_hand, context, write
from tui.commands._options import families_arguments, lens_of
from tui.output.families import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``family``."""
    families_arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the figures."""
    lens = lens_of(args)
    question = Question(args.keys, lens, args.tier, args.max_calls, "foreground")
    view = answer(
        args,
        sources,
        lambda: at_hand(ask.peek(sources, args.keys, lens, args.tier)),
        lambda: ask.stream(sources, question),
    )
    return write(args, sources, view, output(view, context("family", sources), lens))
