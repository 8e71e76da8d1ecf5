"""Which repos, in which order: trending, search, an author's repos. One list, one question.

The Hub's order is kept. A list that arrives is stored and kept as a dated snapshot, so that the
next look can say what moved.
"""

from collections.abc import AsyncIterator, Sequence

from tui.ask.lists.first_page import extra_fields, first, hold
from tui.ask.lists.rows import (
    STRIP_DEPTH,
    Read,
    enough,
    looks_through,
    origins_of,
    read_of,
)
from tui.ask.lists.rows import view as make_view
from tui.ask.sources import Sources
from tui.ask.streams import stale_first
from tui.model import BadInput, NotFound, Offline, Problem, Progress, Query, Repo, Row, View

PAGE = 100  # rows asked for at once
DEEPEST_PAGE = 1000  # the Hub's bound
HEAVY_PAGE = 200  # rows with GGUF headers, which bring chat templates of kilobytes each
STORED_LOOK = 10_000  # stored rows looked through for a query with terms of our own
MOST_CALLS = 10  # pages that one look asks for, unless it is told more
_STORED = "stored"  # in place of a cursor: the next rows are in the store


def peek(
    sources: Sources, query: Query, depth: int = STRIP_DEPTH, *, count: bool = True
) -> View[Row] | None:
    """The stored list, at once; None where nothing is stored. Asks for no request.

    None too where the memory of this machine is asked for and is to be found first. ``count``: a
    census may answer. It can take a second: not on the loop.
    """
    if not ready(sources, query):
        return None
    wanted = _furthest(query)
    stored = sources.store.cache.listed(query.key, query.kind, sources.who, wanted)
    counted = _counted(sources, query, stored.fetched_at if stored else 0.0) if count else None
    if counted is not None:
        return make_view(sources, query, counted, depth)
    if stored is None:
        return None
    after = _STORED if stored.after else stored.next
    read = Read(stored.rows, after, stored.fetched_at, "cache", stale=True, place=stored.after)
    return make_view(sources, query, read, depth)


def ready(sources: Sources, query: Query) -> bool:
    """Whether the memory that ``fits:here`` means is known, where it is asked for."""
    if not query.terms:
        return True
    from tui.ask.lists import memory

    return memory.ready(sources, query)


def _counted(sources: Sources, query: Query, stored_at: float) -> Read | None:
    """A list of a census that is newer than the stored one; what trends it cannot know."""
    if (query.of_all and query.sort == "trending") or not sources.may_count:
        return None
    from tui.ask.census.held import held

    census = held(sources)
    if census is None or census.census.as_of <= stored_at:
        return None
    from tui.ask.census.search import rows

    repos = rows(sources, census, query, enough(query) if query.order else query.limit)
    if repos is None:
        return None
    return Read(repos, None, census.census.as_of, "census", stale=True)


async def stream(
    sources: Sources,
    query: Query,
    depth: int = STRIP_DEPTH,
    max_calls: int = MOST_CALLS,
) -> AsyncIterator[View[Row]]:
    """The stored list, then the Hub's, page by page up to ``query.limit`` rows and no further.

    With terms of our own that looks through as many rows as it takes, to the list's end or
    ``max_calls`` pages; each view tells how far it is. Where the Hub gives no answer the stored
    list comes again with the Problem in it; with nothing stored the Problem is raised.
    """
    if not ready(sources, query):
        from tui.ask.lists import memory

        await memory.prepare(sources, query)
    stored = peek(sources, query, depth)
    asked = ask(sources, query, depth, max_calls)
    try:
        async for view in stale_first(sources, stored, asked):
            yield view
    except Problem as problem:
        written = peek(sources, query, depth)  # what came a moment ago may be there by now
        if stored is not None or written is None:
            raise
        yield written._replace(problems=(problem,))


async def ask(
    sources: Sources,
    query: Query,
    depth: int = STRIP_DEPTH,
    max_calls: int = MOST_CALLS,
) -> AsyncIterator[View[Row]]:
    """The Hub's list, page by page; its first page is kept under its reader's account."""
    read = await _first(sources, query)
    view = make_view(sources, query, read, depth)
    yield view
    await _keep_own(sources, query, read)
    calls = 1
    while view.more and not view.complete and calls < max_calls:
        view = await more(sources, view, depth)
        calls += 1
        going = view.more and not view.complete and calls < max_calls
        looked = Progress(view.looked or 0, None, "rows looked through") if going else None
        yield view._replace(progress=looked)


