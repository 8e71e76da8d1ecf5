"""One open SQLite file: a connection, the file it was opened on, and values made safe to bind."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_INTEGER_END = 2**63

Params = Sequence[Any]
FileId = tuple[int, int]


def file_id(path: str) -> FileId | None:
    """Device and number of the file at ``path``, None where there is none to be reached."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_damaged(error: sqlite3.Error) -> bool:
    """Say whether ``error`` means that the file is no sound database."""
    return _code(error) in _DAMAGED


def is_locked(error: sqlite3.Error) -> bool:
    """Say whether ``error`` means that another connection holds the file."""
    return _code(error) in _LOCKED


class Link:
    """A connection in autocommit. ``file`` tells when the path has come to name another file."""

    __slots__ = ("_connection", "file")

    def __init__(self, path: str, wait: float) -> None:
        self.file = file_id(path)
        self._connection = sqlite3.connect(
            path, timeout=wait, isolation_level=None, check_same_thread=False
        )

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Run one statement and return all its rows. Raises sqlite3.Error."""
        return self._connection.execute(sql, _bound(params)).fetchall()

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for each of ``rows``. Raises sqlite3.Error."""
        self._connection.executemany(sql, map(_bound, rows))

    def transact(self, job: Callable[["Link"], object]) -> None:
        """Run ``job`` as one transaction: all of it or nothing. Raises what ``job`` raises."""
        try:
            self.rows("BEGIN IMMEDIATE")
            job(self)
            self.rows("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        self._connection.close()


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
