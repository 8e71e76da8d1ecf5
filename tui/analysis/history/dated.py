"""Figures over time: the published ones beside the ones counted here."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from tui.analysis.history.points import Point
from tui.model.when import seconds

_MIDDLE = {4: "-07-01", 7: "-15"}  # a year or a month stands for its middle


class Dot(NamedTuple):
    """One dated figure. ``joined``: counted in the same way as the one counted here before it."""

    at: float  # seconds since 1970, UTC
    value: float
    published: bool = False
    joined: bool = False


class Series(NamedTuple):
    """The dated figures of one family, oldest first."""

    label: str
    dots: tuple[Dot, ...]

    @property
    def dated(self) -> int:
        """On how many dates there is a figure."""
        return len({dot.at for dot in self.dots})


def strokes(series: Series) -> list[tuple[Dot, Dot]]:
    """The pairs of neighbouring figures that were counted here and alike: what a line may join."""
    counted = [dot for dot in series.dots if not dot.published]
    return [(before, dot) for before, dot in pairwise(counted) if dot.joined]


def at_of(point: Point) -> float | None:
    """When a published figure is of, in seconds since 1970; the middle of a bare year or month."""
    return seconds(point.date + _MIDDLE.get(len(point.date), ""))


def published(points: Iterable[Point], family: str, measure: str) -> list[Dot]:
    """What others published of a family's figure. No two are taken to be counted alike."""
    dots = []
    for point in points:
        at = at_of(point)
        if (point.family, point.measure) == (family, measure) and at is not None:
            dots.append(Dot(at, point.value, published=True))
    return dots
