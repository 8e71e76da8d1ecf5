"""One open SQLite file: a connection, the file it was opened on, and values made safe to bind."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# PROTOCOL: too many came and went at once for a place in the log to be agreed upon
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_READ_ONLY = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})
_INTEGER_END = 2**63
_PAGES_HELD = 256  # KiB of pages in memory; the system holds what is read often

Params = Sequence[Any]
FileId = tuple[int, int]


class Held(sqlite3.OperationalError):
    """Another process has the file for itself."""


def file_id(path: str) -> FileId | None:
    """Device and number of the file at ``path``, None where there is none to be reached."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def is_damaged(error: sqlite3.Error) -> bool:
    """Say whether ``error`` means that the file is no sound database."""
    return _code(error) in _DAMAGED


def is_locked(error: sqlite3.Error) -> bool:
    """Say whether ``error`` means that another connection holds the file."""
    return isinstance(error, Held) or _code(error) in _LOCKED


def needs_writing(error: sqlite3.Error) -> bool:
    """Say whether ``error`` means that SQLite wanted to write beside the file and could not."""
    return _code(error) in _READ_ONLY


def is_garbled(error: sqlite3.Error) -> bool:
    """Say whether ``error`` means that a stored text is not UTF-8."""
    return str(error).startswith("Could not decode to UTF-8")


class Link:
    """A connection in autocommit. ``file`` tells when the path has come to name another file.

    ``still``: nothing can write the file, so it is read without log and locks.
    """

    __slots__ = ("_connection", "file", "still")

    def __init__(self, path: str, wait: float, *, still: bool = False) -> None:
        self.file = file_id(path)
        self.still = still
        self._connection = sqlite3.connect(
            _still(path) if still else path,
            timeout=wait,
            isolation_level=None,
            check_same_thread=False,
            uri=still,
        )
        with suppress(sqlite3.Error):  # of a damaged file; what reads it says so
            self._connection.execute(f"PRAGMA cache_size=-{_PAGES_HELD}")

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Run one statement and return all its rows. Raises sqlite3.Error."""
        return self._connection.execute(sql, _bound(params)).fetchall()

    def each(self, sql: str, params: Params = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of one statement, one by one, until it ends or raises sqlite3.Error."""
        yield from self._connection.execute(sql, _bound(params))

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each of ``rows``. Raises sqlite3.Error."""
        self._connection.executemany(sql, map(_bound, rows))

    def transact(self, job: Callable[["Link"], Any]) -> Any:
        """Run ``job`` as one transaction, all of it or nothing, and return what it returns.

        Raises what ``job`` raises.
        """
        try:
            self.rows("BEGIN IMMEDIATE")
            value = job(self)
            self.rows("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise
        return value

    def image(self) -> bytes:
        """The whole database as bytes."""
        return self._connection.serialize()

    def become(self, image: bytes) -> None:
        """Be the database that these bytes are, in memory. Raises sqlite3.Error."""
        self._connection.deserialize(image)

    def take_any_text(self) -> None:
        """Read text that is not UTF-8 too, with marks in place of what cannot be read."""
        self._connection.text_factory = lambda raw: raw.decode("utf-8", "replace")

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        self._connection.close()


def _still(path: str) -> str:
    for char in "%?#":  # not urllib: that import takes longer than a look-up
        path = path.replace(char, f"%{ord(char):02x}")
    return f"file:{path}?immutable=1"


def _code(error: sqlite3.Error) -> int:
    # the low byte is the primary code; an error made by Python's module has none
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _bound(params: Params) -> list[Any]:
    return [_safe(value) for value in params]


def _safe(value: Any) -> Any:
    """``value`` as SQLite takes it: text without lone surrogates, integers of 64 bits."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, int) and not -_INTEGER_END <= value < _INTEGER_END:
        return _INTEGER_END - 1 if value > 0 else -_INTEGER_END
    return value
