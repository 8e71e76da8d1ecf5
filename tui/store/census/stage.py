"""Rows of a census as they arrive, and where the walk stands: a page is kept whole or not.

The file outlives a kill at any moment. A row that comes again stands for the earlier one; the last
one counts when the census is made.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from tui.model import Repo, StoreTrouble
from tui.store.census.bases import bases_text
from tui.store.census.tables import RAW, STAGE, VERSION
from tui.store.paths import make_file, make_folder

EPOCH = date(1970, 1, 1).toordinal()
_INTO = f"INSERT INTO raw ({', '.join(RAW)}) VALUES ({', '.join('?' * len(RAW))})"
_GATED = {False: "false", True: "true", "auto": "auto", "manual": "manual"}
Values = tuple[Any, ...]


class Stage:
    """The file at ``path``, made where it is not there. Raises StoreTrouble."""

    __slots__ = ("_link", "_texts", "path")

    def __init__(self, path: str) -> None:
        import os

        self.path = path
        with troubles(path):
            make_folder(os.path.dirname(path))
            make_file(path)
            self._link = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._link.execute("PRAGMA journal_mode=TRUNCATE")
            self._link.execute("PRAGMA synchronous=NORMAL")
            self._begin()
        self._texts: dict[str, int] | None = None

    def _begin(self) -> None:
        """Make the tables. Raises StoreTrouble for rows that another version left."""
        ((version,),) = self._link.execute("PRAGMA user_version")
        ((tables,),) = self._link.execute("SELECT COUNT(*) FROM sqlite_master")
        if tables and version != VERSION:
            self._link.close()
            raise StoreTrouble(
                f"the rows on their way in {self.path} are of another version of hubscope;"
                " remove them with `hubscope census remove`, and fetch them anew"
            )
        self._link.execute(f"PRAGMA user_version={VERSION}")
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
            known = self._known()
            before = len(known)
            taken = [values(row, known) for row in rows]
            fresh = list(known.items())[before:]
            self._link.executemany("INSERT INTO text (text, id) VALUES (?, ?)", fresh)
            self._link.executemany(_INTO, taken)
            self._say(state)

    def _known(self) -> dict[str, int]:
        """The numbers of the texts, from 1 on without a gap."""
        if self._texts is None:
            lines = self._link.execute("SELECT text, id FROM text ORDER BY id")
            self._texts = dict(lines.fetchall())
        return self._texts

    def take_over(self, path: str) -> None:
        """Begin with the rows of the whole census at ``path``, once."""
        with troubles(self.path):
            self._link.execute("ATTACH ? AS old", (path,))
            try:
                with self._transaction("BEGIN"):  # the old file is read: a list may be open on it
                    for sql in _TAKE_OVER:
                        self._link.execute(sql)
                    self._texts = None
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
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        self._link.execute(begin)
        try:
            yield
        except BaseException:
            self._texts = None
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


def values(repo: Repo, known: dict[str, int]) -> Values:
    """A row as the stage keeps it; texts that are not ``known`` get the next numbers there."""

    texts = (repo.task, repo.library, repo.license, _GATED.get(repo.gated))
    task, library, license_, gated = [
        None if text is None else known.get(text) or known.setdefault(text, len(known) + 1)
        for text in texts
    ]
    author, _, name = repo.id.rpartition("/")
    return (
        author,
        name,
        _digits(repo.hub_id),
        task,
        library,
        license_,
        gated,
        repo.downloads,
        repo.downloads_all_time,
        repo.likes,
        repo.trending_score,
        moment(repo.created_at),
        moment(repo.last_modified),
        repo.params,
        bases_text(repo),
    )


def _digits(text: str | None) -> bytes | None:
    """The bytes behind hex digits; None of an odd number of them."""
    return bytes.fromhex(text) if text and len(text) % 2 == 0 else None


def moment(text: str | None) -> int | None:
    """An ISO 8601 time in UTC as milliseconds since 1970."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    minutes = ((at.toordinal() - EPOCH) * 24 + at.hour) * 60 + at.minute
    return (minutes * 60 + at.second) * 1000 + at.microsecond // 1000


_TAKE_OVER = (
    "DELETE FROM raw",
    "DELETE FROM text",
    "INSERT INTO text SELECT id, text FROM old.word ORDER BY id",
    f"INSERT INTO raw ({', '.join(RAW)})"
    f" SELECT a.name, {', '.join(f'r.{name}' for name in RAW[1:])}"
    " FROM old.repo r JOIN old.author a ON a.id = r.author ORDER BY r.rank",
)
