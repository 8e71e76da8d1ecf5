"""The numbers of the rows that a question names, in their order: four bytes each, on disk if many.

A question over millions of rows is asked piece by piece, so that it can be given up between two
pieces and its first rows are known before its last ones.
"""

from _thread import allocate_lock
from array import array
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import Any, NamedTuple

from tui.store.census.reader import ROWS, Census

MATCH = "trigram MATCH ?"  # the first condition of what is asked of the index of names
_WIDTH = array("I").itemsize
_HELD = 256 * 1024  # bytes in memory; what is more goes to a file without a name
FIRST, _FEWEST, MOST = 20_000, 5_000, 50_000  # rows of one piece
_NEAR, _PAGE = 1000, 100  # rows looked at one by one at once; of the first page
_MATCHED = f"SELECT rowid FROM trigram WHERE {MATCH} ORDER BY rowid"
_QUICK, _SLOW = 0.02, 0.05  # seconds of a piece that is made larger, smaller


class Named(NamedTuple):
    """A question for rows: its tables, its condition about ``r``, ``a`` and the like, its values.

    ``number`` is the row's number; ``order`` that of another order than by it, ``ordered`` the
    index of that order. ``few`` rows are found through an index: asked for at once. ``listing``:
    the condition makes a list of its own each time it is asked.
    """

    tables: str
    where: str
    params: tuple[Any, ...]
    number: str = "r.rank"
    order: str = ""
    few: bool = False
    ordered: str = ""
    listing: bool = False


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


def numbers(census: Census, named: Named) -> Iterator[list[int]]:
    """The numbers that a question names, piece by piece; a piece may be empty."""
    if named.ordered and not named.few:
        yield from _in_order(census, named)
    elif named.order or named.few:
        order = named.order or f"+{named.number}"
        yield from census.pieces(f"{_select(named)} ORDER BY {order}", named.params)
    else:
        yield from _by_number(census, named)


def _by_number(census: Census, named: Named) -> Iterator[list[int]]:
    """In the order of the rows."""
    if named.listing:
        yield from census.pieces(f"{_select(named)} ORDER BY {named.number}", named.params)
    elif named.where.startswith(MATCH):
        match, *params = named.params
        matched = census.pieces(_MATCHED, (match,), size=_NEAR)
        rest = named.where[len(MATCH) :].removeprefix(" AND ")
        yield from _fitting(census, Named(ROWS, rest, tuple(params)), matched) if rest else matched
    else:
        yield from _side_by_side(census, named)


def _side_by_side(census: Census, named: Named) -> Iterator[list[int]]:
    """Pieces of all rows, that are larger or smaller by the time they take."""
    sql = f"{_select(named)} AND {named.number} BETWEEN ? AND ? ORDER BY {named.number}"
    first, size = 1, FIRST
    while first <= census.count:
        started = monotonic()
        lines = census.ask(sql, (*named.params, first, first + size - 1))
        yield [number for (number,) in lines]
        first += size
        spent = monotonic() - started
        if spent < _QUICK:
            size = min(MOST, size * 2)
        elif spent > _SLOW:
            size = max(_FEWEST, size // 2)


def _in_order(census: Census, named: Named) -> Iterator[list[int]]:
    """In the order of an index: the first ones are looked for there, one after the other.

    Rows apart take long to look at where all of them are, side by side, in no time. So the rest
    is found in the order of the rows, and then told in that of the index, which holds all numbers.
    """
    walk = f"SELECT r.rank FROM repo r INDEXED BY {named.ordered} ORDER BY {named.order}"
    if named.where == "1":
        yield from census.pieces(walk)
        return
    told = 0
    if named.number == "r.rank" and not named.listing:
        begun = monotonic()
        for fits in _fitting(census, named, census.pieces(walk, size=_NEAR)):
            told += len(fits)
            yield fits
            if told >= _PAGE or monotonic() - begun > _SLOW:
                break
    wanted = bytearray(census.count + 1)
    for piece in _by_number(census, named):
        for number in piece:
            wanted[number] = 1
        yield []
    for piece in census.pieces(walk):
        fits = [number for number in piece if wanted[number]]
        skipped = min(told, len(fits))
        told -= skipped
        yield fits[skipped:]


def _fitting(census: Census, named: Named, pieces: Iterable[list[int]]) -> Iterator[list[int]]:
    """Of each piece the numbers that a question names, in their order."""
    for piece in pieces:
        sql = f"{_select(named)} AND r.rank IN ({', '.join(map(str, piece))})"
        fitting = {number for (number,) in census.ask(sql, named.params)}
        yield [number for number in piece if number in fitting]


def _select(named: Named) -> str:
    return f"SELECT {named.number} FROM {named.tables} WHERE {named.where}"
