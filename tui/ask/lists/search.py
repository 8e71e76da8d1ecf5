"""Repos by a line of words and fields: the rows at hand at each key, then the Hub's."""

from array import array
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from tui.analysis.query import fits
from tui.analysis.query.order import by_columns
from tui.analysis.query.query_line import RowIndex
from tui.analysis.query.shelf import Entry, Shelf, keys
from tui.ask.lists import source, trending
from tui.ask.lists.rows import row
from tui.ask.sources import Sources
from tui.model import Query, Repo, Row, View
from tui.model.query import TURNED, loosely

if TYPE_CHECKING:
    from tui.ask.lists.long import Long

STORED = 10_000  # stored rows that a search at hand looks through
SHOWN = 500
_CHUNK = 500  # stored rows in memory at once, of those that do not fit
ALL = -1  # no bound


def in_sight(sources: Sources, kind: str, shown: Iterable[Repo], orders: Sequence[str]) -> Shelf:
    """Rows whose facts are at hand, ready to be narrowed."""
    told = sources.registry
    entries = (
        Entry(repo.id, repo.title, keys(repo, orders, told), at, repo)
        for at, repo in enumerate(shown)
    )
    return Shelf(kind, entries, orders)


def at_hand(
    sources: Sources,
    kind: str,
    shown: Iterable[Repo] = (),
    long: "Long | None" = None,
    orders: tuple[str, ...] = ("trending",),
) -> Shelf:
    """The rows in sight, those of a ``long`` list and the stored ones of a kind, each once.

    Not to be called on the loop: thousands of rows may be read.
    """
    held = {repo.id.lower(): repo for repo in shown}

    def read(ids: Sequence[str]) -> Sequence[Repo | None]:
        return sources.store.cache.rows(kind, ids, sources.who)

    return Shelf(kind, _entries(sources, kind, held, long, orders), orders, read)


def _entries(
    sources: Sources,
    kind: str,
    held: Mapping[str, Repo],
    long: "Long | None",
    orders: Sequence[str],
) -> Iterator[Entry]:
    """The rows, each once. Equal ones stand as the store has them, most downloaded first.

    Ids are told apart by 64 bits of a hash: ten thousand names would leave holes in memory.
    """
    cache, tables = sources.store.cache, sources.registry
    ranked = cache.ranked((), kind, sources.who, STORED)
    rank = {hash(name.lower()): at for at, name in enumerate(cache.names(ranked)) if name}
    place = count(len(ranked))
    for name, repo in held.items():
        at = rank.pop(hash(name), None)
        told = keys(repo, orders, tables)
        yield Entry(repo.id, repo.title, told, next(place) if at is None else at, repo)
    tells = long is not None and _tells(long.query.orders, orders)
    for repo_id, title, known in _of_list(sources, long, orders, tells=tells) if long else ():
        if (name := repo_id.lower()) not in held:
            at = rank.pop(hash(name), None)
            yield Entry(repo_id, title, known, next(place) if at is None else at)
    rest = array("q", (ranked[at] for at in sorted(rank.values())))
    for name, stored in cache.each(rest):
        if stored is not None:
            told = keys(stored, orders, tables)
            yield Entry(stored.id, stored.title, told, rank[hash(name.lower())])


def _of_list(
    sources: Sources, long: "Long", orders: Sequence[str], *, tells: bool
) -> Iterator[tuple[str, str | None, Sequence[Any]]]:
    """Id, title and values of the rows of a long list; what it does not tell is read."""
    if tells:
        yield from long.named()
        return
    for repo in long.repos():
        yield repo.id, repo.title, keys(repo, orders, sources.registry)


def _tells(had: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether rows kept with their values for the orders ``had`` have them for those asked for."""
    bare = [[order.removeprefix(TURNED) for order in orders] for orders in (had, asked)]
    return bare[0] == bare[1] and "move" not in bare[0]  # of a row in no list no move is known


def narrow(
    sources: Sources, shelf: Shelf, query: Query, known: fits.Known | None = None
) -> View[Row]:
    """The rows at hand that ``query`` names. Asks for nothing.

    ``known`` of an earlier key spares reading from the store what it has read. Raises as
    ``Shelf.select``.
    """
    known = known or known_of(sources, query)
    repos = shelf.select(query, sources.registry, sources.now(), SHOWN + 1, known)
    return View(
        rows=tuple(row(sources, None, repo) for repo in repos[:SHOWN]),
        source=sources.held,
        as_of=None,
        query=query,
        complete=len(repos) <= SHOWN,
    )


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
    rows, looked = cache.each(cache.ranked(words, query.kind, who, ALL)), 0
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
    if source.counted(local) is not None:
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
