"""``hubscope compare KEY KEY...``: families side by side, and how robust their order is."""

from argparse import ArgumentParser, Namespace

from tui.ask.families import compare as ask
from tui.ask.families.question import Question
from tui.ask.sources import Sources
from tui.commands._answer import answer, at_hand, context, write
from tui.commands._options import families_arguments, lens_of
from tui.model import BadInput
from tui.output.families import compared


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``compare``: those of ``family``."""
    families_arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the figures, and under how many settings the first family stays first."""
    if len(args.keys) < 2:
        raise BadInput("a comparison needs two families or more; name another one")
    lens = lens_of(args)
    question = Question(args.keys, lens, args.tier, args.max_calls, "foreground")
    view = answer(
        args,
        sources,
        lambda: at_hand(ask.peek(sources, args.keys, lens, args.tier)),
        lambda: ask.stream(sources, question),
    )
    document = compared(view, context("compare", sources), lens, ask.robustness(view))
    return write(args, sources, view, document)
