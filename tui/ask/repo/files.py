"""The files of one repo with their sizes."""

from collections.abc import AsyncIterator

from tui.ask.sources import Sources
from tui.model import File, Offline, Problem, View


def peek(sources: Sources, kind: str, repo_id: str) -> View | None:
    """The stored tree; None where none is stored, or what is stored cannot be read."""
    body = sources.store.cache.body(_key(kind, repo_id), sources.who)
    read = None if body is None else _read(body.text)
    if body is None or read is None:
        return None
    files, complete = read
    return View(rows=files, source="cache", as_of=body.fetched_at, stale=True, complete=complete)


async def stream(sources: Sources, kind: str, repo_id: str) -> AsyncIterator[View]:
    """The stored tree, then the Hub's; a Problem is raised only where nothing is stored.

    ``complete`` is False where the tree is longer than what is asked for.
    """
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
    view = View(
        rows=got.value,
        source=sources.fresh,
        as_of=got.fetched_at,
        complete=got.complete,
        requests=(got.url,),
    )
    _keep(sources, kind, repo_id, view, got.fetched_at)
    yield view


def _keep(sources: Sources, kind: str, repo_id: str, view: View, at: float) -> None:
    """Store a tree; under the account where the repo may be private, not at all without one."""
    import json

    known = sources.store.cache.repo(kind, repo_id, sources.who)
    owner = sources.owner(known[0].private if known else None)
    if owner is None:
        return
    text = json.dumps({"complete": view.complete, "files": view.rows})
    sources.store.cache.put_body(_key(kind, repo_id), owner, text, at)


def _read(text: str) -> tuple[tuple[File, ...], bool] | None:
    import json

    try:
        stored = json.loads(text)
        return tuple(File(*entry) for entry in stored["files"]), stored["complete"] is True
    except (ValueError, TypeError, KeyError):
        return None


def _key(kind: str, repo_id: str) -> str:
    return f"tree {kind} {repo_id.lower()}"
