"""What a figure leaves possible, and what that decides.

A definition ``holds`` where its test is true of every value its figure leaves possible, ``fails``
where it is false of all, and is ``undecided`` in between. So a lower bound that grows can never
make a "more than" fail, and an estimate decides only beyond its own error.
"""

from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple

from tui.model import Measure

HOLDS, FAILS, UNDECIDED = "holds", "fails", "undecided"
DEPENDS, UNKNOWN = "depends", "unknown"


class Interval(NamedTuple):
    """Every value from ``lo`` to ``hi``, both included; infinite where there is no end."""

    lo: float
    hi: float


ANY = Interval(-inf, inf)


def point(value: float) -> Interval:
    """The interval of one value."""
    return Interval(value, value)


def interval(figure: Measure) -> Interval:
    """The values that a figure leaves possible.

    Exact: the value, or the bound where rows are unknown. A lower bound, and a count of edges by
    the lower end of its bound: up from there. An estimate: the bound, each end moved outwards by
    the error on its side, a share within [0, 1]; without a known error it leaves all possible.
    """
    if figure.value is None or figure.kind == "unknown":
        return ANY
    if figure.kind == "lower_bound":
        return Interval(figure.value, inf)
    lo, hi = figure.bound or (figure.value, figure.value)
    if figure.kind == "edges":
        return Interval(lo if figure.bound else 0.0, inf)
    return _widened(figure, Interval(lo, inf if hi is None else hi))


def _widened(figure: Measure, bound: Interval) -> Interval:
    if figure.kind != "estimate" or figure.value is None:
        return bound
    if figure.ci is None:
        return ANY
    lo = bound.lo - max(0.0, figure.value - figure.ci[0])
    hi = bound.hi + max(0.0, figure.ci[1] - figure.value)
    return Interval(max(0.0, lo), min(1.0, hi)) if figure.unit == "share" else Interval(lo, hi)


def _at_least(span: Interval, limit: Interval) -> bool | None:
    if span.lo >= limit.hi:
        return True
    return False if span.hi < limit.lo else None


def _more_than(span: Interval, limit: Interval) -> bool | None:
    if span.lo > limit.hi:
        return True
    return False if span.hi <= limit.lo else None


def _equal(span: Interval, limit: Interval) -> bool | None:
    if span.lo > limit.hi or span.hi < limit.lo:
        return False
    return True if span.lo == span.hi == limit.lo == limit.hi else None


_TESTS: dict[str, Callable[[Interval, Interval], bool | None]] = {
    "≥": _at_least,
    ">": _more_than,
    "=": _equal,
}


def decide(span: Interval, sign: str, limit: Interval) -> str:
    """HOLDS, FAILS or UNDECIDED: whether ``span sign limit`` is so; ``sign`` is ≥, > or =."""
    answer = _TESTS[sign](span, limit)
    return UNDECIDED if answer is None else HOLDS if answer else FAILS


def overall(verdicts: Sequence[str]) -> str:
    """The verdict of all definitions together: HOLDS, FAILS, DEPENDS or UNKNOWN."""
    decided = {verdict for verdict in verdicts if verdict != UNDECIDED}
    if not decided:
        return UNKNOWN
    return DEPENDS if len(decided) > 1 else decided.pop()
