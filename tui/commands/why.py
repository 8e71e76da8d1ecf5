"""``hubscope why ID``: which rules gave a model its family and its origin."""

from argparse import ArgumentParser, Namespace

from tui.ask.lineage import family_tree as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._options import evidence_argument, model_of, repo_argument
from tui.output.why import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``why``."""
    repo_argument(parser)
    evidence_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the rules."""
    repo_id = model_of(args, sources, "declares no base")
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, repo_id),
        lambda: ask.stream(sources, repo_id, lane="foreground", children=False),
    )
    document = output(view, context("why", sources), sources.registry, args.evidence)
    return write(args, sources, view, document)
