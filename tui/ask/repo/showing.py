"""What ``show`` tells of one repo: its facts, and for a model what is above it."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from tui.ask.lineage import family_tree
from tui.ask.lineage.ancestry import Ancestry
from tui.ask.lineage.family_tree import Tree
from tui.ask.repo import card
from tui.ask.repo.card import Card
from tui.ask.sources import Sources
from tui.model import Problem, View

MOST_CALLS = 10  # bases that are looked up for it


class Shown(NamedTuple):
    """One repo's facts and the tree above it; no tree for a dataset, a Space, or no row."""

    card: Card
    tree: Tree | None = None


def peek(sources: Sources, kind: str, repo_id: str) -> View | None:
    """What is stored; None where nothing is. Asks for nothing."""
    view = card.peek(sources, kind, repo_id)
    return None if view is None else _view(sources, view, _ancestry(sources, view))


async def stream(sources: Sources, kind: str, repo_id: str) -> AsyncIterator[View]:
    """The facts as ``card.stream`` gives them, then again with the bases up to the roots.

    At most MOST_CALLS bases are looked up; a Problem among them leaves the facts as they are.
    """
    from tui.ask.calls.runner import Loading

    view = None
    async for view in card.stream(sources, kind, repo_id, readme=False):
        yield _view(sources, view, _ancestry(sources, view))
    if view is None or view.problems:
        return
    ancestry = _ancestry(sources, view)
    if ancestry is None or not ancestry.estimate():
        return
    try:
        async for _ in Loading(sources, ancestry, MOST_CALLS, "foreground").run():
            pass
    except Problem as problem:
        view = view._replace(problems=(problem,))
    yield _view(sources, view, ancestry)


def _ancestry(sources: Sources, view: View) -> Ancestry | None:
    one: Card = view.rows[0]
    repo = one.detail.repo if one.detail else one.repo
    return Ancestry(sources, (repo,)) if repo and one.kind == "model" else None


def _view(sources: Sources, view: View, ancestry: Ancestry | None) -> View:
    one: Card = view.rows[0]
    repo = one.detail.repo if one.detail else one.repo
    if ancestry is None or repo is None:
        return view._replace(rows=(Shown(one),))
    tree = family_tree.above(sources, ancestry, ancestry.graph(), repo)
    return view._replace(rows=(Shown(one, tree),), requests=(*view.requests, *ancestry.urls))
