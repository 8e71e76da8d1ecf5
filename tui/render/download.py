"""How far a download is, in one line: a bar, bytes, rate, time left; and file by file."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tui.render import cells
from tui.render.spans import cut
from tui.render.table import Column

_BAR = 12  # cells


class Part(Protocol):
    """One file of a download."""

    @property
    def path(self) -> str:
        """Its path in the repo."""

    @property
    def size(self) -> int | None:
        """Its bytes."""

    @property
    def whole(self) -> bool:
        """Whether it is here."""

    @property
    def done(self) -> int:
        """Bytes of it that have come, while it is on its way."""


class State(Protocol):
    """How far a download is, as the ask hands it out. Bytes, and bytes a second."""

    @property
    def id(self) -> str:
        """The repo."""

    @property
    def name(self) -> str:
        """The set in words."""

    @property
    def end(self) -> str | None:
        """How it ended; None while it runs."""

    @property
    def why(self) -> str:
        """Why it ended so."""

    @property
    def parts(self) -> Sequence[Part]:
        """Each of its files."""

    @property
    def file(self) -> str | None:
        """The file on its way."""

    @property
    def files(self) -> int:
        """How many there are to take."""

    @property
    def whole(self) -> int:
        """How many are there, complete."""

    @property
    def done(self) -> int:
        """Bytes that have come."""

    @property
    def total(self) -> int | None:
        """Bytes of all files."""

    @property
    def rate(self) -> float | None:
        """Bytes a second."""

    @property
    def left(self) -> float | None:
        """Seconds to the end."""


def progress(state: State, width: int) -> str:
    """``Q4_K_M ████▌        38 %  1.9 GB of 5.0 GB · 41 MB/s · 1m left · file 3 of 7``."""
    parts = [figures(state)]
    if state.rate and (state.left is not None or state.total is None):
        parts.append(f"{cells.size(state.rate)}/s")
    if state.left is not None:
        parts.append(f"{cells.span(state.left)} left")
    parts.append(f"file {min(state.whole + 1, state.files)} of {state.files}")
    part = share(state)
    bar = "" if part is None else f"{cells.bar(part, _BAR):<{_BAR}} {part * 100:3.0f} %  "
    return cut(f"{state.name} {bar}{' · '.join(parts)}", width)


def figures(state: State) -> str:
    """``1.9 GB of 5.0 GB``."""
    return f"{cells.size(state.done)} of {cells.size(state.total)}"


def share(state: State) -> float | None:
    """How much of it has come, 0 to 1; None where the whole is not known."""
    if state.total is None:
        return None
    return min(1.0, state.done / state.total) if state.total else 1.0


class Shown(NamedTuple):
    """One row: a download as a whole, or one of its files."""

    name: str
    came: int
    size: int | None
    says: str


def rows(state: State) -> list[Shown]:
    """A download, then each of its files."""
    whole = Shown(f"{state.id} {state.name}", state.done, state.total, state.end or _pace(state))
    return [whole, *(_row(state, part) for part in state.parts)]


def ending(state: State, width: int) -> str:
    """Of one that runs how far it is, of another why it does not, and the key that goes on."""
    if state.end is None:
        return progress(state, width)
    why = state.why.replace("the same command goes on", "D goes on")
    return why if "D goes on" in why else f"{why}; D goes on".lstrip("; ")


def _pace(state: State) -> str:
    rate = [f"{cells.size(state.rate)}/s"] if state.rate else []
    left = [] if state.left is None else [f"{cells.span(state.left)} left"]
    return " · ".join([*rate, *left]) or "begins"


def _row(state: State, part: Part) -> Shown:
    if part.whole:
        return Shown(f"  {part.path}", part.size or 0, part.size, "here")
    coming = part.path == state.file and state.end is None
    return Shown(f"  {part.path}", part.done, part.size, "coming" if coming else "waits")


def _part(row: Shown) -> str:
    if row.size is None:
        return cells.UNKNOWN
    share_ = min(1.0, row.came / row.size) if row.size else 1.0
    return f"{cells.bar(share_, 8):<8} {share_ * 100:3.0f} %"


COLUMNS = (
    Column(
        "file", "files", 20, lambda row, now: row.shown.name, right=False, elastic=True, role="id"
    ),
    Column("came", "came", 8, lambda row, now: cells.size(row.shown.came), priority=3),
    Column("size", "of", 8, lambda row, now: cells.size(row.shown.size), priority=2),
    Column("part", "how far", 14, lambda row, now: _part(row.shown), priority=1, right=False),
    Column("says", "", 18, lambda row, now: row.shown.says, right=False),
)
