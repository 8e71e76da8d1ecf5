"""A lock between processes beside a database: who opens the file shares it, who moves it is alone.

It lies in a file of its own: to open and close the database itself, other than through SQLite,
would drop the locks that this process holds on it.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tui.store.connection import Held

_PAUSE = 0.005  # seconds between two attempts


@contextmanager
def sharing(path: str, wait: float) -> Iterator[None]:
    """Keep ``path`` from being moved meanwhile. Raises Held after ``wait`` seconds."""
    with _locked(path, wait, alone=False):
        yield


@contextmanager
def alone(path: str, wait: float) -> Iterator[None]:
    """Keep all others from opening ``path`` meanwhile. Raises Held after ``wait`` seconds."""
    with _locked(path, wait, alone=True):
        yield


@contextmanager
def _locked(path: str, wait: float, *, alone: bool) -> Iterator[None]:
    file = _file(f"{path}.lock")
    if file is None:
        yield
        return
    try:
        _take(file, alone, time.monotonic() + wait)
        yield
    finally:
        os.close(file)


def _file(path: str) -> int | None:
    """The lock's file; None where there can be none, as where nothing can be written."""
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        try:
            return os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError:
            continue
    return None


def _take(file: int, alone: bool, end: float) -> None:
    try:
        import fcntl
    except ImportError:
        return  # Windows, where an open file cannot be moved in any case
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    while True:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise Held("another process mends this file") from None
            time.sleep(_PAUSE)
        except OSError:
            return  # a file system without such locks
        else:
            return
