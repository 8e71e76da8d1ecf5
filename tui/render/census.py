"""A census on its way, in one line."""

from typing import Protocol

from tui.render.cells import calls, span


class Told(Protocol):
    """The progress of a census, as the ask hands it out."""

    @property
    def date(self) -> str:
        """The day that it is of."""

    @property
    def phase(self) -> str:
        """The step that is under way, in one word."""

    @property
    def rows(self) -> int:
        """Rows taken."""

    @property
    def calls(self) -> int:
        """Calls made; 0 of a dump."""

    @property
    def left(self) -> int | None:
        """Calls left in the Hub's window."""

    @property
    def seconds(self) -> float | None:
        """Until all calls are made, about."""

    @property
    def wait(self) -> float | None:
        """Until the window allows the next one."""


def progress(state: Told) -> str:
    """``walk: 12,000 rows · 12 calls · 430 left in this window · about 1h to go``."""
    parts = [f"{state.phase}: {state.rows:,} rows"]
    if state.calls:  # a dump has none
        parts.append(calls(state.calls))
    if state.left is not None:
        parts.append(f"{state.left} left in this window")
    if state.wait:
        parts.append(f"waiting {span(state.wait)}")
    if state.seconds is not None:
        parts.append(f"about {span(state.seconds)} to go")
    return " · ".join(parts)


def on_its_way(state: Told, *, running: bool) -> str:
    """The line of a census that another process fetches, or fetched until it was stopped."""
    if running:
        return f"census {state.date}, {progress(state)}"
    return (
        f"census {state.date} stopped at {state.rows:,} rows; `hubscope census crawl` goes on there"
    )
