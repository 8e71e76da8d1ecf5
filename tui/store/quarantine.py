"""Setting a damaged database file aside, whole, so that a new one can take its place."""

import os
import time


def set_aside(path: str, only_newest: bool) -> str:
    """Rename ``path`` and its journal to ``<path>.damaged-<UTC time>``; return the new name.

    To be called while nobody can open it (``lock.alone``). A process that has it open goes on with
    the old file, sees that it has moved, and takes no log away. With ``only_newest`` copies set
    aside before are deleted. Raises OSError.
    """
    if only_newest:
        _forget_older(path)
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    aside = f"{path}.damaged-{stamp}"
    count = 1
    while os.path.exists(aside):
        count += 1
        aside = f"{path}.damaged-{stamp}-{count}"
    # The file goes first: what is left behind if this ends halfway is then known to be nobody's.
    # A log that stayed would be played into the file that comes next.
    for part in ("", "-wal", "-journal"):
        if os.path.exists(path + part):
            os.replace(path + part, aside + part)
    if os.path.exists(path + "-shm"):
        os.unlink(path + "-shm")
    return aside


def _forget_older(path: str) -> None:
    folder, name = os.path.split(path)
    for entry in os.listdir(folder):
        if entry.startswith(f"{name}.damaged-"):
            os.unlink(os.path.join(folder, entry))
