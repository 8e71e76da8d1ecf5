"""How far a download is, in one line: a bar, bytes, rate, time left, files."""

from typing import Protocol

from tui.render import cells
from tui.render.spans import cut

_BAR = 12  # cells


class State(Protocol):
    """How far a download is, as the ask hands it out. Bytes, and bytes a second."""

    @property
    def name(self) -> str:
        """The set in words."""

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
