"""The first page of a list, as cheaply as it is to be had: unchanged, or by its author's name.

A page that has not changed since it was kept is made of the stored rows again. An author is
asked for as written; where that lists nothing, as the Hub spells the name.
"""

import json
from typing import TYPE_CHECKING, NamedTuple

from tui.ask.lists import author
from tui.ask.lists.rows import Read
from tui.ask.sources import Sources
from tui.model import Problem, Query, Repo

if TYPE_CHECKING:
    from tui.hub.client import Page


class _Held(NamedTuple):
    rows: tuple[Repo, ...]
    next: str | None
    etag: str


async def first(sources: Sources, query: Query, size: int) -> Read:
    """The first ``size`` rows that the Hub lists for ``query``. Raises its Problems."""
    page = await _page(sources, query, size)
    if not page.rows and query.author and (name := await _spelled(sources, query.author)):
        page = await _page(sources, query._replace(author=name), size)
        sources.tell(f"the Hub spells {query.author} as {name}; its repos are listed by that name")
    return Read(page.rows, page.next, page.fetched_at, sources.fresh, requests=(page.url,))


async def _page(sources: Sources, query: Query, size: int) -> "Page":
    from tui.hub.client import NotModified, Page
    from tui.hub.endpoints import models_list

    hub = await sources.hub()
    path = models_list(query, size)
    held = _held(sources, query.kind, path)
    page = await hub.page(path, query.kind, etag=held.etag if held else None)
    if isinstance(page, NotModified):
        assert held is not None, "only a held page is asked for by its etag"
        return Page(held.rows, held.next, page.url, page.fetched_at, held.etag, 0)
    _hold(sources, path, page)
    return page


def _held(sources: Sources, kind: str, path: str) -> _Held | None:
    """The page as it was kept; None where a row of it is no longer stored."""
    body = sources.store.cache.body(_key(path), sources.who)
    try:
        told = {} if body is None else json.loads(body.text)
        ids, after = told["ids"], told["next"]
    except (ValueError, KeyError, TypeError):
        return None
    rows = tuple(row for row in sources.store.cache.rows(kind, ids, sources.who) if row)
    whole = body is not None and body.etag is not None and len(rows) == len(ids)
    return _Held(rows, after, body.etag or "") if body is not None and whole else None


def _hold(sources: Sources, path: str, page: "Page") -> None:
    """Keep which rows a page has, so that it can be asked for by its etag."""
    owner = sources.owner(any(row.private is not False for row in page.rows))
    if page.etag is None or owner is None:
        return
    text = json.dumps({"ids": [row.id for row in page.rows], "next": page.next})
    sources.store.cache.put_body(_key(path), owner, text, page.fetched_at, etag=page.etag)


async def _spelled(sources: Sources, name: str) -> str | None:
    """How the Hub spells a namespace; None where that is no other way, or not known."""
    known = author.peek(sources, name)
    try:
        if known is None:
            async for view in author.stream(sources, name):
                known = view
    except Problem:
        return None
    told: str = known.rows[0].name if known else name
    return told if told != name and told.lower() == name.lower() else None


def _key(path: str) -> str:
    return f"first {path}"
