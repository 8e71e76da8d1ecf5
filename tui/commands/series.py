"""``hubscope series``: a family's course month by month, from a census."""

from argparse import ArgumentParser, Namespace

from tui.ask.census import series as ask
from tui.ask.census.series import OF
from tui.ask.sources import Sources
from tui.commands._answer import context, write
from tui.commands._options import lens_arguments, lens_of
from tui.model import BadInput
from tui.output.series import draw, output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``series``."""
    parser.add_argument("--of", choices=list(OF), default="derivatives", help="what is counted")
    parser.add_argument(
        "--family", default="qwen,llama", metavar="KEY,KEY", help="whole families, qwen,llama"
    )
    parser.add_argument("--by", choices=["month"], default="month", help="the step")
    parser.add_argument("--svg", metavar="FILE", help="draw it into a file too")
    lens_arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the courses."""
    lens = lens_of(args)
    keys = [key for key in args.family.split(",") if key]
    if not keys:
        raise BadInput("a series wants a family; write --family qwen,llama")
    view = ask.view(sources, args.of, keys, lens)
    definition = OF[args.of][1]
    if args.svg:
        draw(args.svg, args.of, definition, view)
    document = output(view, context("series", sources), args.of, definition, args.by)
    return write(args, sources, view, document)
