"""The files of one repo with their sizes, and what the Hub's scanners say of them."""

import json
from collections.abc import AsyncIterator, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from tui.ask.sources import Sources
from tui.ask.streams import stale_first
from tui.model import File, Problem, TimedOut, View

if TYPE_CHECKING:
    from tui.hub.client import Got
    from tui.hub.parse import Scan

T = TypeVar("T")
PAGES = 9  # of a thousand files each; with what the scanners say, one look is ten calls at most
PATIENCE = 12.0  # seconds for which the rest is waited for, once the first files are here


def peek(sources: Sources, kind: str, repo_id: str) -> View[File] | None:
    """The stored tree; None where none is stored, or what is stored cannot be read."""
    body = sources.store.cache.body(_key(kind, repo_id), sources.who)
    read = None if body is None else _read(body.text)
    if body is None or read is None:
        return None
    files, complete = read
    return View(rows=files, source="cache", as_of=body.fetched_at, stale=True, complete=complete)


def stored(sources: Sources, kind: str) -> frozenset[str]:
    """The ids, in lower case, of the repos whose tree is stored."""
    return sources.store.cache.body_names(_key(kind, ""), sources.who)


async def stream(sources: Sources, kind: str, repo_id: str) -> AsyncIterator[View[File]]:
    """The stored tree, then the Hub's; a Problem is raised only where nothing is at hand.

    After the first page the rest is asked for beside other questions. ``complete`` is False where
    the tree is longer than what came.
    """
    stored = peek(sources, kind, repo_id)
    view: View[File] | None = None
    async for view in stale_first(sources, stored, _asked(sources, kind, repo_id)):
        yield view
    worth = view is not None and (view.complete or stored is None or not stored.complete)
    if view is not None and worth and not view.stale:
        await _keep(sources, kind, repo_id, view)


async def _asked(sources: Sources, kind: str, repo_id: str) -> AsyncIterator[View[File]]:
    """The files as they come, then the same ones with what the scanners say."""
    hub = await sources.hub()
    page = await hub.tree(kind, repo_id)
    view = _longer(None, page, sources.fresh)
    yield view
    for _ in range(PAGES - 1):
        if page.next is None:
            break
        page = await _beside(hub.tree(kind, repo_id, "background", path=page.next))
        view = _longer(view, page, sources.fresh)
        yield view
    try:
        scans = await _beside(hub.scan(kind, repo_id, "background"))
    except Problem:
        return  # the files stand without it
    rows = tuple(_scanned(file, scans.value) for file in view.rows)
    yield view._replace(rows=rows, requests=(*view.requests, scans.url))


async def _beside(answer: "Coroutine[Any, Any, Got[T]]") -> "Got[T]":
    """An answer of the background, which may have to wait for the Hub's next window."""
    from asyncio import wait_for

    try:
        return await wait_for(answer, PATIENCE)
    except TimeoutError:
        raise TimedOut("the rest of the files was not told in time; ask again") from None


def _longer(view: View[File] | None, page: "Got[tuple[File, ...]]", source: str) -> View[File]:
    """``view`` with the next files behind its own."""
    return View(
        rows=(*(view.rows if view else ()), *page.value),
        source=source,
        as_of=view.as_of if view else page.fetched_at,
        complete=page.next is None,
        requests=(*(view.requests if view else ()), page.url),
    )


def _scanned(file: File, scan: "Scan") -> File:
    if file.type != "file":
        return file
    return file._replace(security=scan.levels.get(file.path, "safe" if scan.done else "unscanned"))


async def _keep(sources: Sources, kind: str, repo_id: str, view: View[File]) -> None:
    """Store a tree; under the account where the repo may be private, not at all without one."""
    known = sources.store.cache.repo(kind, repo_id, sources.who)
    private = known[0].private if known else None
    if (owner := sources.owner(private)) is None and not sources.bundled:
        await sources.account()
        owner = sources.owner(private)
    if owner is not None:
        text = json.dumps({"complete": view.complete, "files": view.rows})
        sources.store.cache.put_body(_key(kind, repo_id), owner, text, view.as_of or 0.0)


def _read(text: str) -> tuple[tuple[File, ...], bool] | None:
    try:
        stored = json.loads(text)
        return tuple(File(*entry) for entry in stored["files"]), stored["complete"] is True
    except (ValueError, TypeError, KeyError):
        return None


def _key(kind: str, repo_id: str) -> str:
    return f"tree {kind} {repo_id.lower()}"