async def more(sources: Sources, view: View[Row], depth: int = STRIP_DEPTH) -> View[Row]:
    """``view`` with the Hub's next page behind its rows. Raises the Problem that prevents it.

    A cursor lives as long as the Hub likes: where it takes one no more, the list begins anew.
    """
    read, query = read_of(view), view.query
    if read is None or read.next is None:
        return view
    page, anew = await behind(sources, query, read)
    if anew:
        return make_view(sources, query, page, depth)
    known = {repo.id for repo in read.repos}
    rows = (*read.repos, *(repo for repo in page.repos if repo.id not in known))
    return make_view(sources, query, page._replace(repos=rows), depth, view)


async def behind(sources: Sources, query: Query, read: Read) -> tuple[Read, bool]:
    """``read`` with the next rows of its list in place of its own; they may repeat some.

    True beside them where they are the list's first, as its cursor is taken no more. Raises as
    ``more``.
    """
    if read.next == _STORED:
        return _deeper(sources, query, read), False
    if sources.offline:
        raise Offline("offline: the stored rows end here")
    try:
        page = await (await sources.hub()).page(read.next or "", query.kind)
    except (BadInput, NotFound):
        return await _first(sources, query), True
    cache, who = sources.store.cache, sources.who
    stored = cache.listed(query.key, query.kind, who, 0) if read.stale else None
    pages = stored.pages if stored else read.pages
    _keep(sources, query, pages, page.rows, page.next, page.fetched_at)
    return read._replace(
        repos=page.rows,
        next=page.next,
        source=read.source if read.source == sources.fresh else "mixed",
        pages=pages + 1,
        requests=(*read.requests, page.url),
    ), False


def _deeper(sources: Sources, query: Query, read: Read) -> Read:
    """``read`` with the next rows that the store has of its list in place of its own."""
    held = None
    if read.place is not None:
        held = sources.store.cache.listed(query.key, query.kind, sources.who, PAGE, read.place)
    if held is None:
        return read._replace(repos=(), next=None)
    after = _STORED if held.after else held.next
    return read._replace(repos=held.rows, next=after, place=held.after)


def again(sources: Sources, view: View[Row], depth: int) -> View[Row]:
    """The same rows with the origins of their first ``depth``, where they are of a list."""
    if view.measures is None:
        return view
    read = Read((), None, view.as_of or 0.0, view.source, requests=view.requests)
    first = [row.repo for row in view.rows[:depth]]
    return view._replace(measures=origins_of(sources, first, read))


async def _first(sources: Sources, query: Query) -> Read:
    size = _page(query)
    read = await first(sources, query, size)
    _keep(sources, query, 0, read.repos, read.next, read.as_of)
    hold(sources, read)
    return read


async def _keep_own(sources: Sources, query: Query, read: Read) -> None:
    """Store a first page with its private rows once it is known whose they are."""
    if sources.who or not any(repo.private for repo in read.repos):
        return
    if await sources.account():
        _keep(sources, query, 0, read.repos, read.next, read.as_of)


def _keep(
    sources: Sources,
    query: Query,
    page: int,
    rows: Sequence[Repo],
    after: str | None,
    at: float,
) -> None:
    """Store a page, and the first one as a snapshot too."""
    if sources.bundled:
        return
    sources.store.cache.put_list(query.key, query.kind, sources.who, page, rows, after, at)
    if page == 0:
        sources.store.history.add_snapshot(query.key, sources.realm, sources.who, at, rows)


def _furthest(query: Query) -> int:
    return STORED_LOOK if looks_through(query) or not query.limit else enough(query)


def _page(query: Query) -> int:
    if looks_through(query):
        return HEAVY_PAGE if "gguf" in extra_fields(query) else DEEPEST_PAGE
    return min(DEEPEST_PAGE, max(PAGE, query.wanted))
