"""``hubscope evals ID``: the evaluation results that a model's repo states."""

from argparse import ArgumentParser, Namespace
from shutil import get_terminal_size

from tui.analysis.repo.evals import SORTS, ordered
from tui.ask.repo import card as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, note, write
from tui.commands.one import repo_argument, repo_of
from tui.model import BadInput, Eval, NotFound, View
from tui.output import json as shapes
from tui.output.forms import Output
from tui.render import evals as drawn
from tui.render.spans import plain


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``evals``."""
    repo_argument(parser)
    parser.add_argument("--sort", choices=SORTS, default="dataset", help="dataset by default")
    parser.add_argument("--reverse", action="store_true", help="the other way round")


def run(args: Namespace, sources: Sources) -> int:
    """Print the results."""
    kind, repo_id = repo_of(args, sources)
    if kind != "model":
        raise BadInput(f"a {kind} states no evaluations; give a model's id")
    view = answer(
        args,
        sources,
        lambda: _with_facts(ask.peek(sources, kind, repo_id)),
        lambda: ask.stream(sources, kind, repo_id, readme=False),
    )
    if _with_facts(view) is None:
        raise next(iter(view.problems), NotFound(f"no facts of {repo_id} are at hand"))
    note(args, view, sources.now())
    write(args, _output(sources, view, args.sort, args.reverse))
    return 0


def _output(sources: Sources, view: View, sort: str, reverse: bool) -> Output:
    card: ask.Card = view.rows[0]
    evals = ordered(card.detail.evals if card.detail else (), sort, reverse)
    body = {"id": card.id, "sort": sort, "evals": [one._asdict() for one in evals]}
    lines = drawn.lines(evals, get_terminal_size().columns)
    return Output(
        body=shapes.envelope("evals", sources.endpoint, view, body),
        heads=Eval._fields,
        rows=evals,
        text=[card.id, *(plain(line).rstrip() for line in lines)],
        ids=[card.id],
        caption=drawn.NOTE,
    )


def _with_facts(view: View | None) -> View | None:
    return view if view is not None and view.rows[0].detail is not None else None
