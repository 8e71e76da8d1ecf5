"""When one series of months passes another: by each month's value, or by the sum up to it."""

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

    ``courses``: by key, pairs of a month (as 2026-11) and its value. ``summed``: compare the sums
    up to each month, else the values of the month alone; a month that a course lacks counts as 0.
    Who is ahead at first passes nobody, and a draw changes nothing.
    """
    months = sorted({month for values in courses.values() for month, _ in values})
    by_month = {key: dict(values) for key, values in courses.items()}
    lines = {key: [values.get(month, 0.0) for month in months] for key, values in by_month.items()}
    if summed:
        lines = {key: list(accumulate(line)) for key, line in lines.items()}
    turns = []
    for course, rival in combinations(courses, 2):
        ahead = ""
        for month, left, right in zip(months, lines[course], lines[rival]):
            leader = course if left > right else rival if right > left else ahead
            if ahead and leader != ahead:
                turns.append(Crossing(month, leader, ahead))
            ahead = leader
    return tuple(sorted(turns))
