"""What an ask hands out: rows and measures with their age, source and troubles."""

from typing import Any, NamedTuple

from tui.model.measure import Measure
from tui.model.problem import Problem


class Progress(NamedTuple):
    """A long question on its way: ``done`` of ``total`` steps, and seconds of waiting left."""

    done: int
    total: int | None
    what: str
    wait: float | None = None


class View(NamedTuple):
    """One answer, possibly an early one. ``rows`` are Repo for lists, one value for a page."""

    rows: tuple[Any, ...]
    source: str  # "hub", "cache", "sample" or "mixed"
    as_of: float | None  # seconds since 1970, UTC: the age of the oldest part
    query: Any = None
    measures: dict[str, Measure] | None = None
    stale: bool = False
    complete: bool = True  # all the rows that the question asked for are here
    more: bool = False  # the Hub has further rows after these
    progress: Progress | None = None
    problems: tuple[Problem, ...] = ()
    requests: tuple[str, ...] = ()
