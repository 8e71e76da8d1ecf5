"""``hubscope origins``: where the models of a list come from, with what is not known."""

from argparse import ArgumentParser, Namespace

from tui.ask.lists import origins as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._options import calls_argument, lens_arguments, lens_of, whole
from tui.output.origins import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``origins``."""
    parser.add_argument("--of", choices=list(ask.OF), default="trending", help="of which list")
    parser.add_argument(
        "--top",
        type=whole(1, ask.MOST_ROWS),
        metavar="N",
        help="rows counted: 10 of trending, 100 of downloads",
    )
    calls_argument(parser)
    lens_arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the shares."""
    question = (args.of, lens_of(args), args.top, args.relations)
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, *question),
        lambda: ask.stream(sources, *question, args.max_calls, "foreground"),
    )
    document = output(view, context("origins", sources), sources.registry.version)
    return write(args, sources, view, document)
