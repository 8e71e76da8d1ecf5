"""One database file and its troubles: reading, writing, locks, damage, a folder of no use.

Nothing here raises into a caller. A file that cannot be read reads as empty, a write that cannot
be made is dropped, and a notice says so in one line.
"""

import os
import time
from _thread import allocate_lock, get_ident
from collections.abc import Callable
from sqlite3 import Error
from typing import Any

from tui.model import StoreTrouble
from tui.store.connection import FileId, Link, Params, file_id, is_damaged, is_locked
from tui.store.mounts import on_network
from tui.store.paths import file_name, make_file, make_folder
from tui.store.quarantine import set_aside
from tui.store.schema import Plan, set_journal, upgrade
from tui.store.writer import Writer

_WAIT = 2.0  # seconds that a writer, or a reader off the loop, waits for another process
_ATTEMPTS = 3
_PAUSE = 0.02  # seconds; the switch to WAL is refused at once where a wait would do


class Database:
    """One file. Reads happen on the caller's thread, writes in the Writer's order.

    The thread that makes the Database (the event loop's) never waits in a read: a locked file
    reads as empty there, and may be asked again. On any other thread a read waits up to 2 s.
    """

    __slots__ = (
        "_far",
        "_folder",
        "_network",
        "_notice",
        "_owner",
        "_path",
        "_plan",
        "_readers",
        "_shut",
        "_writer",
        "_writing",
    )

    def __init__(
        self, folder: str, plan: Plan, writer: Writer, notice: Callable[[str], None]
    ) -> None:
        self._folder = folder
        self._plan = plan
        self._writer = writer
        self._notice = notice
        self._owner = get_ident()
        self._far = allocate_lock()  # one reader serves all threads but the owner
        self._readers: dict[bool, Link] = {}  # key: whether it is the owner's
        self._writing: Link | None = None
        self._network: bool | None = None
        self._path: str | None = None
        self._shut = False

    @property
    def path(self) -> str:
        """The file's path; the file is made by the first write."""
        if self._path is None:
            own = self._own_path()
            per_host = self._plan.disposable and (self._on_network() or os.path.exists(own))
            self._path = own if per_host else os.path.join(self._folder, f"{self._plan.name}.db")
        return self._path

    def size(self) -> int:
        """Bytes on disk, the log included; 0 where there is no file."""
        return sum(_file_size(self.path + part) for part in ("", "-wal"))

    def shut(self) -> None:
        """From here on read as empty and drop all writes, with no notice."""
        self._shut = True

    def read(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """The rows of one SELECT; none where there is no file, or it is locked or unusable."""
        if get_ident() == self._owner:
            return self._read(True, sql, params)
        with self._far:
            return self._read(False, sql, params)

    def write(self, job: Callable[[Link], object]) -> None:
        """Have ``job`` done as one transaction, in the Writer's time; all of it or nothing."""
        self._writer.put(lambda: self._perform(job))

    def close_readers(self) -> None:
        """Close what reads, but wait for no other thread's read."""
        if near := self._readers.pop(True, None):
            near.close()
        if self._far.acquire(blocking=False):
            if far := self._readers.pop(False, None):
                far.close()
            self._far.release()

    def close_writing(self) -> None:
        """Close what writes; to be called in the Writer's order."""
        if self._writing is not None:
            self._writing.close()
            self._writing = None

    def _read(self, near: bool, sql: str, params: Params) -> list[tuple[Any, ...]]:
        file = file_id(self.path)
        if self._shut or file is None:
            return []
        try:
            link = self._reader(near, file)
            return link.rows(sql, params) if link else []
        except StoreTrouble as trouble:
            self._give_up(str(trouble))
        except Error as error:
            if not is_locked(error):
                self._reading_failed(near, file, error)
        return []

    def _reader(self, near: bool, file: FileId) -> Link | None:
        link = self._readers.get(near)
        if link is not None and link.file == file:
            return link
        if link is not None:
            del self._readers[near]
            link.close()
        link = Link(self.path, 0 if near else _WAIT)
        try:
            usable = upgrade(link, self._plan, make=False)
            link.rows("PRAGMA query_only=1")
        except BaseException:
            link.close()
            raise
        if not usable:
            link.close()
            return None
        self._readers[near] = link
        return link

    def _reading_failed(self, near: bool, file: FileId, error: Error) -> None:
        if link := self._readers.pop(near, None):
            link.close()
        if is_damaged(error):
            self._writer.put(lambda: self._replace(file))
        else:
            self._notice(f"{self._plan.title} cannot be read ({error}); going on without it")

    def _perform(self, job: Callable[[Link], object]) -> None:
        for attempt in range(_ATTEMPTS):
            if self._shut:
                return
            try:
                self._open_writing().transact(job)
                return
            except StoreTrouble as trouble:
                self._give_up(str(trouble))
            except OSError as error:
                self._not_writable(error.strerror or str(error))
                return
            except Error as error:
                if not self._mended(error, attempt):
                    return
        self._notice(
            f"{self._plan.title} is held by another process and the latest was not kept; "
            "close the other one"
        )

    def _mended(self, error: Error, attempt: int) -> bool:
        """Say whether another attempt makes sense, after doing what it needs."""
        file = self._writing.file if self._writing else None
        self.close_writing()
        if is_damaged(error):
            self._replace(file)
            return True
        if is_locked(error):
            time.sleep(_PAUSE * (attempt + 1))
            return True
        self._not_writable(str(error))
        return False

    def _open_writing(self) -> Link:
        if self._writing is not None and self._writing.file == file_id(self.path):
            return self._writing
        self.close_writing()
        make_folder(self._folder)
        link = self._make()
        wal = set_journal(link, self._plan, wal=not self._on_network())
        if not wal and self._plan.disposable and self.path != self._own_path():
            # without WAL each host is safe only in a file of its own
            self.close_writing()
            self._path = self._own_path()
            link = self._make()
            set_journal(link, self._plan, wal=False)
        upgrade(link, self._plan, make=True)
        return link

    def _make(self) -> Link:
        make_file(self.path)
        # kept before it is known to be sound: what fails from here on names this file
        self._writing = link = Link(self.path, _WAIT)
        return link

    def _replace(self, file: FileId | None) -> None:
        """Set the damaged ``file`` aside, unless the path names another one by now."""
        self.close_writing()
        if file is None or file_id(self.path) != file:
            return
        title = self._plan.title
        try:
            aside = set_aside(self.path, only_newest=self._plan.disposable)
        except OSError as error:
            self._give_up(
                f"{title} is damaged and cannot be set aside ({error.strerror}); "
                f"move {self.path} away"
            )
        else:
            self._notice(f"{title} was damaged and is begun anew; the old file is kept as {aside}")

    def _not_writable(self, reason: str) -> None:
        # the same line for each database, so that one trouble is told once
        self._notice(f"the store cannot be written ({reason}); going on, nothing new is kept")

    def _give_up(self, line: str) -> None:
        self.shut()
        self._notice(line)

    def _on_network(self) -> bool:
        if self._network is None:
            self._network = on_network(self._folder)
        return self._network

    def _own_path(self) -> str:
        return os.path.join(self._folder, f"{self._plan.name}-{_host()}.db")


def _file_size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def _host() -> str:
    # no socket.gethostname: that import takes longer than a whole look-up
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return file_name(name) or "host"
