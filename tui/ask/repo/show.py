"""The facts of one repo, what this login may do with its files, and what is above a model."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from tui.ask.lineage import family_tree
from tui.ask.lineage.ancestry import Ancestry
from tui.ask.lineage.family_tree import Tree
from tui.ask.repo import card, extras
from tui.ask.repo.card import Card
from tui.ask.repo.extras import Extras
from tui.ask.sources import Sources
from tui.model import Problem, View

MOST_CALLS = 10  # bases that are looked up for it


class Shown(NamedTuple):
    """One repo's facts. ``extras``: what is told beside them, as far as it was asked."""

    card: Card
    extras: Extras
    access: bool | None  # whether the files can be had as things are; None: not known
    tree: Tree | None = None  # what is above a model; None for a dataset, a Space, or no row


def peek(sources: Sources, kind: str, repo_id: str) -> View[Shown] | None:
    """What the store has of them; None where it has nothing."""
    known = card.peek(sources, kind, repo_id)
    if known is None:
        return None
    return _with(sources, known, _stored(sources, known), _ancestry(sources, known))


async def stream(sources: Sources, kind: str, repo_id: str) -> AsyncIterator[View[Shown]]:
    """What is stored, then the Hub's facts, whether a gate is open, and the bases up to the roots.

    The gate is asked only with a login; without one it is closed. At most MOST_CALLS bases are
    looked up; a Problem among them leaves the facts as they are. Problems as of ``card.stream``.
    """
    view: View[Card] | None = None
    async for view in card.stream(sources, kind, repo_id, readme=False):
        yield _with(sources, view, _stored(sources, view), _ancestry(sources, view))
    if view is None or view.stale or view.problems:
        return
    facts = view.value
    ancestry, beside = _ancestry(sources, view), _stored(sources, view)
    if facts.repo is not None and extras.gates(sources, facts.repo):
        async for beside_view in extras.stream(
            sources, facts.repo, discussions=False, lane="foreground"
        ):
            if not beside_view.stale:
                beside = beside_view.value
                view = view._replace(requests=(*view.requests, *beside_view.requests))
        if sources.token is None:  # the login was not recognised
            beside = Extras()
        yield _with(sources, view, beside, ancestry)
    if ancestry is not None and ancestry.estimate():
        view = await _walked(sources, view, ancestry)
        yield _with(sources, view, beside, ancestry)


async def _walked(sources: Sources, view: View[Card], ancestry: Ancestry) -> View[Card]:
    """``view`` once the bases above were looked up, with the Problem that ended it."""
    from tui.ask.calls.runner import Loading

    try:
        async for _ in Loading(sources, ancestry, MOST_CALLS, "foreground").run():
            pass
    except Problem as problem:
        return view._replace(problems=(problem,))
    return view


def _ancestry(sources: Sources, view: View[Card]) -> Ancestry | None:
    facts = view.value
    repo = facts.detail.repo if facts.detail else facts.repo
    return Ancestry(sources, (repo,)) if repo and facts.kind == "model" else None


def _stored(sources: Sources, view: View[Card]) -> Extras:
    repo = view.value.repo
    known = extras.peek(sources, repo) if repo is not None else None
    return known.value if known else Extras()


def _with(
    sources: Sources, view: View[Card], beside: Extras, ancestry: Ancestry | None
) -> View[Shown]:
    facts = view.value
    repo = facts.detail.repo if facts.detail else facts.repo
    tree: Tree | None = None
    urls: tuple[str, ...] = ()
    if ancestry is not None and repo is not None:
        tree = family_tree.above(sources, ancestry, ancestry.graph(), repo)
        urls = tuple(ancestry.urls)
    shown = Shown(facts, beside, _access(sources, facts, beside), tree)
    return view.of(shown)._replace(requests=(*view.requests, *urls))


def _access(sources: Sources, facts: Card, beside: Extras) -> bool | None:
    repo = facts.repo
    if repo is None or repo.gated is None or repo.disabled:
        return None
    if repo.gated is False:
        return True
    if sources.token is None:
        return None if sources.bundled else False
    return beside.access[0].allowed if beside.access else None
