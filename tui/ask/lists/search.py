"""Repos by a line of words and fields: the rows at hand at each key, then the Hub's."""

from collections.abc import AsyncIterator, Iterable
from itertools import islice

from tui.analysis.query import fits
from tui.analysis.query.order import by_columns
from tui.analysis.query.query_line import RowIndex
from tui.ask.lists import trending
from tui.ask.lists.rows import counted as census_of
from tui.ask.lists.rows import row
from tui.ask.sources import Sources
from tui.model import Query, Repo, Row, View
from tui.model.query import loosely

STORED = 10_000  # stored rows that a search at hand looks through
SHOWN = 500
_CHUNK = 500  # stored rows in memory at once, of those that do not fit
ALL = -1  # no bound


def known_of(sources: Sources, query: Query) -> fits.Known:
    """What the terms of ``query`` may look at beside the rows."""
    if not query.terms:
        return fits.NOTHING
    from tui.ask.lists.memory import known

    return known(sources, query)


def peek(sources: Sources, query: Query) -> View[Row] | None:
    """The stored answer to ``query``; else what all stored rows of its kind give.

    None where the store has no row of this kind.
    """
    asked = trending.peek(sources, query)
    return found(sources, query) if asked is None else asked


def found(sources: Sources, query: Query) -> View[Row] | None:
    """What all stored rows of a kind give for ``query``; None where there is none.

    Finds out what memory this machine has where that is asked for: not to be called on the loop.
    """
    if not trending.ready(sources, query):
        from tui.ask.lists import memory

        memory.find(sources, query)
    cache, who = sources.store.cache, sources.who
    # a word may stand in a title instead of the id: only models have none
    words = _pieces(query.words) if query.kind == "model" else []
    known = known_of(sources, query)
    rows, looked = cache.ranked(words, query.kind, who, ALL).each(), 0
    repos: list[Repo] = []
    while some := [repo for _, repo in islice(rows, _CHUNK) if repo is not None]:
        looked += len(some)
        repos += RowIndex(some).select(query, sources.registry, sources.now(), known=known)
    if not looked and not cache.search((), query.kind, who, 1):
        return None
    repos = by_columns(repos, query.orders, sources.registry)
    return View(
        rows=tuple(row(sources, None, repo) for repo in repos[: query.wanted]),
        source=sources.held,
        as_of=None,
        query=query,
        stale=True,
        complete=False,  # of the Hub's repos
        looked=looked,
    )


def _pieces(words: Iterable[str]) -> list[str]:
    """What an id surely holds for these words, which may write ``_`` for ``-``."""
    return [piece for part in loosely(words) for piece in part.split("-") if piece]


async def counted(
    sources: Sources, query: Query, local: View[Row] | None = None, *, instead: bool = False
) -> AsyncIterator[View[Row]]:
    """All rows of a census that ``query`` names, behind those of ``local`` that it has not.

    Nothing comes where no census may answer: what trends now, what is new and what has changed is
    asked of the Hub; ``instead``: it was, in vain. An order of our own is over rows at hand.
    """
    if query.order:
        return
    latest = query.sort in ("created", "modified") or (query.of_all and query.sort == "trending")
    if not sources.may_count or (latest and not instead):
        return
    from tui.ask.census.browse import stream

    async for view in stream(sources, query, local):
        yield view


async def join(sources: Sources, query: Query, local: View[Row]) -> AsyncIterator[View[Row]]:
    """The Hub's answer to ``query`` with the rows at hand in front, each repo once.

    The rows keep the places that the reader saw them at; what the Hub adds comes behind them, and
    ahead of the rows of a census.
    """
    if census_of(local) is not None:
        from asyncio import to_thread

        from tui.ask.census.browse import joined

        async for view in trending.ask(sources, query):
            local = await to_thread(joined, sources, local, view)
            yield local
        return
    async for view in trending.stream(sources, query):
        fresh = {row.repo.id: row for row in view.rows}
        held = [
            row._replace(repo=fresh[row.repo.id].repo) if row.repo.id in fresh else row
            for row in local.rows
        ]
        known = {row.repo.id for row in held}
        added = [row._replace(rank=None) for row in view.rows if row.repo.id not in known]
        yield view._replace(rows=(*held, *added))
