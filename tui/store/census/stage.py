"""Rows of a census as they arrive, and where the walk stands: a page is kept whole or not.

The file outlives a kill at any moment. A row that comes again stands for the earlier one; the last
one counts when the census is made.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from functools import lru_cache
from typing import Any

from tui.model import Repo, StoreTrouble
from tui.store.census.bases import bases_text
from tui.store.census.tables import RAW, STAGE
from tui.store.paths import make_file, make_folder

EPOCH = date(1970, 1, 1).toordinal()
_INTO = f"INSERT INTO raw ({', '.join(RAW)}) VALUES ({', '.join('?' * len(RAW))})"
Values = tuple[Any, ...]


class Stage:
    """The file at ``path``, made where it is not there. Raises StoreTrouble."""

    __slots__ = ("_link", "path")

    def __init__(self, path: str) -> None:
        import os

        self.path = path
        with troubles(path):
            make_folder(os.path.dirname(path))
            make_file(path)
            self._link = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._link.execute("PRAGMA journal_mode=TRUNCATE")
            self._link.execute("PRAGMA synchronous=NORMAL")
            for statement in STAGE:
                self._link.execute(statement)

    def state(self) -> dict[str, Any]:
        """What ``add`` was last told; empty at the beginning."""
        with troubles(self.path):
            return {
                key: json.loads(value)
                for key, value in self._link.execute("SELECT key, value FROM state")
            }

    def add(self, rows: Iterable[Repo], state: Mapping[str, Any]) -> None:
        """Keep a page's rows and, in the same breath, where the walk stands after it."""
        with troubles(self.path), self._transaction():
            self._link.executemany(_INTO, map(values, rows))
            self._say(state)

    def take_over(self, path: str) -> None:
        """Begin with the rows of the whole census at ``path``, once."""
        with troubles(self.path):
            self._link.execute("ATTACH ? AS old", (path,))
            try:
                with self._transaction():
                    self._link.execute("DELETE FROM raw")
                    self._link.execute(_TAKE_OVER)
                    self._say({"taken": True})
            finally:
                self._link.execute("DETACH old")

    def count(self) -> int:
        """Rows kept, those that came again included."""
        with troubles(self.path):
            ((rows,),) = self._link.execute("SELECT COUNT(*) FROM raw").fetchall()
        return int(rows)

    def close(self) -> None:
        """Close the file."""
        self._link.close()

    def _say(self, state: Mapping[str, Any]) -> None:
        self._link.executemany(
            "INSERT OR REPLACE INTO state VALUES (?, ?)",
            [(key, json.dumps(value)) for key, value in state.items()],
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._link.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._link.rollback()
            raise
        self._link.execute("COMMIT")


@contextmanager
def troubles(path: str) -> Iterator[None]:
    """Turn what the disk or SQLite refuses into one line."""
    try:
        yield
    except (sqlite3.Error, ValueError) as error:  # a value that damage has made no JSON
        raise StoreTrouble(
            f"the census at {path} cannot be used ({error}); check the disk, or remove the file"
        ) from None
    except OSError as error:
        raise StoreTrouble(
            f"the census at {path} cannot be kept ({error.strerror}); check the disk"
        ) from None


def values(repo: Repo) -> Values:
    """A row as the stage keeps it."""
    return (
        repo.id,
        repo.hub_id,
        repo.task,
        repo.library,
        repo.license,
        None if repo.gated is None else str(repo.gated).lower(),
        repo.downloads,
        repo.downloads_all_time,
        repo.likes,
        repo.trending_score,
        moment(repo.created_at),
        moment(repo.last_modified),
        repo.params,
        bases_text(repo),
    )


def moment(text: str | None) -> int | None:
    """An ISO 8601 time in UTC as milliseconds since 1970."""
    if not text:
        return None
    try:
        at = time.fromisoformat(text[11:])
        return (
            _day(text[:10])
            + ((at.hour * 60 + at.minute) * 60 + at.second) * 1000
            + at.microsecond // 1000
        )
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _day(text: str) -> int:
    """The first moment of a day: days are few, rows are many. Raises ValueError."""
    return (date.fromisoformat(text).toordinal() - EPOCH) * 86_400_000


_TAKE_OVER = """
INSERT INTO raw (id, hub_id, task, library, license, gated, downloads, all_time, likes, trending,
    created, modified, params, bases)
SELECT CASE WHEN a.name = '' THEN r.name ELSE a.name || '/' || r.name END,
    NULLIF(lower(hex(r.hub_id)), ''),
    t.text, l.text, c.text, g.text, r.downloads, r.all_time, r.likes, r.trending, r.created,
    r.modified, r.params, r.bases
FROM old.repo r JOIN old.author a ON a.id = r.author
    LEFT JOIN old.word t ON t.id = r.task LEFT JOIN old.word l ON l.id = r.library
    LEFT JOIN old.word c ON c.id = r.license LEFT JOIN old.word g ON g.id = r.gated
ORDER BY r.rank
"""
