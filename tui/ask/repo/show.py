"""The facts of one repo with what this login may do with its files."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from tui.ask.repo import card, extras
from tui.ask.repo.card import Card
from tui.ask.repo.extras import Extras
from tui.ask.sources import Sources
from tui.model import View


class Shown(NamedTuple):
    """One repo's facts. ``extras``: what is told beside them, as far as it was asked."""

    card: Card
    extras: Extras
    access: bool | None  # whether the files can be had as things are; None: not known


def peek(sources: Sources, kind: str, repo_id: str) -> View | None:
    """What the store has of them; None where it has nothing."""
    known = card.peek(sources, kind, repo_id)
    return None if known is None else _with(sources, known, _stored(sources, known))


async def stream(sources: Sources, kind: str, repo_id: str) -> AsyncIterator[View]:
    """What is stored, then the Hub's facts, and of a gated repo whether the gate is open.

    The gate is asked only with a login; without one it is closed. Problems as of ``card.stream``.
    """
    view: View | None = None
    async for view in card.stream(sources, kind, repo_id, readme=False):
        yield _with(sources, view, _stored(sources, view))
    one: Card | None = view.rows[0] if view and not view.stale else None
    if view is None or one is None or one.repo is None or not extras.gates(sources, one.repo):
        return
    async for told in extras.stream(sources, one.repo, discussions=False, lane="foreground"):
        if not told.stale:
            made = _with(sources, view, told.rows[0])
            yield made._replace(requests=(*view.requests, *told.requests))
    if sources.token is None:  # the login was not recognised
        yield _with(sources, view, Extras())


def _stored(sources: Sources, view: View) -> Extras:
    repo = view.rows[0].repo
    known = extras.peek(sources, repo) if repo is not None else None
    return known.rows[0] if known else Extras()


def _with(sources: Sources, view: View, beside: Extras) -> View:
    one: Card = view.rows[0]
    return view._replace(rows=(Shown(one, beside, _access(sources, one, beside)),))


def _access(sources: Sources, one: Card, beside: Extras) -> bool | None:
    repo = one.repo
    if repo is None or repo.gated is None or repo.disabled:
        return None
    if repo.gated is False:
        return True
    if sources.token is None:
        return None if sources.universe == "sample" else False
    return beside.access[0].allowed if beside.access else None
