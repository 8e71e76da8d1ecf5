"""The rows that the search box narrows: those in sight, a long list's, and the stored ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from tui.analysis.query import fits
from tui.analysis.query.shelf import Entry, Shelf, keys
from tui.ask.lists.rows import row
from tui.ask.lists.search import SHOWN, STORED, known_of
from tui.ask.sources import Sources
from tui.model import Query, Repo, Row, View
from tui.model.query import TURNED

if TYPE_CHECKING:
    from tui.ask.lists.long import Long


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
    tables = sources.registry
    ranked = sources.store.cache.ranked((), kind, sources.who, STORED)
    rank = {hash(name.lower()): at for at, name in enumerate(ranked.names()) if name}
    place = count(len(ranked.numbers))
    for name, repo in held.items():
        at = rank.pop(hash(name), None)
        told = keys(repo, orders, tables)
        yield Entry(repo.id, repo.title, told, next(place) if at is None else at, repo)
    tells = long is not None and _tells(long.query.orders, orders)
    for repo_id, title, known in _of_list(sources, long, orders, tells=tells) if long else ():
        if (name := repo_id.lower()) not in held:
            at = rank.pop(hash(name), None)
            yield Entry(repo_id, title, known, next(place) if at is None else at)
    for name, stored in ranked.at(sorted(rank.values())).each():
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
