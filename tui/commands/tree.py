"""``hubscope tree ID``: the bases of a model up to its roots, and what is built on it."""

from argparse import ArgumentParser, Namespace

from tui.ask.lineage import family_tree as ask
from tui.ask.lineage.ancestry import MOST_CALLS
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._options import calls_argument, evidence_argument, model_of, repo_argument
from tui.output.tree import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``tree``."""
    repo_argument(parser)
    calls_argument(parser)
    evidence_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the tree."""
    repo_id = model_of(args, sources, "declares no base")
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, repo_id),
        lambda: ask.stream(sources, repo_id, args.max_calls, "foreground"),
    )
    most = args.max_calls or MOST_CALLS
    document = output(view, context("tree", sources), sources.registry, most, args.evidence)
    return write(args, sources, view, document)
