"""One database file and its troubles: reading, writing, locks, damage, a folder of no use.

Nothing here raises into a caller. A file that cannot be read reads as empty, a write that cannot
be made is dropped, and a notice, or the write's receipt, says so in one line.
"""

import time
from _thread import allocate_lock, get_ident
from collections.abc import Callable
from sqlite3 import Error
from typing import TYPE_CHECKING, Any

from tui.model import StoreTrouble
from tui.store.connection import FileId, Link, Params, is_damaged, is_garbled, is_locked
from tui.store.file import File
from tui.store.schema import Plan
from tui.store.writer import Writer

if TYPE_CHECKING:
    from tui.store.receipt import Receipt

WAIT = 2.0  # seconds that a writer, or a reader off the loop, waits for another process
_PATIENCE = 3  # times that long until a write is given up
_PAUSE = 0.02  # seconds; the switch to WAL is refused at once where a wait would do
_OFTEN = 4  # times that a file may prove damaged, or moved, under one write


class Database:
    """One file. Reads happen on the caller's thread, writes in the Writer's order.

    The thread that makes the Database (the event loop's) never waits in a read: a locked file
    reads as empty there, and may be asked again. On any other thread a read waits up to 2 s.
    """

    __slots__ = (
        "_file",
        "_guards",
        "_notice",
        "_owner",
        "_readers",
        "_shut",
        "_suspect",
        "_writer",
        "_writing",
        "dropped",
    )

    def __init__(
        self, folder: str, plan: Plan, writer: Writer, notice: Callable[[str], None]
    ) -> None:
        self._file = File(folder, plan)
        self._writer = writer
        self._notice = notice
        self._owner = get_ident()
        # One reader for the owner, one for all other threads; key: whether it is the owner's. Its
        # guard is held while it is used.
        self._readers: dict[bool, Link] = {}
        self._guards = {near: allocate_lock() for near in (True, False)}
        self._writing: Link | None = None
        self._suspect: FileId | None = None
        self._shut: str | None = None  # the line that says why
        self.dropped: str | None = None  # why the latest write without a receipt was not made

    @property
    def path(self) -> str:
        """The file's path; the file is made by the first write."""
        return self._file.path

    def size(self) -> int:
        """Bytes on disk, the log included; 0 where there is no file."""
        return self._file.size()

    def shut(self) -> None:
        """From here on read as empty and drop all writes, with no notice."""
        self._shut = "nothing is kept in this session"

    def read(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """The rows of one SELECT; none where there is no file, or it is locked or unusable."""
        near, file = get_ident() == self._owner, self._file.now
        if self._shut is not None or file is None:
            return []
        try:
            return self._rows(near, file, sql, params)
        except StoreTrouble as trouble:
            self._give_up(str(trouble))
        except Error as error:
            if is_damaged(error) and self._file.mine:
                self._writer.put(lambda: self._replace(file))
            elif not is_locked(error):
                self._notice(f"{self._title} cannot be read ({error}); going on without it")
        return []

    def write(self, job: Callable[[Link], object]) -> None:
        """Have ``job`` done as one transaction, in the Writer's time; all of it or nothing.

        A notice tells where it could not be.
        """

        def task() -> None:
            self.dropped = self._shut or self.dropped
            if self._shut is None:
                try:
                    self._perform(job)
                except StoreTrouble as trouble:
                    self.dropped = str(trouble)
                    self._notice(self.dropped)

        self._writer.put(task)

    def keep(self, job: Callable[[Link], object]) -> "Receipt":
        """As ``write``, with a receipt: it tells what ``job`` returned once that is committed.

        Where it could not be done the receipt tells why, and no notice does. ``job`` may be done
        again where the file moved meanwhile.
        """
        from tui.store.receipt import Receipt

        receipt = Receipt()

        def task() -> None:
            try:
                if self._shut is not None:
                    raise StoreTrouble(self._shut)
                receipt.settle(self._perform(job))
            except StoreTrouble as trouble:
                receipt.settle(trouble=str(trouble))
            except Exception as error:
                receipt.settle(trouble=f"the write failed ({error}); try again")

        self._writer.put(task, receipt)
        return receipt

    def close_readers(self) -> None:
        """Close what reads, but wait for no other thread's read."""
        for near, guard in self._guards.items():
            if guard.acquire(blocking=False):
                self._close_reader(near)
                guard.release()

    def close_writing(self) -> None:
        """Close what writes; to be called in the Writer's order."""
        if self._writing is not None:
            self._writing.close()
            self._writing = None

    def _rows(self, near: bool, file: FileId, sql: str, params: Params) -> list[tuple[Any, ...]]:
        guard = self._guards[near]
        # the owner's is taken only while a damaged file is replaced, and then there is nothing
        if not guard.acquire(blocking=not near):
            return []
        try:
            link = self._reader(near, file)
            return _read(link, sql, params) if link else []
        except Error as error:
            if not is_locked(error):
                self._close_reader(near)
            raise
        finally:
            guard.release()

    def _reader(self, near: bool, file: FileId) -> Link | None:
        link = self._readers.get(near)
        if link is not None and link.file == file:
            return link
        self._close_reader(near)
        link = self._file.reading(0 if near else WAIT)
        if link is not None:
            self._readers[near] = link
        return link

    def _close_reader(self, near: bool) -> None:
        if link := self._readers.pop(near, None):
            link.close()

    def _perform(self, job: Callable[[Link], Any]) -> Any:
        """Do it, and return what it returns once that is committed. Raises StoreTrouble."""
        end, often = time.monotonic() + _PATIENCE * WAIT, 0
        while often < _OFTEN:
            try:
                link = self._open_writing()
                value = link.transact(job)
            except OSError as error:
                raise _not_writable(error.strerror or str(error)) from None
            except Error as error:
                often += is_damaged(error)
                self._mend(error, end)
            else:
                if link.file == self._file.now:
                    return value
                often += 1  # what was written went aside with the file, or is gone
        raise StoreTrouble(f"{self._title} does not stay whole; look at the disk of {self.path}")

    def _mend(self, error: Error, end: float) -> None:
        """Do what another attempt needs. Raises StoreTrouble where none makes sense."""
        file = self._writing.file if self._writing else self._file.now
        self.close_writing()
        if is_damaged(error):
            self._replace(file)
            if self._shut is not None:
                raise StoreTrouble(self._shut)
        elif not is_locked(error):
            raise _not_writable(str(error))
        elif time.monotonic() >= end:
            raise StoreTrouble(
                f"{self._title} is held by another process and the latest was not kept; "
                "close the other one"
            )
        else:
            time.sleep(_PAUSE)

    def _open_writing(self) -> Link:
        if self._writing is None or self._writing.file != self._file.now:
            self.close_writing()
            try:
                self._writing = self._file.writing(WAIT)
            except StoreTrouble as trouble:
                self._give_up(str(trouble))
                raise
        return self._writing

    def _replace(self, file: FileId | None) -> None:
        """Set the damaged ``file`` aside, unless the path names another one by now."""
        from tui.store.damage import replace

        self.close_writing()
        if file is None or self._shut is not None:
            return
        for guard in self._guards.values():
            guard.acquire()
        try:
            for near in self._guards:
                self._close_reader(near)
            again = file == self._suspect
            line = replace(self._file, file, WAIT, certain=again and self._file.plan.disposable)
        except StoreTrouble as trouble:
            self._give_up(str(trouble))
        else:
            self._suspect = file
            if line:
                self._notice(line)
            elif again and file == self._file.now:
                self._notice(f"{self._title} cannot be read in part; going on without it")
        finally:
            for guard in self._guards.values():
                guard.release()

    def _give_up(self, line: str) -> None:
        self._shut = line
        self._notice(line)

    @property
    def _title(self) -> str:
        return self._file.plan.title


def _read(link: Link, sql: str, params: Params) -> list[tuple[Any, ...]]:
    try:
        return link.rows(sql, params)
    except Error as error:
        if not is_garbled(error):
            raise
    link.take_any_text()  # slower, so only where one text of the file needs it
    return link.rows(sql, params)


def _not_writable(reason: str) -> StoreTrouble:
    # the same line for each database, so that one trouble is told once
    return StoreTrouble(f"the store cannot be written ({reason}); going on, nothing new is kept")
