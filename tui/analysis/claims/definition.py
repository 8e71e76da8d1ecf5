"""A claim, the ways to understand it, and what each of them gives."""

from collections.abc import Callable
from typing import NamedTuple

from tui.analysis.claims.facts import Facts, Need
from tui.analysis.claims.intervals import Interval
from tui.analysis.history.points import Point
from tui.model import Measure


class Reading(NamedTuple):
    """What a definition gives: its figure, and the figure or threshold it is compared with.

    ``note`` is a remark that goes with the verdict, ``beside`` further figures that help to judge.
    """

    figure: Measure
    against: Measure
    note: str = ""
    beside: tuple[tuple[str, Measure], ...] = ()


class Definition(NamedTuple):
    """One way to understand a claim: a figure, and the test (≥, > or =) that it is put to.

    ``doubt`` says why the Hub cannot answer it, whatever is fetched.
    """

    name: str
    needs: tuple[Need, ...]
    sign: str
    read: Callable[[Facts], Reading]
    doubt: str = ""


class Past(NamedTuple):
    """A test of a published point, by its key, against a number or another point's key."""

    point: str
    sign: str
    against: float | str


class Claim(NamedTuple):
    """One claim of the press. A ``checklist`` has items but no verdict of its own.

    ``one_figure``: the first definition's figure is the claim's; else each has a matter of its own.
    """

    key: str
    text: str
    definitions: tuple[Definition, ...]
    published: tuple[str, ...] = ()  # keys of points
    past: tuple[Past, ...] = ()
    checklist: bool = False
    one_figure: bool = True

    @property
    def needs(self) -> tuple[Need, ...]:
        """What its definitions are counted from, in their order; two may need the same."""
        return tuple(need for definition in self.definitions for need in definition.needs)


class Tried(NamedTuple):
    """The result of one definition. ``calls``: about how many requests would still narrow it."""

    name: str
    value: Measure
    span: Interval  # what the figure leaves possible
    sign: str
    against: Measure
    threshold: Interval
    verdict: str  # holds, fails or undecided
    why: str
    calls: int
    tier: int  # the tier at which those requests are made
    beside: tuple[tuple[str, Measure], ...] = ()


class Verdict(NamedTuple):
    """A verdict and what decides; ``value`` is the claim's figure, where it has one."""

    verdict: str  # holds, depends, fails or unknown
    why: str
    value: Measure | None = None


class Counted(NamedTuple):
    """A claim as an earlier census counts it: ``date`` as 2026-05-04, every definition tried."""

    date: str
    verdict: Verdict
    tried: tuple[Tried, ...]


class Judged(NamedTuple):
    """A claim with its verdicts for then and now, and every definition that was tried.

    ``counted``: by earlier censuses, the newest of them first.
    """

    claim: Claim
    published: tuple[Point, ...]
    then: Verdict
    now: Verdict
    tried: tuple[Tried, ...]
    counted: tuple[Counted, ...] = ()


def threshold(value: float, unit: str, words: str) -> Measure:
    """A number of the claim's own, as a figure."""
    return Measure(value, unit, "exact", words, universe="the claim", source="claim")
