"""What an ask hands out: rows and measures with their age, source and troubles."""

from typing import Any, NamedTuple

from tui.model.measure import Measure
from tui.model.problem import Problem
from tui.model.repo import Repo


class Row(NamedTuple):
    """One repo in a list: its place, where it comes from, and how its place has changed."""

    rank: int | None
    repo: Repo
    origin: str = "??"  # ISO country codes joined by "+", "ZZ" no single country, "??" not known
    move: int | str | None = None  # positive = risen, "new", None = no comparable look before
    here: bool = False  # files of it lie in the Hugging Face cache on this machine


class Progress(NamedTuple):
    """A long question on its way: ``done`` of ``total`` steps, and seconds of waiting left."""

    done: int
    total: int | None
    what: str
    wait: float | None = None


class View(NamedTuple):
    """One answer, possibly an early one. ``rows`` are Row for lists, one value for a page."""

    rows: tuple[Any, ...]
    source: str  # "hub", "cache", "sample" or "mixed"
    as_of: float | None  # seconds since 1970, UTC: the age of the oldest part
    query: Any = None
    measures: dict[str, Measure] | None = None
    stale: bool = False
    complete: bool = True  # all the rows that the question asked for are here
    more: bool = False  # the Hub has further rows behind the ones looked through
    looked: int | None = None  # rows of the Hub's list that were looked through
    progress: Progress | None = None
    problems: tuple[Problem, ...] = ()
    requests: tuple[str, ...] = ()
    baseline: float | None = None  # when the look was taken that moves are counted from
    read: Any = None  # what the ask that made this view needs to go on; nobody else's business
