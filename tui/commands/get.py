"""``hubscope get ID``: take files of a repo onto this machine."""

from argparse import ArgumentParser, Namespace

from tui.ask.sources import Sources
from tui.ask.take import download
from tui.ask.take import plan as ask
from tui.commands._answer import answer, context, write
from tui.commands._following import to_its_end
from tui.commands._options import repo_argument, repo_of
from tui.output.get import heading, output
from tui.output.streams import tell


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``get``."""
    repo_argument(parser)
    parser.add_argument("--quant", metavar="QUANT", help="a set of weights by its quantization")
    parser.add_argument(
        "--include", action="append", default=[], metavar="GLOB", help="files whose path fits"
    )
    parser.add_argument("--to", metavar="DIR", help="a folder; the Hugging Face cache by default")
    parser.add_argument("--dry-run", action="store_true", help="say what it would take, and end")


def run(args: Namespace, sources: Sources) -> int:
    """Take the files, saying how far it is on standard error, and print them.

    Raises BadInput, with the quantizations there are, for one that is not.
    """
    kind, repo_id = repo_of(args, sources)
    wish = ask.Wish(args.quant, tuple(args.include), args.to)
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, kind, repo_id, wish),
        lambda: ask.stream(sources, kind, repo_id, wish),
    )
    where = context("get", sources)
    if args.dry_run:
        return write(args, sources, view, output(view, where))
    running = download.begin(sources, view.rows[0], download.state_folder())
    tell(heading(view.rows[0]) + ("; on its way already" if running.joined else ""))
    state = to_its_end(running, where.width)
    if problem := download.problem(state):
        raise problem
    return write(args, sources, view, output(view, where, state.folder or view.rows[0].folder))
