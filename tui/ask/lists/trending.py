"""Which repos, in which order: trending, search, an author's repos. One list, one question.

The Hub's order is kept. A list that arrives is stored and kept as a dated snapshot, so that the
next look can say what moved.
"""

from collections.abc import AsyncIterator, Sequence

from tui.ask.lists.first_page import first, hold
from tui.ask.lists.rows import STRIP_DEPTH, Read
from tui.ask.lists.rows import view as make_view
from tui.ask.sources import Sources
from tui.model import BadInput, Lens, NotFound, Offline, Problem, Query, Repo, View

PAGE = 100  # rows asked for at once
DEEPEST_PAGE = 1000  # the Hub's bound
DEEPEST_LOOK = 1000  # rows looked through for a query with terms of our own
_STORED = "stored"  # in place of a cursor: the next rows are in the store


def peek(sources: Sources, query: Query, lens: Lens, depth: int = STRIP_DEPTH) -> View | None:
    """The stored list, at once; None where nothing is stored. Asks for no request."""
    wanted = _furthest(query)
    stored = sources.store.cache.listed(query.key, query.kind, sources.who, wanted + 1)
    if stored is None:
        return None
    after = _STORED if len(stored.rows) > wanted else stored.next
    read = Read(stored.rows[:wanted], after, stored.fetched_at, "cache", stale=True)
    return make_view(sources, query, read, depth)


async def stream(
    sources: Sources, query: Query, lens: Lens, depth: int = STRIP_DEPTH
) -> AsyncIterator[View]:
    """The stored list, then the Hub's, page by page up to ``query.limit`` rows and no further.

    Where the Hub gives no answer the stored list comes again with the Problem in it; with nothing
    stored the Problem is raised.
    """
    stored = peek(sources, query, lens, depth)
    if stored is not None:
        yield stored
    view: View | None = None
    try:
        if sources.offline:
            raise Offline("offline: no request is sent; what is stored is shown")
        read = await _first(sources, query)
        view = make_view(sources, query, read, depth)
        yield view
        await _keep_own(sources, query, read)
        while view.more and not view.complete and (view.looked or 0) < _furthest(query):
            view = await more(sources, view, lens, depth)
            yield view
    except Problem as problem:
        if view is None and stored is None:  # what came a moment ago may be written by now
            stored = peek(sources, query, lens, depth)
        yield _dimmed(view, stored, problem)


async def more(sources: Sources, view: View, lens: Lens, depth: int = STRIP_DEPTH) -> View:
    """``view`` with the Hub's next page behind its rows. Raises the Problem that prevents it.

    A cursor lives as long as the Hub likes: where it takes one no more, the list begins anew.
    """
    read, query = view.read, view.query
    if read.next is None:
        return view
    if read.next == _STORED:
        return make_view(sources, query, _deeper(sources, query, read), depth, view)
    if sources.offline:
        raise Offline("offline: the stored rows end here")
    try:
        page = await (await sources.hub()).page(read.next, query.kind)
    except (BadInput, NotFound):
        return make_view(sources, query, await _first(sources, query), depth)
    known = {repo.id for repo in read.repos}
    held = sources.store.cache.list(query.key, sources.who) if read.stale else None
    pages = held.pages if held else read.pages
    _keep(sources, query, pages, page.rows, page.next, page.fetched_at)
    longer = read._replace(
        repos=(*read.repos, *(repo for repo in page.rows if repo.id not in known)),
        next=page.next,
        source=read.source if read.source == sources.fresh else "mixed",
        pages=pages + 1,
        requests=(*read.requests, page.url),
    )
    return make_view(sources, query, longer, depth, view)


def _deeper(sources: Sources, query: Query, read: Read) -> Read:
    """``read`` with the next rows that the store has of its list."""
    cache, have = sources.store.cache, len(read.repos)
    held = cache.list(query.key, sources.who)
    if held is None:
        return read._replace(next=None)
    ids = held.ids[have : have + PAGE]
    found = [repo for repo in cache.rows(query.kind, ids, sources.who) if repo is not None]
    after = _STORED if have + PAGE < len(held.ids) else held.next
    return read._replace(repos=(*read.repos, *found), next=after)


def again(sources: Sources, view: View, depth: int) -> View:
    """The same rows with the origins of their first ``depth``."""
    return make_view(sources, view.query, view.read, depth)._replace(problems=view.problems)


async def _first(sources: Sources, query: Query) -> Read:
    size = PAGE if query.limit <= PAGE else min(DEEPEST_PAGE, query.limit)
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
    if sources.universe == "sample":
        return
    sources.store.cache.put_list(query.key, query.kind, sources.who, page, rows, after, at)
    if page == 0:
        sources.store.history.add_snapshot(query.key, sources.realm, sources.who, at, rows)


def _furthest(query: Query) -> int:
    return DEEPEST_LOOK if query.terms else query.limit


def _dimmed(view: View | None, stored: View | None, problem: Problem) -> View:
    """The best there is, with the problem in it: the fuller of what came and what was stored."""
    best = view if stored is None or (view and len(view.rows) >= len(stored.rows)) else stored
    if best is None:
        raise problem
    return best._replace(problems=(problem,))
