"""What the status files of downloads say: how far each is, and each of its files."""

import json
import os
from collections.abc import Iterable
from typing import Any, NamedTuple

from tui.hub.download import DONE, FAILED, STOPPED, runs

__all__ = [
    "DONE",
    "FAILED",
    "FOLDER",
    "STOPPED",
    "Part",
    "State",
    "killed",
    "read",
    "runs",
    "said_of",
    "statuses",
]

FOLDER = "downloads"  # in the state folder
_KILLED = "it was killed; whole files stay, the same command goes on"


class Part(NamedTuple):
    """How far one file is: ``done`` bytes of it, while it is on its way."""

    path: str
    size: int | None
    whole: bool = False
    done: int = 0


class State(NamedTuple):
    """How far a download is. Bytes; ``end`` is None while it runs."""

    kind: str
    id: str
    name: str  # the set in words
    files: int
    whole: int  # files that are on the disk, complete
    done: int  # bytes of all files, of those on the way too
    total: int | None
    file: str | None = None  # the one on the way
    end: str | None = None  # done, stopped or failed
    code: int = 0
    why: str = ""
    folder: str | None = None  # where the paths of the whole files begin
    rate: float | None = None  # bytes a second, over the last ten seconds
    parts: tuple[Part, ...] = ()

    @property
    def left(self) -> float | None:
        """Seconds to the end at this rate; None where it cannot be told, as before 1 % came."""
        if not self.rate or self.total is None or self.done * 100 < self.total:
            return None
        return max(0, self.total - self.done) / self.rate


def statuses(state_folder: str) -> tuple[str, ...]:
    """The status files of all downloads that are not forgotten, by name."""
    folder = os.path.join(state_folder, FOLDER)
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return ()
    return tuple(os.path.join(folder, name) for name in names if name.endswith(".json"))


def read(status: str) -> State | None:
    """How far the download of this status file is; None where it tells nothing."""
    fields = said_of(status)
    if "files" not in fields:
        return None
    sizes: dict[str, int | None] = fields["files"]
    whole = frozenset(fields.get("whole", ()))
    parts = tuple(
        Part(path, size, path in whole, fields.get("done", 0) if path == fields.get("file") else 0)
        for path, size in sizes.items()
    )
    return State(
        fields["kind"],
        fields["id"],
        fields["name"],
        len(sizes),
        len(whole),
        sum(sizes.get(path) or 0 for path in whole) + fields.get("done", 0),
        _sum(sizes.values()),
        fields.get("file"),
        fields.get("end"),
        fields.get("code", 0),
        fields.get("why", ""),
        fields.get("folder"),
        parts=parts,
    )


def killed(state: State) -> State:
    """The state of a download whose process vanished without a word."""
    return state._replace(end=FAILED, code=1, why=_KILLED)


def said_of(status: str) -> dict[str, Any]:
    """What a status file says; empty where it cannot be read."""
    try:
        with open(status, encoding="utf-8") as file:
            fields = json.load(file)
    except (OSError, ValueError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _sum(sizes: Iterable[int | None]) -> int | None:
    known = list(sizes)
    return None if None in known else sum(size or 0 for size in known)
