"""``hubscope card ID``: the README of a repo; Markdown in a pipe, rendered on a terminal."""

from argparse import ArgumentParser, Namespace

from tui.ask.repo import card as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, form_of, write
from tui.commands._options import repo_argument, repo_of
from tui.model import NotFound, View
from tui.output.card import output

_WIDEST = 100  # cells that prose is read well at
_PIPED = "md"


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``card``."""
    repo_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the card."""
    kind, repo_id = repo_of(args, sources)
    view = answer(
        args,
        sources,
        lambda: _with_readme(ask.peek(sources, kind, repo_id)),
        lambda: ask.stream(sources, kind, repo_id, facts=False),
    )
    card: ask.Card = view.rows[0]
    if card.readme is None:
        raise card.readme_problem or NotFound(f"no README of {repo_id} is at hand; try again")
    where = context("card", sources)
    where = where._replace(width=min(_WIDEST, where.width))
    document = output(view, where, outline=form_of(args, _PIPED) == "json")
    return write(args, sources, view, document, _PIPED)


def _with_readme(view: View | None) -> View | None:
    return view if view is not None and view.rows[0].readme is not None else None
