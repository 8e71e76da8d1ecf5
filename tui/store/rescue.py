"""What can still be read of a damaged database, row by row, carried over into a new one."""

from collections.abc import Iterator
from sqlite3 import Error
from typing import Any, NamedTuple

from tui.store.connection import Link
from tui.store.schema import Plan, upgrade

_WAIT = 2.0  # seconds
_LARGEST = 512 * 1024 * 1024  # bytes of a file that is looked through without its first page
_LOOKS = 4000  # statements for one table, so that a ruin has an end
_ENDS = (-(2**63), 2**63 - 1)
_TYPES: dict[str, tuple[type, ...]] = {
    "TEXT": (str,),
    "REAL": (int, float),
    "INTEGER": (int,),
    "BLOB": (bytes,),
}
_MEMORY = ":memory:"

Row = tuple[Any, ...]


class _Table(NamedTuple):
    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    order: tuple[str, ...]  # the columns in whose order it lies in the file
    counted: bool  # whether the first of them holds integers


def carry_over(damaged: str, fresh: Link, plan: Plan) -> int:
    """Put each row that can be read of the file at ``damaged`` into ``fresh``; say how many.

    ``fresh`` has the tables of ``plan``. No connection of this process may have ``damaged`` open.
    Raises sqlite3.Error where ``fresh`` cannot be written.
    """
    ruin = _opened(damaged, plan)
    if ruin is None:
        return 0
    try:
        return int(
            fresh.transact(lambda link: sum(_copy(ruin, link, table) for table in _tables(link)))
        )
    finally:
        ruin.close()


def _opened(damaged: str, plan: Plan) -> Link | None:
    """The damaged file, or what it would be with its first page, which names all others, whole."""
    ruin = Link(damaged, _WAIT)
    ruin.take_any_text()
    try:
        if ruin.rows("SELECT 1 FROM sqlite_master LIMIT 1"):
            return ruin
    except Error:
        pass
    ruin.close()
    return _grafted(damaged, plan)


def _grafted(damaged: str, plan: Plan) -> Link | None:
    """The file in memory under the first page of a new one.

    With auto_vacuum the roots of the tables lie in a row at the front, in the order in which they
    were made; so the first page of a new file leads to them.
    """
    first = _first_page(plan)
    with open(damaged, "rb") as file:
        body = file.read(_LARGEST)
    pages = len(body) // len(first)
    if pages < 2:
        return None
    head = bytearray(first)
    head[18:20] = b"\x01\x01"  # no log
    head[28:32] = pages.to_bytes(4, "big")
    head[92:96] = head[24:28]  # the count of pages is of this change
    ruin = Link(_MEMORY, _WAIT)
    ruin.take_any_text()
    try:
        ruin.become(bytes(head) + body[len(first) : pages * len(first)])
    except Error:
        ruin.close()
        return None
    return ruin


def _first_page(plan: Plan) -> bytes:
    link = Link(_MEMORY, _WAIT)
    try:
        link.rows("PRAGMA auto_vacuum=FULL")
        upgrade(link, plan, make=True)
        ((size,),) = link.rows("PRAGMA page_size")
        return link.image()[:size]
    finally:
        link.close()


def _tables(link: Link) -> list[_Table]:
    tables = link.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    return [_table(link, name, sql) for name, sql in tables]


def _table(link: Link, name: str, sql: str) -> _Table:
    columns = link.rows(f"PRAGMA table_info({name})")
    keys = sorted((row for row in columns if row[5]), key=lambda row: row[5])
    names, types = (tuple(row[column] for row in columns) for column in (1, 2))
    if "WITHOUT ROWID" in sql:
        return _Table(name, names, types, tuple(row[1] for row in keys), keys[0][2] == "INTEGER")
    return _Table(name, names, types, ("rowid",), True)


def _copy(ruin: Link, fresh: Link, table: _Table) -> int:
    """Copy the rows of one table; say how many."""
    try:
        held = {row[1] for row in ruin.rows(f"PRAGMA table_info({table.name})")}
    except Error:
        return 0
    both = [pair for pair in zip(table.columns, table.types) if pair[0] in held]
    if not both:
        return 0
    table = table._replace(
        columns=tuple(name for name, _ in both), types=tuple(kind for _, kind in both)
    )
    rows = list(dict.fromkeys(row[1:] for row in _readable(ruin, table) if _fits(row[1:], table)))
    names, marks = ", ".join(table.columns), ", ".join("?" * len(table.columns))
    fresh.many(f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})", rows)
    return len(rows)


def _fits(row: Row, table: _Table) -> bool:
    """Say whether each value is of its column's type: what is not comes from damage."""
    return all(
        value is None or isinstance(value, _TYPES[kind]) for value, kind in zip(row, table.types)
    )


def _readable(ruin: Link, table: _Table) -> Iterator[Row]:
    """The rows, each behind the first of its keys: from both ends up to what is damaged.

    Where the keys are integers, what lies between is looked at half by half.
    """
    waiting, looks = [_ENDS], 0
    while waiting and looks < _LOOKS:
        low, high = waiting.pop()
        looks += 2
        up = _Run(ruin, table, low, high, "ASC")
        yield from up
        if up.ended:
            continue
        down = _Run(ruin, table, low, high, "DESC")
        yield from down
        if table.counted:
            low = low if up.last is None else up.last + 1
            high = high if down.last is None else down.last - 1
            middle = (low + high) // 2
            waiting += [(low, middle), (middle + 1, high)] if low < high else []


class _Run:
    """The rows of a range in one direction; ``ended`` says whether nothing stood in the way."""

    def __init__(self, ruin: Link, table: _Table, low: int, high: int, direction: str) -> None:
        order = ", ".join(f"{column} {direction}" for column in table.order)
        self._sql = f"SELECT {table.order[0]}, {', '.join(table.columns)} FROM {table.name}"
        self._bounds: tuple[int, ...] = ()
        if table.counted:
            self._sql += f" WHERE {table.order[0]} BETWEEN ? AND ?"
            self._bounds = (low, high)
        self._sql += f" ORDER BY {order}"
        self._ruin = ruin
        self.ended = False
        self.last: Any = None  # the first key of the row that came last

    def __iter__(self) -> Iterator[Row]:
        try:
            for row in self._ruin.each(self._sql, self._bounds):
                self.last = row[0]
                yield row
        except Error:
            return
        self.ended = True
