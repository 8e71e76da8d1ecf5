"""Dated figures as lines over time, in characters: one letter for each series.

A capital letter is a published figure, a small one a figure of our own; dots join two figures only
where both were counted in the same way, so a gap in what is comparable stays a gap. The vertical
axis begins at zero.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tui.analysis.history.dated import Dot, Series, strokes
from tui.model.when import iso
from tui.render import cells
from tui.render.spans import cut

_AXIS = 7  # cells of the labels at the left, with the axis
_LEAST = (24, 4)  # cells and lines under which there is nothing to read
_SEVERAL = "*"
_LIMIT, _DASH = "╌", 3  # one in so many cells


class Frame(NamedTuple):
    """The window of a chart: its times and its greatest value."""

    begin: float
    end: float
    most: float

    def across(self, at: float) -> float:
        """A time as a part of the width; the middle where all times are one."""
        return 0.5 if self.end == self.begin else (at - self.begin) / (self.end - self.begin)

    def up(self, value: float) -> float:
        """A value as a part of the height."""
        return value / self.most if self.most else 0.0


def letter(place: int, *, published: bool) -> str:
    """The letter of the series at ``place``."""
    small = chr(ord("a") + place)
    return small.upper() if published else small


def frame(series: Iterable[Series]) -> Frame | None:
    """The window that holds every dot; None where there is none."""
    dots = [dot for course in series for dot in course.dots]
    if not dots:
        return None
    times = [dot.at for dot in dots]
    return Frame(min(times), max(times), max(dot.value for dot in dots))


def lines(
    series: Sequence[Series],
    width: int,
    height: int,
    *,
    label: Callable[[float], str] = cells.count,
) -> list[str]:
    """The chart in ``height`` lines of at most ``width`` cells: plot, dates, legend.

    Figures of one date make no line over time: they are written, each on a line. Empty where there
    is no dot, or no room to draw one.
    """
    window = frame(series)
    if window is not None and window.begin == window.end:
        written = (
            f"{course.label}: {stands(dot, label)}" for course in series for dot in course.dots
        )
        return [cut(line, width) for line in written][: max(0, height)]
    drawn = plot(series, width, height - 1, label=label)
    return [*drawn, _legend(series)[:width]] if drawn else []


def stands(dot: Dot, label: Callable[[float], str] = cells.count) -> str:
    """``40 M on 2025-06-26, published``: one dated figure in words."""
    how = "published" if dot.published else "counted here"
    return f"{label(dot.value)} on {iso(dot.at)[:10]}, {how}"


def plot(
    series: Sequence[Series],
    width: int,
    height: int,
    *,
    limit: float | None = None,
    label: Callable[[float], str] = cells.count,
) -> list[str]:
    """The chart without a legend: ``height`` lines of at most ``width`` cells, dates the last.

    ``limit`` is drawn through as a dashed line. Empty where there is no dot, or no room for one.
    """
    window = frame(series)
    if window is None or width < _LEAST[0] or height < _LEAST[1] - 1:
        return []
    if limit is not None:
        window = window._replace(most=max(window.most, limit))
    grid = _grid(series, window, width - _AXIS, height - 1, limit)
    bottom = len(grid) - 1
    labels = {0: label(window.most), bottom: label(0.0)}
    if limit is not None:
        labels[_row(window, limit, len(grid))] = label(limit)
    rows = [
        f"{cut(labels.get(row, ''), _AXIS - 2):>{_AXIS - 2}} │{text}".rstrip()
        for row, text in enumerate(grid)
    ]
    return [*rows, _dates(window, width)]


def _row(window: Frame, value: float, height: int) -> int:
    """The line of a plot of ``height`` lines that a value stands on."""
    return height - 1 - round(window.up(value) * (height - 1))


def _grid(
    series: Sequence[Series], window: Frame, width: int, height: int, limit: float | None
) -> list[str]:
    grid = [[" "] * width for _ in range(height)]
    if limit is not None:
        grid[_row(window, limit, height)] = [" " if x % _DASH else _LIMIT for x in range(width)]

    def place(dot: Dot) -> tuple[int, int]:
        return (
            round(window.across(dot.at) * (width - 1)),
            _row(window, dot.value, height),
        )

    for course in series:
        for before, dot in strokes(course):
            for x, y in _between(place(before), place(dot)):
                grid[y][x] = "·"
    owners: dict[tuple[int, int], int] = {}
    for number, course in enumerate(series):
        for dot in course.dots:
            x, y = place(dot)
            alone = owners.setdefault((x, y), number) == number
            grid[y][x] = letter(number, published=dot.published) if alone else _SEVERAL
    return ["".join(row) for row in grid]


def _between(start: tuple[int, int], end: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """The cells of a straight line, its ends included."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for step in range(steps + 1):
        yield (
            round(start[0] + (end[0] - start[0]) * step / steps),
            round(start[1] + (end[1] - start[1]) * step / steps),
        )


def _dates(window: Frame, width: int) -> str:
    first, last = iso(window.begin)[:10], iso(window.end)[:10]
    if first == last:
        return f"{first:^{width}}".rstrip()
    return " " * _AXIS + first + last.rjust(width - _AXIS - len(first))


def _legend(series: Sequence[Series]) -> str:
    names = []
    for number, course in enumerate(series):
        kinds = sorted({dot.published for dot in course.dots}, reverse=True)
        if kinds:
            letters = "".join(letter(number, published=kind) for kind in kinds)
            names.append(f"{letters} {course.label}")
    return "  ".join([*names, "(capital: published, small: counted here)"])
