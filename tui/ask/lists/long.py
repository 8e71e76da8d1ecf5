"""A list of the Hub that was read far: its first page at hand, the rest in the store.

Of each row is kept what finds it again: its id, its rank, how it moved, and what the list is
ordered by. The facts are read from the store when the row comes into sight. What the store does
not have, as of a row that it may not keep, stays in memory.
"""

from array import array
from asyncio import to_thread
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tui.analysis.history.movement import Member, Rank, movement, ranks_among
from tui.analysis.query.order import arranged, values
from tui.ask.lists import rows as listed
from tui.ask.lists import trending
from tui.ask.lists.packed import Packed
from tui.ask.lists.rows import Read, outgrown, read_of
from tui.ask.lists.source import PAGE, Part, Source
from tui.ask.sources import Sources
from tui.model import Query, Repo, Row, View

_NEWEST = 100  # rows that came last and are handed on, so that they need not be read
_WRITTEN = 2.0  # seconds that rows are waited for which are on their way into the store
_ID, _TITLE, _RANK, _MOVE, _VALUES = range(5)  # of an entry; the values are all that follow


class Long(NamedTuple):
    """A long list, by what finds its rows. It never changes: a longer one takes its place."""

    sources: Sources
    query: Query
    read: Read  # how to read on; its rows are none
    packed: Packed  # of each row: id, title, rank, move, values of the orders; in the Hub's order
    passed: Packed  # ids of rows that were looked through and left out
    scores: "array[float]"  # of all that were looked through, the lowest first
    looked: int
    whole: Mapping[str, Repo]  # by id in lower case: rows the store has not, or has older
    name: object  # the same for lists whose rows have the same places
    placed: "array[int] | None" = (
        None  # the places in the reader's order, where it is not the Hub's
    )
    newest: tuple[Row, ...] = ()  # the last rows

    @property
    def ahead(self) -> tuple[Row, ...]:
        """None: all rows are in one list."""
        return ()

    @property
    def total(self) -> int:
        """The rows of the list, as far as it was read."""
        return self.packed.total

    @property
    def counting(self) -> bool:
        """It grows when it is read on, and not by itself."""
        return False

    @property
    def of_census(self) -> bool:
        """It is the Hub's own list."""
        return False

    def part(self, first: int, count: int) -> Part:
        """The rows from a place on, at most ``count``. Not to be called on the loop."""
        entries = self._entries(first, count)
        cache, who = self.sources.store.cache, self.sources.who
        wanted = [entry[_ID] for entry in entries if entry[_ID].lower() not in self.whole]
        stored = dict(zip(wanted, cache.rows(self.query.kind, wanted, who), strict=True))
        rows, lost = [], 0
        for entry in entries:
            repo = self.whole.get(entry[_ID].lower()) or stored.get(entry[_ID])
            lost += repo is None
            repo = repo or Repo(entry[_ID], kind=self.query.kind)
            row = listed.row(self.sources, entry[_RANK], repo)
            rows.append(row._replace(move=entry[_MOVE]))
        return Part(tuple(rows), lost)

    def named(self) -> Iterator[tuple[str, str | None, list[Any]]]:
        """Id, title and the values of the orders, of all rows in the reader's order."""
        for first in range(0, self.total, PAGE):
            for entry in self._entries(first, PAGE):
                yield entry[_ID], entry[_TITLE], entry[_VALUES:]

    def repos(self) -> Iterator[Repo]:
        """All repos in the reader's order, a page at a time. Not to be called on the loop."""
        return (row.repo for row in AllRows(self))

    def ids(self) -> Iterator[str]:
        """The ids of all rows, in the Hub's order."""
        return (entry[_ID] for entry in self.packed.each())

    def _entries(self, first: int, count: int) -> list[Any]:
        if self.placed is None:
            return self.packed.part(first, count)
        return self.packed.picked(self.placed[first : first + count])

    def place(self, repo_id: str) -> int | None:
        """Where a row stands in the reader's order; None where the list has it not."""
        at = next((at for at, listed_id in enumerate(self.ids()) if listed_id == repo_id), None)
        return at if at is None or self.placed is None else self.placed.index(at)

    def continues(self, other: object) -> bool:
        """Whether the rows of ``other`` stand at the same places here."""
        return isinstance(other, Long) and other.name is self.name and other.total <= self.total

    def ordered(self, orders: Sequence[str]) -> "Long":
        """The same rows in these orders, which look at what the list is ordered by."""
        columns: list[list[Any]] = [[] for _ in orders]
        for entry in self.packed.each():
            for column, value in zip(columns, entry[_VALUES:], strict=True):
                column.append(value)
        now = range(self.total) if self.placed is None else self.placed
        placed = array("I", arranged(now, columns, orders))
        return self._replace(placed=placed, name=object(), newest=())

    def brought(self, fresh: Mapping[str, Repo]) -> "Long":
        """The same rows with newer facts, by id in lower case, of some of them."""
        return self._replace(whole={**self.whole, **fresh})


