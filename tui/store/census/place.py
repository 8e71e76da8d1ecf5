"""Which censuses are kept, and under which names: ``DATE.db``, and ``DATE.part`` on its way."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tui.model import BadInput, StoreTrouble, clean_line, late
from tui.store.paths import make_folder

_DATE = late.pattern(r"\d{4}-\d\d-\d\d")
_BEHIND = ("", "-journal", "-wal", "-shm")


def checked(date: str) -> str:
    """``date`` unchanged where it is written as 2026-11-25. Raises BadInput for anything else."""
    if not _DATE.fullmatch(date):
        raise BadInput(f"{clean_line(date)[:40]!r} is no date; write it as 2026-11-25")
    return date


def path_of(folder: str, date: str) -> str:
    """The file of a whole census."""
    return os.path.join(folder, f"{checked(date)}.db")


def part_of(folder: str, date: str) -> str:
    """The file of rows as they arrive."""
    return os.path.join(folder, f"{checked(date)}.part")


def draft_of(folder: str, date: str) -> str:
    """The file of a census that is being made; after a kill it is begun anew."""
    return os.path.join(folder, f"{checked(date)}.new")


def dates(folder: str) -> tuple[str, ...]:
    """The dates of the whole censuses, the newest first."""
    return _named(folder, ".db")


def parts(folder: str) -> tuple[str, ...]:
    """The dates of censuses whose rows are on their way, the newest first."""
    return _named(folder, ".part")


def size(path: str) -> int:
    """Bytes on disk, those of its journals included."""
    total = 0
    for end in _BEHIND:
        with suppress(OSError):
            total += os.path.getsize(path + end)
    return total


def remove(path: str) -> None:
    """Take a file away with its journals, where it is there. Raises OSError."""
    for end in _BEHIND:
        with suppress(FileNotFoundError):
            os.unlink(path + end)


@contextmanager
def alone(folder: str) -> Iterator[None]:
    """Hold the folder's censuses for writing. Raises StoreTrouble where another process has it.

    The system lets go of it when the process ends, however it ends.
    """
    try:
        import fcntl
    except ImportError:  # not on this system: two at once would fetch some pages twice
        yield
        return
    try:
        make_folder(folder)
        lock = os.open(os.path.join(folder, ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise StoreTrouble(f"no census can be kept ({error.strerror}); check the disk") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise StoreTrouble(
            "another hubscope is at work on a census; wait for it, or end it"
        ) from None
    finally:
        os.close(lock)


def _named(folder: str, end: str) -> tuple[str, ...]:
    try:
        names = os.listdir(folder)
    except OSError:
        return ()
    stems = (name.removesuffix(end) for name in names if name.endswith(end))
    return tuple(sorted((name for name in stems if _DATE.fullmatch(name)), reverse=True))
