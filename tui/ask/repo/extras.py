"""Two facts of a repo that take a request each: open discussions, and whether a gate is open."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tui.ask.calls.plan import BACKGROUND
from tui.ask.sources import Sources
from tui.model import Problem, Repo, View

if TYPE_CHECKING:
    from tui.hub.client import Got, Hub

T = TypeVar("T", int, bool)
_GATES = ("auto", "manual")


class Extras(NamedTuple):
    """Each with when it was answered, in seconds since 1970. None: not asked, or not to be had."""

    discussions: tuple[int, float] | None = None  # open ones of a model, pull requests among them
    access: tuple[bool, float] | None = None  # whether this login may read a gated repo's files


def peek(sources: Sources, repo: Repo) -> View | None:
    """What is stored of them; None where nothing is."""
    extras = Extras(
        _stored(sources, _key("discussions", repo), int),
        _stored(sources, _key("access", repo), bool) if _asks_access(sources, repo) else None,
    )
    return None if extras == Extras() else _view(extras, "cache", stale=True)


async def stream(sources: Sources, repo: Repo) -> AsyncIterator[View]:
    """What is stored, then each as the Hub tells it now.

    What it does not tell stays as stored: these facts are beside a card, and no Problem is raised.
    Nothing is asked while offline, nor of the sample.
    """
    stored = peek(sources, repo)
    if stored is not None:
        yield stored
    if sources.offline or sources.universe == "sample":
        return
    await sources.account()
    extras: Extras = stored.rows[0] if stored else Extras()
    if repo.kind == "model" and (count := await _discussions(sources, repo)):
        extras = extras._replace(discussions=count)
        yield _view(extras, sources.fresh)
    if _asks_access(sources, repo) and (access := await _access(sources, repo)):
        yield _view(extras._replace(access=access), sources.fresh)


async def _discussions(sources: Sources, repo: Repo) -> tuple[int, float] | None:
    async def question(hub: "Hub") -> "Got[int | None]":
        return await hub.discussions_open(repo.id, BACKGROUND)

    key = _key("discussions", repo)
    return await _asked(sources, question, key, sources.owner(repo.private))


async def _access(sources: Sources, repo: Repo) -> tuple[bool, float] | None:
    async def question(hub: "Hub") -> "Got[bool]":
        return await hub.access(repo.kind, repo.id, BACKGROUND)

    # a gate is open for an account, whoever may see the repo
    return await _asked(sources, question, _key("access", repo), sources.owner(True))


async def _asked(
    sources: Sources,
    question: "Callable[[Hub], Awaitable[Got[T | None] | Got[T]]]",
    key: str,
    owner: str | None,
) -> tuple[T, float] | None:
    try:
        got = await question(await sources.hub())
    except Problem:
        return None
    if got.value is None:
        return None
    if owner is not None:
        sources.store.cache.put_body(key, owner, json.dumps(got.value), got.fetched_at)
    return got.value, got.fetched_at


def _stored(sources: Sources, key: str, kind: type[T]) -> tuple[T, float] | None:
    body = sources.store.cache.body(key, sources.who)
    try:
        value = None if body is None else json.loads(body.text)
    except ValueError:
        return None
    return (value, body.fetched_at) if body is not None and type(value) is kind else None


def _asks_access(sources: Sources, repo: Repo) -> bool:
    return repo.gated in _GATES and sources.token is not None


def _view(extras: Extras, source: str, *, stale: bool = False) -> View:
    ages = [told[1] for told in extras if told is not None]
    return View(rows=(extras,), source=source, as_of=min(ages), stale=stale)


def _key(what: str, repo: Repo) -> str:
    return f"{what} {repo.kind} {repo.id.lower()}"
