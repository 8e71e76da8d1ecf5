"""One repo: its facts and its README, each with its own age."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from tui.ask.sources import Sources
from tui.ask.streams import stale_first
from tui.model import Detail, NoFile, NotFound, Problem, RateLimited, Repo, View


class Card(NamedTuple):
    """What is known of one repo. None: not asked for, or not there to be had."""

    kind: str
    id: str
    repo: Repo | None = None
    detail: Detail | None = None
    readme: str | None = None  # Markdown without front matter; "" where the repo has no README
    readme_problem: Problem | None = None


def peek(sources: Sources, kind: str, repo_id: str) -> View[Card] | None:
    """What the store has of the repo, else its row in a census; None where nothing is."""
    cache, source = sources.store.cache, "cache"
    facts = cache.detail(kind, repo_id, sources.who)
    listed = cache.repo(kind, repo_id, sources.who)
    if facts is None and listed is None and kind == "model":
        listed, source = _counted(sources, repo_id), "census"
    body = cache.body(_readme_key(kind, repo_id), sources.who)
    if facts is None and listed is None and body is None:
        return None
    repo = listed[0] if listed else None
    detail = facts[0] if facts else None
    ages = [age for age in (facts and facts[1], listed and listed[1]) if age]
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
        source=source if listed else "cache",
        as_of=min(ages),
        stale=True,
        complete=detail is not None,
    )


def _counted(sources: Sources, repo_id: str) -> tuple[Repo, float] | None:
    """The row of the newest census, and when it was taken."""
    if not sources.may_count:
        return None
    from tui.ask.census.held import held

    census = held(sources)
    repo = census.row(repo_id) if census else None
    return (repo, census.census.as_of) if census and repo else None


async def stream(
    sources: Sources, kind: str, repo_id: str, *, facts: bool = True, readme: bool = True
) -> AsyncIterator[View[Card]]:
    """What is stored, then the Hub's facts, then its README.

    A README that cannot be had is a problem of the README, not of the card; where the facts
    cannot be had the stored ones come again with the Problem. It is raised where nothing is
    stored, and where the Hub says that there is no such repo, or none for this caller, any more.
    """

    def lost(problem: Problem, view: View[Card]) -> bool:
        not_found = isinstance(problem, NotFound) and facts
        return not_found or (readme and not facts and view.value.readme is None)

    stored = peek(sources, kind, repo_id)
    asked = _asked(sources, (kind, repo_id), stored, facts, readme)
    async for view in stale_first(sources, stored, asked, lost):
        yield view


async def _asked(
    sources: Sources, name: tuple[str, str], view: View[Card] | None, facts: bool, readme: bool
) -> AsyncIterator[View[Card]]:
    """``view`` with the Hub's facts, then with its README; what came is kept."""
    if facts:
        view = await _facts(sources, *name, view)
        yield view
        await _keep_own(sources, view)
    if readme:
        view = await _readme(sources, *name, view)
        if (owner := _owner(sources, view)) is not None:
            _keep_readme(sources, view, owner)
        yield view
        if owner is None and await sources.account():
            _keep_readme(sources, view, _owner(sources, view))


async def _facts(
    sources: Sources, kind: str, repo_id: str, stored: View[Card] | None
) -> View[Card]:
    hub = await sources.hub()
    answer = await hub.detail(kind, repo_id)
    repo = answer.value.repo
    if not repo.private or sources.who:
        _keep_facts(sources, answer.value, answer.fetched_at)
    held = stored.value.readme if stored else None
    return View(
        rows=(Card(kind, repo.id, repo, answer.value, readme=held),),
        source=sources.fresh,
        as_of=answer.fetched_at,
        requests=(answer.url,),
    )


def _keep_facts(sources: Sources, detail: Detail, at: float) -> None:
    if sources.bundled:
        return
    from tui.store.looks import add_look

    sources.store.cache.put_detail(detail, sources.who, at)
    add_look(sources.store.history, detail, sources.who, at)


async def _keep_own(sources: Sources, view: View[Card]) -> None:
    """Store the facts of a private repo once it is known whose they are."""
    detail = view.value.detail
    if detail and detail.repo.private and not sources.who and await sources.account():
        _keep_facts(sources, detail, view.as_of or 0.0)


class _Text(NamedTuple):
    """A README as it came, or as it was kept and still is; "" where there is none."""

    text: str
    at: float  # seconds since 1970, UTC
    url: str = ""
    etag: str | None = None


async def _readme(sources: Sources, kind: str, repo_id: str, view: View[Card] | None) -> View[Card]:
    """``view`` with the README, or with the Problem of the README alone."""
    card: Card = view.value if view else Card(kind, repo_id)
    try:
        return _with(sources, view, card, await _text(sources, card))
    except RateLimited:
        raise
    except Problem as problem:
        if card.detail is None and isinstance(problem, NoFile):
            raise NoFile(f"{card.id} has no README; `hubscope show` has its facts") from None
        if view is None or (isinstance(problem, NotFound) and card.detail is None):
            raise
        return view._replace(rows=(card._replace(readme_problem=problem),), problems=(problem,))


async def _text(sources: Sources, card: Card) -> _Text:
    """The README, asked for by the etag that it was kept with."""
    from tui.hub.client import NotModified

    hub = await sources.hub()
    held = sources.store.cache.body(_readme_key(card.kind, card.id), sources.who)
    try:
        answer = await hub.readme(card.kind, card.id, etag=held.etag if held else None)
    except NotFound:
        if card.detail is None:
            raise
        return _Text("", sources.now())
    if isinstance(answer, NotModified):
        assert held is not None, "only a kept README is asked for by its etag"
        return _Text(held.text, answer.fetched_at, answer.url, held.etag)
    return _Text(answer.value, answer.fetched_at, answer.url, answer.etag)


def _with(sources: Sources, view: View[Card] | None, card: Card, readme: _Text) -> View[Card]:
    fresh = view if view and not view.stale else None
    return View(
        rows=(card._replace(readme=readme.text),),
        source=fresh.source if fresh else sources.fresh,
        as_of=min(readme.at, fresh.as_of) if fresh and fresh.as_of else readme.at,
        requests=(*(view.requests if view else ()), *([readme.url] if readme.url else [])),
        read=readme,
    )


def _owner(sources: Sources, view: View[Card]) -> str | None:
    repo = view.value.repo
    return sources.owner(repo.private if repo else None)


def _keep_readme(sources: Sources, view: View[Card], owner: str | None) -> None:
    """Store the README that came, or that it still holds."""
    card, readme = view.value, view.read
    if isinstance(readme, _Text) and owner is not None:
        key = _readme_key(card.kind, card.id)
        sources.store.cache.put_body(key, owner, readme.text, readme.at, etag=readme.etag)


def _readme_key(kind: str, repo_id: str) -> str:
    return f"readme {kind} {repo_id.lower()}"
