"""The store as one value: three files, one writer, and what went wrong."""

import os
from typing import TYPE_CHECKING

from tui.model import StoreTrouble
from tui.store.answers import CAP_BYTES
from tui.store.cache import Cache
from tui.store.connection import file_id
from tui.store.database import Database
from tui.store.migrations import CACHE, HISTORY, LIBRARY
from tui.store.paths import Home, file_name
from tui.store.schema import Plan
from tui.store.writer import Writer

if TYPE_CHECKING:
    from types import TracebackType

    from tui.store.history import History
    from tui.store.library import Library

HUB = "https://huggingface.co"
_HOLDS = (
    "answers of the Hub, can be fetched again",
    "bookmarks, saved queries, recent, session, jobs",
    "dated snapshots and figures",
)
_LEAVE = 0.2  # seconds that leaving may wait for the disk
_OWED = 6.0  # seconds more where somebody asked for it to be kept


class Store:
    """What is kept on disk. Nothing is opened or made before it is read or written.

    Nothing raises for the disk's sake: what cannot be read is empty, what cannot be written is
    dropped, and ``notices`` says so, each trouble once, as the line of a StoreTrouble.

    To be made on the thread that must not wait (the event loop's). With ``sync`` writes happen
    before they return; without, a read sees them after ``flush``.
    """

    __slots__ = (
        "_history", "_library", "_writer", "cache", "census_folder", "databases", "notices",
    )  # fmt: skip

    def __init__(
        self,
        home: Home,
        cache_plan: Plan = CACHE,
        *,
        sync: bool = False,
        cap_bytes: int = CAP_BYTES,
    ) -> None:
        self.notices: list[str] = []
        self.census_folder = os.path.join(home.data, f"census{cache_plan.name[len(CACHE.name) :]}")
        self._writer = Writer(self._notice, sync)
        cache = Database(home.cache, cache_plan, self._writer, self._notice)
        library = Database(home.data, LIBRARY, self._writer, self._notice)
        history = Database(home.data, HISTORY, self._writer, self._notice)
        self.databases = (cache, library, history)
        self.cache = Cache(cache, cap_bytes)
        self._library: Library | None = None
        self._history: History | None = None

    @classmethod
    def open(
        cls, home: Home, endpoint: str = HUB, *, sync: bool = False, cap_bytes: int = CAP_BYTES
    ) -> "Store":
        """The store for what ``endpoint`` answers: each has a cache of its own.

        The cache is kept below ``cap_bytes``.
        """
        host = endpoint.rstrip("/").partition("://")[2]
        name = "cache" if endpoint.rstrip("/") == HUB else f"cache@{file_name(host)}"
        return cls(home, CACHE._replace(name=name), sync=sync, cap_bytes=cap_bytes)

    @classmethod
    def without_cache(cls, home: Home, *, sync: bool = False) -> "Store":
        """A store whose cache is empty and stays so; library and history are the same."""
        store = cls(home, sync=sync)
        store.databases[0].shut()
        return store

    @property
    def keeps_census(self) -> bool:
        """Say whether a folder for censuses has been made."""
        return os.path.isdir(self.census_folder)

    @property
    def library(self) -> "Library":
        """Bookmarks, saved queries, recent, session and jobs."""
        if self._library is None:
            from tui.store.library import Library

            self._library = Library(self.databases[1])
        return self._library

    @property
    def history(self) -> "History":
        """Dated snapshots and points."""
        if self._history is None:
            from tui.store.history import History

            self._history = History(self.databases[2])
        return self._history

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: "TracebackType | None",
    ) -> None:
        self.close()

    def files(self) -> tuple[tuple[str, int, str], ...]:
        """Path, bytes on disk (0: not made yet) and contents in words, of each file."""
        return tuple(
            (database.path, database.size(), holds)
            for database, holds in zip(self.databases, _HOLDS)
        )

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait at most ``timeout`` seconds until all is written; say whether it is."""
        return self._writer.flush(timeout)

    def close(self) -> tuple[str, ...]:
        """Write what is left, but wait no longer than 0.2 s; later writes are dropped.

        What somebody asked to be kept is waited for longer. Returns a line for each of those
        that was not kept and where nobody has heard so.
        """
        for database in self.databases:
            database.close_readers()
        last = (database.close_writing for database in self.databases)
        self._writer.close(_LEAVE, *last, patience=_OWED)
        return self._writer.unheard()

    def confirm(self) -> None:
        """Wait until all is written. Raises StoreTrouble where some of it was not."""
        if not self.flush():
            raise StoreTrouble("the disk does not answer, so it is not known to be kept; try again")
        for database in self.databases:
            if database.dropped is not None:
                raise StoreTrouble(database.dropped)

    def is_own(self, path: str) -> bool:
        """Whether ``path`` names one of the store's files: those only SQLite may open."""
        file = file_id(path)
        names = [
            database.path + part for database in self.databases for part in ("", "-wal", "-shm")
        ]
        return file is not None and file in map(file_id, names)

    def _notice(self, line: str) -> None:
        if line not in self.notices:
            self.notices.append(line)
