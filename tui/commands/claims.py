"""``hubscope claims [KEY]``: is it true, was it true, and what decides."""

from argparse import ArgumentParser, Namespace

from tui.analysis.claims import CLAIMS
from tui.ask.claims import claims as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._options import tier_arguments
from tui.output.claims import output

_FOREGROUND = "foreground"  # a limit ends the command and keeps what came; --wait waits


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``claims``."""
    names = ", ".join(claim.key for claim in CLAIMS)
    parser.add_argument("keys", nargs="*", metavar="KEY", help=f"{names}; all by default")
    tier_arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the verdicts; for claims that are named, every definition too."""
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, args.keys, args.tier),
        lambda: ask.stream(sources, args.keys, args.tier, args.max_calls, _FOREGROUND),
    )
    document = output(view, context("claims", sources), whole=bool(args.keys))
    return write(args, sources, view, document)
