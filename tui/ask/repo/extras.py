"""Two facts of a repo that take a request each: open discussions, and whether a gate is open."""

import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

from tui.ask.calls.plan import BACKGROUND
from tui.ask.sources import Sources
from tui.model import Access, Problem, Repo, View

_GATES = ("auto", "manual")


class Extras(NamedTuple):
    """Each with when it was answered, in seconds since 1970. None: not asked, or not to be had."""

    discussions: tuple[int, float] | None = None  # open ones of a model, pull requests among them
    access: tuple[Access, float] | None = None  # of this login to a gated repo's files


def peek(sources: Sources, repo: Repo) -> View[Extras] | None:
    """What is stored of them; None where nothing is."""
    extras = Extras(
        _stored_count(sources, repo),
        _stored_access(sources, repo) if gates(sources, repo) else None,
    )
    return None if extras == Extras() else _view(extras, "cache", stale=True)


async def stream(
    sources: Sources, repo: Repo, *, discussions: bool = True, lane: str = BACKGROUND
) -> AsyncIterator[View[Extras]]:
    """What is stored, then each as the Hub tells it now; the access alone, where so asked.

    What it does not tell stays as stored: these facts are beside a card, and no Problem is raised.
    Nothing is asked while offline, nor of the sample.
    """
    stored = peek(sources, repo)
    if stored is not None:
        yield stored
    if sources.offline or sources.bundled:
        return
    extras: Extras = stored.value if stored else Extras()
    hub = await sources.hub()
    if repo.kind == "model" and discussions:
        try:
            count = await hub.discussions_open(repo.id, lane)
        except Problem:
            count = None
        if count is not None and count.value is not None:
            extras = extras._replace(discussions=(count.value, count.fetched_at))
            yield _view(extras, sources.fresh)
            owner = await _owner(sources, repo.private)
            _keep(sources, "discussions", repo, owner, extras.discussions)
    if gates(sources, repo):
        try:
            access = await hub.access(repo.kind, repo.id, lane)
        except Problem:
            return
        extras = extras._replace(access=(access.value, access.fetched_at))
        yield _view(extras, sources.fresh)
        # a gate is open for an account, whoever may see the repo
        _keep(sources, "access", repo, await _owner(sources, True), extras.access)


def gates(sources: Sources, repo: Repo) -> bool:
    """Whether there is a gate that this login may or may not pass."""
    return repo.gated in _GATES and sources.token is not None


async def _owner(sources: Sources, private: bool | None) -> str | None:
    """Whose an answer is, which has been shown: the account is asked for where it decides."""
    owner = sources.owner(private)
    if owner is None:
        await sources.account()
    return sources.owner(private)


def _keep(
    sources: Sources, name: str, repo: Repo, owner: str | None, fact: tuple[Any, float] | None
) -> None:
    if owner is not None and fact is not None:
        sources.store.cache.put_body(_key(name, repo), owner, json.dumps(fact[0]), fact[1])


def _stored(sources: Sources, name: str, repo: Repo) -> tuple[Any, float]:
    """The stored value and its time; None and 0 where there is none."""
    body = sources.store.cache.body(_key(name, repo), sources.who)
    try:
        return (None, 0.0) if body is None else (json.loads(body.text), body.fetched_at)
    except ValueError:
        return None, 0.0


def _stored_count(sources: Sources, repo: Repo) -> tuple[int, float] | None:
    value, at = _stored(sources, "discussions", repo)
    return (value, at) if type(value) is int else None


def _stored_access(sources: Sources, repo: Repo) -> tuple[Access, float] | None:
    value, at = _stored(sources, "access", repo)
    if not isinstance(value, list) or len(value) != 2 or type(value[0]) is not bool:
        return None
    return Access(value[0], value[1] if isinstance(value[1], str) else None), at


def _view(extras: Extras, source: str, *, stale: bool = False) -> View[Extras]:
    ages = [fact[1] for fact in extras if fact is not None]
    return View(rows=(extras,), source=source, as_of=min(ages), stale=stale)


def _key(name: str, repo: Repo) -> str:
    return f"{name} {repo.kind} {repo.id.lower()}"
