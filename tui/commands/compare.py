"""``hubscope compare KEY KEY...``: families side by side, and how robust their order is."""

from argparse import ArgumentParser, Namespace

from tui.analysis.families.robustness import Robustness
from tui.ask.families import compare as ask
from tui.ask.sources import Sources
from tui.commands import family
from tui.commands._answer import answer
from tui.commands._options import lens_of
from tui.model import BadInput
from tui.output.figures import print_figures


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``compare``: those of ``family``."""
    family.arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the figures, and under how many settings the first family stays first."""
    if len(args.keys) < 2:
        raise BadInput("a comparison needs two families or more; name another one")
    lens = lens_of(args)
    view = answer(
        args,
        sources,
        lambda: family.at_hand(ask.peek(sources, args.keys, lens, args.tier)),
        lambda: ask.stream(sources, args.keys, lens, args.tier, args.max_calls, "foreground"),
    )
    found = ask.robustness(view)
    said = tuple(_words(one) for one in found if one.computed)
    more = {"robustness": [one._asdict() for one in found]}
    print_figures("compare", args, sources, view, lens, more, said)
    return 0


def _words(one: Robustness) -> str:
    """``downloads: qwen first under 8 of 8 settings``."""
    if one.first is None:
        return f"{one.measure}: none is first under any of {one.computed} settings"
    dissent = f" (not: {'; '.join(one.dissent)})" if one.dissent else ""
    return f"{one.measure}: {one.first} first under {one.agree} of {one.computed} settings{dissent}"
