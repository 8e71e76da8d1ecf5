"""Rows of a list too long to be held: the pages around those in sight, the rest on the disk."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import overload

from tui.ask.census import browse
from tui.model import Row, StoreTrouble

_PAGES = 12  # of browse.PAGE rows, held at once
_SOON = 40  # rows before the end of a page at which the next one is read


class Pages:
    """The pages of a list that are at hand, and the reading of those that are wanted.

    ``arrived`` is told after each; it is called on the loop.
    """

    def __init__(self, shown: browse.Shown, arrived: Callable[[], None]) -> None:
        self.shown = shown
        self._arrived = arrived
        self._held: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._wanted: list[int] = []
        self._reading: asyncio.Task[None] | None = None

    def row(self, at: int, total: int) -> Row | None:
        """The row at a place, None while it is being read; those near it are read meanwhile."""
        page, offset = divmod(at, browse.PAGE)
        last = (total - 1) // browse.PAGE
        near = page - 1 if offset < _SOON else page + 1 if offset >= browse.PAGE - _SOON else page
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
                yield page * browse.PAGE + offset, row

    def put(self, page: int, rows: tuple[Row, ...]) -> None:
        """Hold a page; the one that was looked at longest ago goes."""
        self._held[page] = rows
        self._held.move_to_end(page)
        while len(self._held) > _PAGES:
            self._held.popitem(last=False)

    def _lacks(self, page: int, total: int) -> bool:
        """The page is not held, or not whole as it was counted further."""
        whole = min(browse.PAGE, total - page * browse.PAGE)
        return len(self._held.get(page, ())) < whole

    def _want(self, page: int) -> None:
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted = [*self._wanted[-3:], page]  # what was passed by is wanted no more
        if self._reading is None or self._reading.done():
            self._reading = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        while self._wanted:
            page = self._wanted[-1]
            try:
                rows = await asyncio.to_thread(
                    browse.pages, self.shown, page * browse.PAGE, browse.PAGE
                )
            except StoreTrouble:  # the census was taken away meanwhile
                self._wanted.clear()
                return
            if page in self._wanted:
                self._wanted.remove(page)
            self.put(page, rows)
            self._arrived()


class PagedRows(Sequence[Row | None]):
    """A list as a table takes it, of a length that stays; a row that is not at hand is None."""

    def __init__(self, pages: Pages, *, turned: bool = False) -> None:
        self._pages = pages
        self._ahead = pages.shown.ahead
        self._total = pages.shown.listed.total
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
        return key in self._rows.places()

    def index(self, key: str, start: int = 0, stop: int | None = None) -> int:
        """The place of a row at hand. Raises ValueError for another."""
        at = self._rows.places().get(key)
        if at is None or at < start or (stop is not None and at >= stop):
            raise ValueError(key)
        return at
