"""Rows of a list too long to be held: the pages around those in sight, the rest on the disk."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, overload

from tui.ask.lists.source import PAGE, Source
from tui.model import Repo, Row, StoreTrouble

_PAGES = 4  # of PAGE rows, held at once
_SOON = 40  # rows before the end of a page at which the next one is read


class Told(Protocol):
    """Who is told what becomes of the rows; on the loop."""

    def arrived(self) -> None:
        """Rows came that were not at hand."""

    def lost(self, rows: int) -> None:
        """Rows came of which nothing is stored any more."""

    def dressed(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows with what stands on them beside their facts."""


class Pages:
    """The pages of a list that are at hand, and the reading of those that are wanted."""

    def __init__(self, source: Source, told: Told) -> None:
        self.source = source
        self._told = told
        self._held: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._wanted: list[int] = []
        self._reading: asyncio.Task[None] | None = None

    def follow(self, source: Source) -> bool:
        """Go on with a longer list of the same rows; False for any other."""
        if not source.continues(self.source):
            return False
        self.source = source
        return True

    def put(self, first: int, rows: Sequence[Row]) -> None:
        """Hold rows that are known, from a place on. What would leave a gap is read instead."""
        at, end = first, first + len(rows)
        while at < end:
            page, offset = divmod(at, PAGE)
            before, upto = self._held.get(page, ())[:offset], min(end, (page + 1) * PAGE)
            if len(before) == offset:
                part = self._told.dressed(rows[at - first : upto - first])
                self._hold(page, (*before, *part))
            at = upto

    def renew(self, fresh: Mapping[str, Repo]) -> None:
        """Bring the rows at hand up to date: facts by id in lower case."""
        for page, rows in list(self._held.items()):
            newer = [r._replace(repo=fresh.get(r.repo.id.lower(), r.repo)) for r in rows]
            self._held[page] = tuple(self._told.dressed(newer))

    def row(self, at: int, total: int) -> Row | None:
        """The row at a place, None while it is being read; those near it are read meanwhile."""
        page, offset = divmod(at, PAGE)
        last = (total - 1) // PAGE
        near = page - 1 if offset < _SOON else page + 1 if offset >= PAGE - _SOON else page
        for number in (near, page):
            if 0 <= number <= last and self._lacks(number, total):
                self._want(number)
        if page in self._held:
            self._held.move_to_end(page)
        rows = self._held.get(page, ())
        return rows[offset] if offset < len(rows) else None

    def held(self) -> Iterator[tuple[int, Row]]:
        """The rows at hand with their places."""
        for page in sorted(self._held):
            for offset, row in enumerate(self._held[page]):
                yield page * PAGE + offset, row

    def _hold(self, page: int, rows: tuple[Row, ...]) -> None:
        """Hold a page; the one that was looked at longest ago goes."""
        self._held[page] = rows
        self._held.move_to_end(page)
        while len(self._held) > _PAGES:
            self._held.popitem(last=False)

    def _lacks(self, page: int, total: int) -> bool:
        """The page is not held, or not whole as it was counted further."""
        whole = min(PAGE, total - page * PAGE)
        return len(self._held.get(page, ())) < whole

    def _want(self, page: int) -> None:
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted = [*self._wanted[-3:], page]  # what was passed by is wanted no more
        if self._reading is None or self._reading.done():
            self._reading = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        while self._wanted:
            page, source = self._wanted[-1], self.source
            try:
                part = await asyncio.to_thread(source.part, page * PAGE, PAGE)
            except StoreTrouble:  # the census was taken away meanwhile
                self._wanted.clear()
                return
            if page in self._wanted:
                self._wanted.remove(page)
            self._hold(page, tuple(self._told.dressed(part.rows)))
            self._told.arrived()
            if part.lost:
                self._told.lost(part.lost)


class PagedRows(Sequence[Row | None]):
    """A list as a table takes it, of a length that stays; a row that is not at hand is None."""

    def __init__(self, pages: Pages, *, turned: bool = False) -> None:
        self._pages = pages
        self._ahead = pages.source.ahead
        self._total = pages.source.total
        self._turned = turned

    def __len__(self) -> int:
        return len(self._ahead) + self._total

    @overload
    def __getitem__(self, index: int) -> Row | None: ...
    @overload
    def __getitem__(self, index: slice) -> "list[Row | None]": ...
    def __getitem__(self, index: int | slice) -> "Row | list[Row | None] | None":
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        at = self._place(index % len(self))
        behind = at - len(self._ahead)
        return self._ahead[at] if behind < 0 else self._pages.row(behind, self._total)

    def at_hand(self) -> list[Row]:
        """The rows that are held, in their order."""
        held = [row for _, row in self._pages.held()]
        rows = [*self._ahead, *held]
        return rows[::-1] if self._turned else rows

    def places(self) -> dict[str, int]:
        """Where the rows at hand stand, by id."""
        ahead = len(self._ahead)
        by_id = {row.repo.id: ahead + at for at, row in self._pages.held()}
        by_id.update((row.repo.id, at) for at, row in enumerate(self._ahead))
        return {name: self._place(at) for name, at in by_id.items() if at < len(self)}

    def place(self, repo_id: str) -> int | None:
        """Where a row stands, as far as that is known without reading."""
        at = self.places().get(repo_id)
        if at is not None:
            return at
        at = self._pages.source.place(repo_id)
        return at if at is None else self._place(len(self._ahead) + at)

    def _place(self, at: int) -> int:
        return len(self) - 1 - at if self._turned else at


class PagedKeys(Sequence[str]):
    """The ids of paged rows; "" for one that is not at hand. Only those at hand are looked for."""

    def __init__(self, rows: PagedRows) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [row.repo.id if row else "" for row in self._rows[index]]
        row = self._rows[index]
        return row.repo.id if row else ""

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._rows.place(key) is not None

    def index(self, key: str, start: int = 0, stop: int | None = None) -> int:
        """The place of a row. Raises ValueError for one whose place is not known."""
        at = self._rows.place(key)
        if at is None or at < start or (stop is not None and at >= stop):
            raise ValueError(key)
        return at
