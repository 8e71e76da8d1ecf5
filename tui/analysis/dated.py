"""Figures over time: the published ones beside the ones counted here."""

from collections.abc import Iterable
from typing import NamedTuple

from tui.analysis.points import Point
from tui.model.when import seconds

_MIDDLE = {4: "-07-01", 7: "-15"}  # a year or a month stands for its middle


class Dot(NamedTuple):
    """One dated figure. ``joined``: counted in the same way as the one before it."""

    at: float  # seconds since 1970, UTC
    value: float
    published: bool = False
    joined: bool = False


class Series(NamedTuple):
    """The dated figures of one family, oldest first."""

    label: str
    dots: tuple[Dot, ...]


def published(points: Iterable[Point], family: str, measure: str) -> list[Dot]:
    """What others published of a family's figure. No two are taken to be counted alike."""
    dots = []
    for point in points:
        at = seconds(point.date + _MIDDLE.get(len(point.date), ""))
        if (point.family, point.measure) == (family, measure) and at is not None:
            dots.append(Dot(at, point.value, published=True))
    return dots