def shortened(sources: Sources, view: View[Row], *, stored: bool = False) -> View[Row]:
    """A view of a list with no more rows at hand than need be; any other view as it is.

    ``stored``: its rows are from the store. Else this waits for the disk: not on the loop.
    """
    read = read_of(view)
    if read is None or sources.bundled or not outgrown(view):
        return view
    query = view.query
    shown = {row.repo.id for row in view.rows}
    rows = sorted(view.rows, key=_by_rank) if query.order else view.rows
    scores = (repo.trending_score for repo in read.repos if repo.trending_score is not None)
    long = Long(
        sources=sources,
        query=query,
        read=read._replace(repos=()),
        packed=Packed(_entries(sources, query, rows)),
        passed=Packed(repo.id for repo in read.repos if repo.id not in shown),
        scores=array("d", sorted(scores if query.sort == "trending" else ())),
        looked=len(read.repos),
        whole={} if stored else _not_stored(sources, [row.repo for row in rows]),
        name=object(),
        newest=tuple(rows[-_NEWEST:]),
    )
    if query.order:
        long = long.ordered(query.order)
    return view._replace(rows=view.rows[:PAGE], read=long)


async def short(sources: Sources, answers: AsyncIterator[View[Row]]) -> AsyncIterator[View[Row]]:
    """The answers with no more rows at hand than need be."""
    async for view in answers:
        yield await to_thread(shortened, sources, view) if outgrown(view) else view


async def more(sources: Sources, view: View[Row], depth: int) -> View[Row]:
    """As ``trending.more``, of a list of any length."""
    long = view.read
    if not isinstance(long, Long):
        longer = await trending.more(sources, view, depth)
        return await to_thread(shortened, sources, longer) if outgrown(longer) else longer
    if long.read.next is None:
        return view
    read, anew = await trending.behind(sources, view.query, long.read)
    if anew:
        return listed.view(sources, view.query, read, depth)
    return await to_thread(_longer, sources, view, long, read, depth)


def _longer(sources: Sources, view: View[Row], long: Long, read: Read, depth: int) -> View[Row]:
    """``view`` of ``long`` with the rows of ``read`` behind it that it has not."""
    query = view.query
    new = {repo.id: repo for repo in read.repos}
    for known in (long.ids(), long.passed.each()):
        for repo_id in known:
            new.pop(repo_id, None)
    repos = tuple(new.values())
    came = (repo.trending_score for repo in repos if repo.trending_score is not None)
    scores = _with(long.scores, came if query.sort == "trending" else ())
    at, then = listed.earlier(sources, query, read.as_of)
    moved = movement(_members(query, repos, long.looked, scores), then) if then else {}
    rows, left = listed.chosen(sources, query, repos, long.looked, moved)
    shown = {row.repo.id for row in rows}
    longer = long._replace(
        read=read._replace(repos=()),
        packed=long.packed.plus(_entries(sources, query, rows)),
        passed=long.passed.plus(repo.id for repo in repos if repo.id not in shown),
        scores=scores,
        looked=long.looked + len(repos),
        whole={**long.whole, **_not_stored(sources, [row.repo for row in rows])},
        newest=rows[-_NEWEST:],
    )
    first = view.rows
    if query.order and rows:
        longer = longer._replace(placed=None).ordered(query.order)
        first = longer.part(0, PAGE).rows
    return view._replace(
        rows=first,
        source=read.source,
        measures=listed.origins_of(sources, [row.repo for row in first[:depth]], read),
        complete=read.next is None or longer.total >= listed.enough(query),
        more=read.next is not None,
        looked=longer.looked,
        left_out=listed.summed(query, view.left_out, left),
        requests=read.requests,
        baseline=at,
        read=longer,
        problems=(),
    )


class AllRows(Iterable[Row]):
    """All rows of a long list, a page at a time; not to be gone through on the loop."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __iter__(self) -> Iterator[Row]:
        for first in range(0, self._source.total, PAGE):
            yield from self._source.part(first, PAGE).rows


def repos_of(view: View[Row]) -> Iterable[Repo]:
    """The repos of all rows of a view; of a long list not to be gone through on the loop."""
    long = view.read
    return long.repos() if isinstance(long, Long) else (row.repo for row in view.rows)


def _entries(sources: Sources, query: Query, rows: Iterable[Row]) -> Iterator[list[Any]]:
    told = values(query.orders, sources.registry)
    for row in rows:
        known = [value(row) for value in told]
        yield [row.repo.id, row.repo.title, row.rank, row.move, *known]


def _by_rank(row: Row) -> int:
    return row.rank or 0


def _members(
    query: Query, repos: Sequence[Repo], before: int, scores: "array[float]"
) -> list[Member]:
    """The rows that came, by their ranks in the whole list; only trending has ties."""
    if query.sort == "trending":
        ranks = ranks_among(scores, [repo.trending_score for repo in repos], before)
    else:
        ranks = [Rank(place, place) for place in range(before + 1, before + len(repos) + 1)]
    return [Member(repo.id, rank) for repo, rank in zip(repos, ranks, strict=True)]


def _with(scores: "array[float]", came: Iterable[float]) -> "array[float]":
    """Scores with those that came; these are the lowest, unless the list changed meanwhile."""
    new = array("d", sorted(came))
    if not scores or not new or new[-1] <= scores[0]:
        return new + scores
    return array("d", sorted((*new, *scores)))


def _not_stored(sources: Sources, repos: Sequence[Repo]) -> dict[str, Repo]:
    """Those of the repos that the store does not have once all is written."""
    if not repos:
        return {}
    store = sources.store
    store.flush(_WRITTEN)
    stored = store.cache.stored(repos[0].kind, [repo.id for repo in repos], sources.who)
    return {
        repo.id.lower(): repo
        for repo in repos
        if repo.id.lower() not in stored or (repo.private and not sources.who)
    }
