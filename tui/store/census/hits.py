"""The numbers of the rows that a question names, in their order: four bytes each, on disk if many.

A question over millions of rows is asked piece by piece, so that it can be given up between two
pieces and its first rows are known before its last ones.
"""

from _thread import allocate_lock
from array import array
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tui.store.census.reader import Census

_WIDTH = array("I").itemsize
_HELD = 256 * 1024  # bytes in memory; what is more goes to a file without a name
_FIRST, _FEWEST, _MOST = 20_000, 5_000, 50_000  # rows of one piece
_QUICK, _SLOW = 0.02, 0.05  # seconds of a piece that is made larger, smaller


class Named(NamedTuple):
    """A question for rows: its tables, its condition about ``r``, ``a`` and the like, its values.

    ``number`` is the row's number; ``order`` that of another order than by it. ``few`` rows are
    found through an index: asked for at once.
    """

    tables: str
    where: str
    params: tuple[Any, ...]
    number: str = "r.rank"
    order: str = ""
    few: bool = False


class Hits:
    """Row numbers by their place in a list. One thread adds while others read.

    ``every``: the list is 1 to this number, and nothing is added.
    """

    def __init__(self, every: int | None = None) -> None:
        self.total = every or 0
        self._every = every is not None
        self._file = SpooledTemporaryFile[bytes](max_size=_HELD)
        self._lock = allocate_lock()

    def add(self, numbers: Iterable[int]) -> None:
        """Append row numbers."""
        added = array("I", numbers)
        with self._lock:
            self._file.seek(self.total * _WIDTH)
            self._file.write(added.tobytes())
            self.total += len(added)

    def part(self, first: int, count: int) -> list[int]:
        """The numbers from a place on, at most ``count``."""
        if self._every:
            return list(range(first + 1, min(first + count, self.total) + 1))
        ranks = array("I")
        with self._lock:
            self._file.seek(first * _WIDTH)
            ranks.frombytes(self._file.read(max(0, min(count, self.total - first)) * _WIDTH))
        return list(ranks)

    def __del__(self) -> None:
        """Let go of the file: nobody knows of a list that has left the screen."""
        self._file.close()


def numbers(census: "Census", named: Named) -> Iterator[list[int]]:
    """The numbers that a question names, piece by piece; a piece may be empty."""
    select = f"SELECT {named.number} FROM {named.tables} WHERE {named.where}"
    if named.order or named.few:
        sql = f"{select} ORDER BY {named.order or f'+{named.number}'}"
        yield from census.pieces(sql, named.params)
        return
    sql = f"{select} AND {named.number} BETWEEN ? AND ? ORDER BY {named.number}"
    first, size = 1, _FIRST
    while first <= census.count:
        started = monotonic()
        lines = census.ask(sql, (*named.params, first, first + size - 1))
        yield [number for (number,) in lines]
        first += size
        spent = monotonic() - started
        if spent < _QUICK:
            size = min(_MOST, size * 2)
        elif spent > _SLOW:
            size = max(_FEWEST, size // 2)
