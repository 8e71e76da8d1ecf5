"""``hubscope show ID``: the facts of one model, dataset or Space."""

from argparse import ArgumentParser, Namespace

from tui.ask.repo import show as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._options import repo_argument, repo_of
from tui.output.show import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``show``."""
    repo_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the facts."""
    kind, repo_id = repo_of(args, sources)
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, kind, repo_id),
        lambda: ask.stream(sources, kind, repo_id),
    )
    document = output(view, context("show", sources), sources.registry)
    return write(args, sources, view, document)
