"""When one course passes another: month by month, or by what has come together until then."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, combinations
from typing import NamedTuple


class Crossing(NamedTuple):
    """From ``month`` (as 2026-11) on ``key`` is ahead of ``passed``."""

    month: str
    key: str
    passed: str


def crossings(
    courses: Mapping[str, Sequence[tuple[str, float]]], *, summed: bool
) -> tuple[Crossing, ...]:
    """Every month in which the order of two courses turns, the earliest first.

    ``summed``: of all that came until then, else of the month alone; a month that a course lacks
    counts as 0. Who is ahead at first passes nobody, and a draw changes nothing.
    """
    months = sorted({month for values in courses.values() for month, _ in values})
    known = {key: dict(values) for key, values in courses.items()}
    lines = {key: [found.get(month, 0.0) for month in months] for key, found in known.items()}
    if summed:
        lines = {key: list(accumulate(line)) for key, line in lines.items()}
    made = []
    for one, other in combinations(courses, 2):
        ahead = ""
        for month, left, right in zip(months, lines[one], lines[other]):
            now = one if left > right else other if right > left else ahead
            if ahead and now != ahead:
                made.append(Crossing(month, now, ahead))
            ahead = now
    return tuple(sorted(made))
