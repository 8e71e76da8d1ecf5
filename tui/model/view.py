"""What an ask hands out: rows and measures with their age, source and troubles."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

from tui.model.measure import Measure
from tui.model.problem import Problem
from tui.model.repo import Repo

if TYPE_CHECKING:
    from typing_extensions import TypeVar  # which knows defaults before Python 3.13

    T_co = TypeVar("T_co", covariant=True, default=Any)
    U = TypeVar("U")
else:
    from typing import TypeVar

    T_co, U = TypeVar("T_co", covariant=True), TypeVar("U")


class Row(NamedTuple):
    """One repo in a list: its place, where it comes from, and how its place has changed."""

    rank: int | None
    repo: Repo
    origin: str = "??"  # ISO country codes joined by "+", "ZZ" no single country, "??" not known
    move: int | str | None = None  # positive = risen, "new", None = no comparable look before
    here: bool = False  # files of it lie in the Hugging Face cache on this machine
    changed: bool = False  # a bookmark that said something else at the look before


class Progress(NamedTuple):
    """A long question on its way: ``done`` of ``total`` steps, and seconds of waiting left."""

    done: int
    total: int | None
    what: str
    wait: float | None = None


class View(NamedTuple, Generic[T_co]):
    """One answer, possibly an early one: ``rows`` for many, ``value`` for one."""

    rows: tuple[T_co, ...]
    source: str  # "hub", "cache", "sample" or "mixed"
    as_of: float | None  # seconds since 1970, UTC: the age of the oldest part
    query: Any = None
    measures: dict[str, Measure] | None = None
    stale: bool = False
    complete: bool = True  # all the rows that the question asked for are here
    more: bool = False  # the Hub has further rows behind the ones looked through
    looked: int | None = None  # rows of the Hub's list that were looked through
    left_out: Mapping[str, int | None] = {}  # rows looked through that lack a fact, by reason
    progress: Progress | None = None
    problems: tuple[Problem, ...] = ()
    requests: tuple[str, ...] = ()
    baseline: float | None = None  # when the look was taken that moves are counted from
    read: Any = (
        None  # what the ask that made this view needs to go on; no other reader has use for it
    )

    @property
    def value(self) -> T_co:
        """The one value of an answer about one thing. Raises IndexError where there is none."""
        return self.rows[0]

    @property
    def bundled(self) -> bool:
        """Whether the answer is of facts that came with the program."""
        return self.source == "sample"

    def of(self, *rows: U) -> "View[U]":
        """A view of ``rows`` with this one's age, source and problems."""
        return View(rows, *tuple(self)[1:])
