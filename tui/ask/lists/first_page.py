"""The first page of a list, as cheaply as it is to be had: unchanged, or by its author's name.

A page that has not changed since it was kept is made of the stored rows again. An author is
asked for as written; where that lists nothing, as the Hub spells the name.
"""

import json
from typing import NamedTuple

from tui.ask.lists.rows import Read
from tui.ask.sources import Sources
from tui.model import Problem, Query, Repo


class _Held(NamedTuple):
    rows: tuple[Repo, ...]
    next: str | None
    etag: str


async def first(sources: Sources, query: Query, size: int) -> Read:
    """The first ``size`` rows that the Hub lists for ``query``. Raises its Problems."""
    read = await _asked(sources, query, size)
    if not read.repos and query.author and (name := await _spelled(sources, query.author)):
        read = await _asked(sources, query._replace(author=name), size)
        sources.tell(f"the Hub spells {query.author} as {name}; its repos are listed by that name")
    return read


def hold(sources: Sources, read: Read) -> None:
    """Keep which rows a first page has, so that it can be asked for by its etag."""
    owner = sources.owner(any(repo.private is not False for repo in read.repos))
    if read.etag is None or owner is None:
        return
    text = json.dumps({"ids": [repo.id for repo in read.repos], "next": read.next})
    key = _key(read.requests[0].removeprefix(sources.endpoint))
    sources.store.cache.put_body(key, owner, text, read.as_of, etag=read.etag)


async def _asked(sources: Sources, query: Query, size: int) -> Read:
    from tui.hub.client import NotModified
    from tui.hub.endpoints import models_list

    hub = await sources.hub()
    path = models_list(query, size, extra_fields(query))
    held = _held(sources, query.kind, path)
    page = await hub.page(path, query.kind, etag=held.etag if held else None)
    read = Read((), None, page.fetched_at, sources.fresh, requests=(page.url,))
    if not isinstance(page, NotModified):
        return read._replace(repos=page.rows, next=page.next, etag=page.etag)
    assert held is not None, "only a held page is asked for by its etag"
    return read._replace(repos=held.rows, next=held.next)


def extra_fields(query: Query) -> tuple[str, ...]:
    """The fields beside a row's own that ``query`` needs; those for sizes cost.

    A GGUF row's header brings its chat template, kilobytes that no row keeps; the config says how
    packed rows are packed.
    """
    if query.kind != "model":
        return ()
    fields = {term.field for term in query.terms}
    served = ("inferenceProviderMapping",) if "provider" in fields else ()
    whole = ("downloadsAllTime",) if "alltime" in fields else ()
    if fields & {"params", "fits"}:
        return ("config", "gguf", *served, *whole)
    return (*(("gguf",) if "gguf" in query.filters else ()), *served, *whole)


def _held(sources: Sources, kind: str, path: str) -> _Held | None:
    """The page as it was kept; None where a row of it is no longer stored."""
    body = sources.store.cache.body(_key(path), sources.who)
    try:
        page = {} if body is None else json.loads(body.text)
        ids, after = page["ids"], page["next"]
    except (ValueError, KeyError, TypeError):
        return None
    rows = tuple(row for row in sources.store.cache.rows(kind, ids, sources.who) if row)
    whole = body is not None and body.etag is not None and len(rows) == len(ids)
    return _Held(rows, after, body.etag or "") if body is not None and whole else None


async def _spelled(sources: Sources, name: str) -> str | None:
    """How the Hub spells a namespace; None where that is no other way, or not known."""
    from tui.ask.lists import author

    known = author.peek(sources, name)
    try:
        if known is None:
            async for view in author.stream(sources, name):
                known = view
    except Problem:
        return None
    spelled: str = known.value.name if known else name
    return spelled if spelled != name and spelled.lower() == name.lower() else None


def _key(path: str) -> str:
    return f"first {path}"
