"""The files of one repo with their sizes."""

from collections.abc import AsyncIterator

from tui.ask.sources import Sources
from tui.model import File, Offline, Problem, View


def peek(sources: Sources, kind: str, repo_id: str) -> View | None:
    """The stored tree; None where none is stored."""
    body = sources.store.cache.body(_key(kind, repo_id), sources.who)
    if body is None:
        return None
    return View(rows=_read(body.text), source="cache", as_of=body.fetched_at, stale=True)


async def stream(sources: Sources, kind: str, repo_id: str) -> AsyncIterator[View]:
    """The stored tree, then the Hub's; a Problem is raised only where nothing is stored."""
    stored = peek(sources, kind, repo_id)
    if stored is not None:
        yield stored
    try:
        if sources.offline:
            raise Offline("offline: no request is sent; what is stored is shown")
        hub = await sources.hub()
        await sources.account()
        got = await hub.tree(kind, repo_id)
    except Problem as problem:
        if stored is None:
            raise
        yield stored._replace(problems=(problem,))
        return
    _keep(sources, kind, repo_id, got.value, got.fetched_at)
    yield View(
        rows=got.value,
        source=sources.fresh,
        as_of=got.fetched_at,
        complete=got.complete,
        requests=(got.url,),
    )


def _keep(sources: Sources, kind: str, repo_id: str, files: tuple[File, ...], at: float) -> None:
    """Store a tree; under the account where the repo may be private, not at all without one."""
    import json

    if sources.universe == "sample":
        return
    known = sources.store.cache.repo(kind, repo_id, sources.who)
    owner = "" if known is not None and known[0].private is False else sources.who
    if known is not None and known[0].private and not sources.who:
        return
    sources.store.cache.put_body(_key(kind, repo_id), owner, json.dumps(files), at)


def _read(text: str) -> tuple[File, ...]:
    import json

    return tuple(File(*entry) for entry in json.loads(text))


def _key(kind: str, repo_id: str) -> str:
    return f"tree {kind} {repo_id.lower()}"
