"""A list of a census of any length: counted while it is gone through, its rows read by pages."""

from asyncio import to_thread
from collections.abc import AsyncIterator, Mapping
from time import monotonic
from typing import NamedTuple

from tui.ask.census import search
from tui.ask.census.held import Held, held
from tui.ask.lists.rows import STRIP_DEPTH, Read, origins_of, row
from tui.ask.lists.source import PAGE, Part
from tui.ask.sources import Sources
from tui.model import Query, Repo, Row, View
from tui.store.census.hits import Hits

_TELL = 0.1  # seconds between two counts that are told
_MOST_AHEAD = 500  # rows at hand that are looked for in the census


class Listed:
    """The rows of a census that a query names. ``counting`` until all of them are found."""

    def __init__(self, sources: Sources, census: Held, query: Query) -> None:
        self.census = census
        self.query = query
        self.counting = True
        self._sources = sources
        whole = query.of_all and query.orders == ("downloads",)
        self._hits = Hits(census.census.count if whole else None)
        self._walk = None if whole else search.found(sources, census, query)

    @property
    def total(self) -> int:
        """The rows found so far."""
        return self._hits.total

    @property
    def date(self) -> str:
        """The date of the census."""
        return self.census.date

    def rows(self, first: int, count: int) -> tuple[Row, ...]:
        """The rows from a place on, at most ``count``. Not to be called on the loop."""
        numbers = self._hits.part(first, count)
        known = self.census.census.ranked(numbers)
        return tuple(
            row(self._sources, first + at, known[number])
            for at, number in enumerate(numbers, 1)
            if number in known
        )

    def go_on(self) -> None:
        """Look for further rows: for a moment, and no longer than until the first page is there."""
        started, enough = monotonic(), PAGE if self.total < PAGE else 1 << 62
        while self._walk is not None and self.total < enough and monotonic() - started < _TELL:
            piece = next(self._walk, None)
            if piece is None:
                self._walk = None
            else:
                self._hits.add(piece)
        self.counting = self._walk is not None

    def holds(self, repos: list[Repo]) -> set[str]:
        """Which of these ids, in lower case, are rows of the census that the query names."""
        named = search.asked(self._sources, self.census, self.query)
        ranks = {self.census.census.find(repo.id): repo.id.lower() for repo in repos}
        ranks.pop(None, None)
        if named is None or not ranks:
            return set()
        listed = ", ".join(map(str, ranks))
        lines = self.census.census.ask(
            f"SELECT r.rank FROM {named.tables} WHERE {named.where}"
            f" AND {named.number} IN ({listed})",
            named.params,
        )
        return {ranks[rank] for (rank,) in lines}


class Shown(NamedTuple):
    """What stands in a list: ``ahead`` rows that the census has not, then ``listed``.

    ``fresh``: newer facts of rows of the census, by id in lower case.
    """

    listed: Listed
    ahead: tuple[Row, ...] = ()
    fresh: Mapping[str, Repo] = {}

    @property
    def total(self) -> int:
        """The rows of the census that are found so far."""
        return self.listed.total

    @property
    def counting(self) -> bool:
        """Whether there may be more."""
        return self.listed.counting

    @property
    def of_census(self) -> bool:
        """A census answers."""
        return True

    def part(self, first: int, count: int) -> Part:
        """The rows of the census from a place on. Not to be called on the loop."""
        return Part(self.brought(self.listed.rows(first, count)))

    def place(self, repo_id: str) -> int | None:
        """Nothing: the census is asked by place."""
        return None

    def continues(self, other: object) -> bool:
        """Whether it is the same: newer facts and rows ahead are laid out anew."""
        return other is self

    def brought(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Rows of the census with the newer facts there are."""
        if not self.fresh:
            return rows
        fresh = self.fresh
        return tuple(r._replace(repo=fresh.get(r.repo.id.lower(), r.repo)) for r in rows)


async def stream(
    sources: Sources, query: Query, local: View[Row] | None = None
) -> AsyncIterator[View[Row]]:
    """The rows of the newest census that ``query`` names, first page first, then their number.

    The rows of ``local`` that it has not stand ahead. A list by trend is in the order of
    downloads: what trends is a matter of the hour. Nothing comes where no census answers.
    """
    query = query._replace(sort="downloads") if query.sort == "trending" else query
    listed = await to_thread(_listed, sources, query)
    if listed is None:
        return
    shown = Shown(listed)
    if local is not None:
        shown = await to_thread(_ahead, shown, local.rows[:_MOST_AHEAD])
    while listed.counting:
        await to_thread(listed.go_on)
        if listed.total or not listed.counting:
            yield await to_thread(_view, sources, shown, query)


def joined(sources: Sources, view: View[Row], answer: View[Row]) -> View[Row]:
    """``view``, one of ``stream``, with the Hub's ``answer``.

    Rows that the census has not stand ahead; of the others the newer facts are shown.
    """
    shown: Shown = view.read
    rows = answer.rows
    known = shown.listed.holds([entry.repo for entry in rows])
    fresh = {entry.repo.id.lower(): entry.repo for entry in rows if entry.repo.id.lower() in known}
    ahead = {entry.repo.id.lower() for entry in shown.ahead}
    new = [
        entry._replace(rank=None) for entry in rows if entry.repo.id.lower() not in known | ahead
    ]
    extended = shown._replace(ahead=(*shown.ahead, *new), fresh={**shown.fresh, **fresh})
    merged = _view(sources, extended, view.query)
    return merged._replace(source="mixed", problems=answer.problems, requests=answer.requests)


def _listed(sources: Sources, query: Query) -> Listed | None:
    census = held(sources)
    if census is None or search.asked(sources, census, query) is None:
        return None
    return Listed(sources, census, query)


def _ahead(shown: Shown, rows: tuple[Row, ...]) -> Shown:
    known = shown.listed.holds([entry.repo for entry in rows])
    return shown._replace(
        ahead=tuple(entry for entry in rows if entry.repo.id.lower() not in known)
    )


def _view(sources: Sources, shown: Shown, query: Query) -> View[Row]:
    listed = shown.listed
    rows = (*shown.ahead, *shown.brought(listed.rows(0, PAGE)))
    census = listed.census
    read = Read((), None, census.census.as_of, "census")
    whole = not listed.counting and len(rows) == listed.total + len(shown.ahead)
    return View(
        rows=rows,
        source="mixed" if shown.ahead and listed.total else "census" if listed.total else "cache",
        as_of=census.census.as_of,
        query=query,
        measures=origins_of(sources, [entry.repo for entry in rows[:STRIP_DEPTH]], read),
        complete=whole,
        looked=listed.total + len(shown.ahead),
        read=shown,
    )
