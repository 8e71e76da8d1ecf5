"""``hubscope evals ID``: the evaluation results that a model's repo states."""

from argparse import ArgumentParser, Namespace

from tui.analysis.repo.evals import SORTS
from tui.ask.repo import card as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.commands._options import model_of, repo_argument
from tui.model import NotFound, View
from tui.output.evals import output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``evals``."""
    repo_argument(parser)
    parser.add_argument("--sort", choices=SORTS, default="dataset", help="dataset by default")
    parser.add_argument("--reverse", action="store_true", help="the other way round")


def run(args: Namespace, sources: Sources) -> int:
    """Print the results."""
    repo_id = model_of(args, sources, "states no evaluations")
    view = answer(
        args,
        sources,
        lambda: _with_facts(ask.peek(sources, "model", repo_id)),
        lambda: ask.stream(sources, "model", repo_id, readme=False),
    )
    if _with_facts(view) is None:
        none = NotFound(f"no facts of {repo_id} are at hand; try again")
        raise next(iter(view.problems), none)
    document = output(view, context("evals", sources), args.sort, reverse=args.reverse)
    return write(args, sources, view, document)


def _with_facts(view: View | None) -> View | None:
    return view if view is not None and view.rows[0].detail is not None else None
