"""One repo: its facts and its README, each with its own age."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from tui.ask.sources import Sources
from tui.model import Detail, NoFile, NotFound, Offline, Problem, RateLimited, Repo, View


class Card(NamedTuple):
    """What is known of one repo. None: not asked for, or not there to be had."""

    kind: str
    id: str
    repo: Repo | None = None
    detail: Detail | None = None
    readme: str | None = None  # Markdown without front matter; "" where the repo has no README
    readme_problem: Problem | None = None


def peek(sources: Sources, kind: str, repo_id: str) -> View | None:
    """What the store has of the repo; None where it has nothing."""
    cache = sources.store.cache
    found = cache.detail(kind, repo_id, sources.who)
    listed = cache.repo(kind, repo_id, sources.who)
    body = cache.body(_readme_key(kind, repo_id), sources.who)
    if found is None and listed is None and body is None:
        return None
    repo = listed[0] if listed else None
    detail = found[0] if found else None
    ages = [age for age in (found and found[1], listed and listed[1]) if age]
    if body is not None and not ages:
        ages = [body.fetched_at]
    card = Card(
        kind,
        (detail.repo if detail else repo or Repo(repo_id)).id,
        repo,
        detail,
        readme=body.text if body else None,
    )
    return View(
        rows=(card,),
        source="cache",
        as_of=min(ages),
        stale=True,
        complete=detail is not None,
    )


async def stream(
    sources: Sources, kind: str, repo_id: str, *, facts: bool = True, readme: bool = True
) -> AsyncIterator[View]:
    """What is stored, then the Hub's facts, then its README.

    A README that cannot be had is a problem of the README, not of the card; where the facts
    cannot be had the stored ones come again with the Problem. It is raised where nothing is
    stored, and where the Hub says that there is no such repo, or none for this caller, any more.
    """
    stored = peek(sources, kind, repo_id)
    if stored is not None:
        yield stored
    view = stored
    try:
        if sources.offline:
            raise Offline("offline: no request is sent; what is stored is shown")
        if facts:
            view = await _facts(sources, kind, repo_id, stored)
            yield view
        if readme:
            view = await _readme(sources, kind, repo_id, view)
            yield view
    except Problem as problem:
        gone = isinstance(problem, NotFound) and facts
        if view is None or gone or (readme and not facts and view.rows[0].readme is None):
            raise
        yield view._replace(problems=(problem,))


async def _facts(sources: Sources, kind: str, repo_id: str, stored: View | None) -> View:
    hub = await sources.hub()
    await sources.account()
    got = await hub.detail(kind, repo_id)
    repo = got.value.repo
    if sources.universe != "sample" and (sources.who or not repo.private):
        from tui.store.looks import add_look

        sources.store.cache.put_detail(got.value, sources.who, got.fetched_at)
        add_look(sources.store.history, got.value, sources.who, got.fetched_at)
    held = stored.rows[0].readme if stored else None
    return View(
        rows=(Card(kind, repo.id, repo, got.value, readme=held),),
        source=sources.fresh,
        as_of=got.fetched_at,
        requests=(got.url,),
    )


async def _readme(sources: Sources, kind: str, repo_id: str, view: View | None) -> View:
    hub = await sources.hub()
    card: Card = view.rows[0] if view else Card(kind, repo_id)
    try:
        got = await hub.readme(kind, card.id)
        text, at, url = got.value, got.fetched_at, got.url
    except RateLimited:
        raise
    except NotFound as problem:
        if card.detail is None and isinstance(problem, NoFile):
            raise NoFile(f"{card.id} has no README; `hubscope show` has its facts") from None
        if card.detail is None:
            raise
        text, at, url = "", sources.now(), ""
    except Problem as problem:
        if view is None:
            raise
        return view._replace(rows=(card._replace(readme_problem=problem),), problems=(problem,))
    await sources.account()
    owner = sources.owner(card.repo.private if card.repo else None)
    if owner is not None:
        sources.store.cache.put_body(_readme_key(kind, card.id), owner, text, at)
    return View(
        rows=(card._replace(readme=text),),
        source=view.source if view and not view.stale else sources.fresh,
        as_of=min(at, view.as_of) if view and view.as_of and not view.stale else at,
        requests=(*(view.requests if view else ()), *([url] if url else [])),
    )


def _readme_key(kind: str, repo_id: str) -> str:
    return f"readme {kind} {repo_id.lower()}"
