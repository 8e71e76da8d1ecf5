"""Where one database lies, and the ways in which it is opened: to write, to read, to read still.

The file is opened and closed by SQLite alone. Closing any other descriptor of it would drop the
locks that this process holds on it (SQLite, "How To Corrupt An SQLite Database File", 2.2), and
the next process that leaves would take the log away under the living ones.
"""

import os
from errno import EACCES, EROFS
from sqlite3 import Error

from tui.store.connection import FileId, Link, file_id, needs_writing
from tui.store.lock import alone, sharing
from tui.store.mounts import on_network
from tui.store.paths import file_name, make_file, make_folder
from tui.store.schema import Plan, set_journal, upgrade

_BESIDE = ("-wal", "-shm", "-journal")


class File:
    """One database on the disk. ``plan`` says what it is made of."""

    __slots__ = ("_network", "_path", "folder", "plan")

    def __init__(self, folder: str, plan: Plan) -> None:
        self.folder = folder
        self.plan = plan
        self._network: bool | None = None
        self._path: str | None = None

    @property
    def path(self) -> str:
        """The file's path, whether it exists or not."""
        if self._path is None:
            own = self._own_path()
            per_host = self.plan.disposable and (self._on_network() or os.path.exists(own))
            self._path = own if per_host else os.path.join(self.folder, f"{self.plan.name}.db")
        return self._path

    @property
    def now(self) -> FileId | None:
        """The file that the path names now; None where there is none."""
        return file_id(self.path)

    @property
    def mine(self) -> bool:
        """Whether this user may make and move files where it lies."""
        return os.access(self.folder, os.W_OK | os.X_OK)

    def size(self) -> int:
        """Bytes on disk, the log included; 0 where there is no file."""
        return sum(_size(self.path + part) for part in ("", "-wal"))

    def writing(self, wait: float) -> Link:
        """A connection that writes; what is missing is made. Raises OSError, Error, StoreTrouble.

        Error: no sound database, or held by others for longer than ``wait`` seconds.
        """
        make_folder(self.folder)
        link, wal = self._journalled(self._made(wait))
        if not wal and self.plan.disposable and self.path != self._own_path():
            # without WAL each host is safe only in a file of its own
            link.close()
            self._path = self._own_path()
            link, _ = self._journalled(self._made(wait))
        return self._stepped(link)

    def begun(self, wait: float) -> Link:
        """A connection to a new file, for who is alone with the path. Raises as ``writing``."""
        self._make()
        link, _ = self._journalled(Link(self.path, wait))
        return self._stepped(link)

    def reading(self, wait: float) -> Link | None:
        """A connection that reads; None where nothing was written yet. Raises as ``writing``."""
        try:
            return self._read(self._opened(wait))
        except Error as error:
            # where no log can be made beside it, the file is read as it stands
            if not needs_writing(error) or self.mine:
                raise
        return self._read(Link(self.path, wait, still=True))

    def _read(self, link: Link) -> Link | None:
        try:
            # an older file that cannot be brought forward is read as far as it goes
            usable = link.still or upgrade(link, self.plan, make=False)
            link.rows("PRAGMA query_only=1")
            if link.still:
                link.rows("PRAGMA user_version")
        except BaseException:
            link.close()
            raise
        if usable:
            return link
        link.close()
        return None

    def _journalled(self, link: Link) -> tuple[Link, bool]:
        try:
            return link, set_journal(link, self.plan, wal=not self._on_network())
        except BaseException:
            link.close()
            raise

    def _stepped(self, link: Link) -> Link:
        try:
            upgrade(link, self.plan, make=True)
        except BaseException:
            link.close()
            raise
        return link

    def _made(self, wait: float) -> Link:
        if self.now is None:
            with alone(self.path, wait):
                if self.now is None:
                    self._make()
        elif not os.access(self.path, os.W_OK):
            reason = EROFS if read_only(self.path) else EACCES
            raise OSError(reason, os.strerror(reason), self.path)
        return self._opened(wait)

    def _make(self) -> None:
        # what an earlier file of this name left would be taken for this one's
        for part in _BESIDE:
            if os.path.lexists(self.path + part):
                os.unlink(self.path + part)
        make_file(self.path)

    def _opened(self, wait: float) -> Link:
        with sharing(self.path, wait):
            link = Link(self.path, wait)
            try:
                link.rows("PRAGMA user_version")  # opens the log too, while nobody moves it
            except BaseException:
                link.close()
                raise
        return link

    def _on_network(self) -> bool:
        if self._network is None:
            self._network = on_network(self.folder)
        return self._network

    def _own_path(self) -> str:
        return os.path.join(self.folder, f"{self.plan.name}-{_host()}.db")


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def read_only(path: str) -> bool:
    """Whether the file system of ``path`` takes no writes."""
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _host() -> str:
    # no socket.gethostname: that import takes longer than a whole look-up
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return file_name(name) or "host"
