"""A claim at a glance, beside or below the table: what was published, what decides, what is open.

The published figures stand on a time axis, a capital letter each, our own count as a small one,
with the claim's threshold drawn through; then every definition's interval against its threshold.
What the row and the line below the table say is not said again, and words are of one colour: the
pane is sent anew for each row on which the reader rests.
"""

from collections.abc import Sequence
from math import isinf
from typing import NamedTuple

from tui.analysis.claims import Judged, Tried
from tui.analysis.history.dated import Dot, Series, at_of
from tui.analysis.history.points import Point
from tui.key_names import shown
from tui.model import Measure
from tui.render import cells, charts, claims, measure
from tui.render.cells import wrap
from tui.render.spans import Line, cut, fit, pad

_MARGIN = " "
_BESIDE = 72  # cells from which the chart and its figures stand side by side
_PLOT = (4, 9)  # lines of the chart, at least and at most
_YEAR = 366 * 86_400.0
_NAME = 24  # cells of a definition's name, at most
_APART = 1.2  # times, from which two figures are said to differ
_BAR = 12  # cells of its interval, at least


class Scale(NamedTuple):
    """What a claim's dated figures are drawn on: their unit, and the threshold in it."""

    unit: str
    limit: float | None


def lines(judged: Judged, width: int, height: int, more: Sequence[tuple[int, int]]) -> list[Line]:
    """The pane in at most ``height`` lines of at most ``width`` cells.

    ``more`` has the tiers that can still be fetched, each with about how many calls it takes.
    """
    head = _title(judged, width)
    tail = _open(more, width)
    tried = _definitions(judged, width)
    room = height - len(head) - len(tail)
    middle = _figures(judged, width, room - min(len(tried), room // 2))
    return _spaced([head, middle, _most(tried, room - len(middle)), tail], height)


def _figures(judged: Judged, width: int, height: int) -> list[Line]:
    """The published figures in about ``height`` lines, with their chart where there is room."""
    listed = _published(judged, width)
    half = width // 2
    if width >= _BESIDE:
        drawn = _chart(judged, half, max(_PLOT[0], min(_PLOT[1], height)))
        return _joined(drawn, _published(judged, width - half), half) if drawn else listed
    room = height - len(listed)
    drawn = _chart(judged, width, min(_PLOT[1], room)) if room >= _PLOT[0] else []
    return [*drawn, *listed]


def _joined(left: Sequence[Line], right: Sequence[Line], cells_left: int) -> list[Line]:
    """Lines side by side, ``right`` from the cell ``cells_left`` on."""
    rows: list[Line] = []
    for row in range(max(len(left), len(right))):
        first = left[row] if row < len(left) else ()
        second = right[row] if row < len(right) else ()
        rows.append((*fit(first, cells_left), *second))
    return rows


def _most(lines: list[Line], room: int) -> list[Line]:
    """As many lines as there is room for, the last one saying how many more there are."""
    if len(lines) <= room:
        return lines
    if room <= 0:
        return []
    left = len(lines) - room + 1
    return [
        *lines[: room - 1],
        ((f"{_MARGIN}… {left} more; {shown('enter')} shows every definition", "text"),),
    ]


def _spaced(parts: Sequence[list[Line]], height: int) -> list[Line]:
    """The parts one under the other, a blank line before each as long as there is room."""
    spare = height - sum(len(part) for part in parts)
    spaced: list[Line] = []
    for part in parts:
        if part and spaced and spare > 0:
            spaced.append(())
            spare -= 1
        spaced += part
    return spaced[:height]


def _title(judged: Judged, width: int) -> list[Line]:
    return [((_MARGIN + part, "title"),) for part in wrap(judged.claim.text, width - 2)]


def scale(judged: Judged) -> Scale | None:
    """The unit of most of the claim's dated figures; None where no two share one that has a size.

    A rank has none: the first is not more than the tenth.
    """
    units = [point.unit for point in judged.published if point.unit not in ("rank", "yes")]
    unit = max(units, key=units.count, default=None)
    if unit is None or units.count(unit) < 2:
        return None
    limits = {
        attempt.against.value
        for attempt in judged.tried
        if attempt.against.source == "claim" and attempt.against.unit == unit
    }
    return Scale(unit, limits.pop() if len(limits) == 1 else None)


def course(judged: Judged, unit: str) -> list[Series]:
    """The claim's dated figures of one unit, each a series of one dot; our own count the last."""
    courses = [
        Series(_said(point), (Dot(at, point.value, published=True),))
        for point in judged.published
        if point.unit == unit and (at := at_of(point)) is not None
    ]
    own = judged.now.value
    if _drawable(own, unit):
        assert own is not None
        assert own.value is not None
        assert own.as_of is not None
        dots = [Dot(at, value) for at, value in _before(judged, unit) if at < own.as_of]
        now = Dot(own.as_of, own.value, joined=bool(dots))
        courses.append(Series("counted here", (*dots, now)))
    return courses


def _before(judged: Judged, unit: str) -> list[tuple[float, float]]:
    """The claim's own figure by earlier censuses: when and how much, the oldest first."""
    figures = [census.verdict.value for census in judged.counted]
    return sorted(
        (figure.as_of, figure.value)
        for figure in figures
        if figure is not None and figure.as_of and figure.value is not None and figure.unit == unit
    )


def _drawable(own: Measure | None, unit: str) -> bool:
    return (
        own is not None
        and own.value is not None
        and own.as_of is not None
        and own.unit == unit
        and not own.bundled
    )


def _chart(judged: Judged, width: int, height: int) -> list[Line]:
    axis = scale(judged)
    if (
        axis is None
        or len({dot.at for series in course(judged, axis.unit) for dot in series.dots}) < 2
    ):
        return []
    label = measure.percent if axis.unit == "share" else cells.count
    drawn = charts.plot(course(judged, axis.unit), width - 2, height, limit=axis.limit, label=label)
    return [((_MARGIN + line, "text"),) for line in drawn]


def _published(judged: Judged, width: int) -> list[Line]:
    """A line for each published figure, under its letter where it stands in the chart."""
    axis = scale(judged)
    rows: list[Line] = []
    if spread := _spread(judged.published):
        rows.append(((_MARGIN + cut(spread, width - 2), "text"),))
    place = 0
    for point in judged.published:
        mark = " "
        if axis is not None and point.unit == axis.unit:
            mark = charts.letter(place, published=True)
            place += 1
        what = cut(f"{point.date[:7]}  {_said(point)}", max(0, width - 12))
        rows.append(((f"{_MARGIN}{mark} {pad(claims.stated(point), 7)}{what}", "text"),))
    if axis is not None and _drawable(judged.now.value, axis.unit) and judged.now.value:
        counted = f"{measure.whole(judged.now.value)}, counted here"
        mark = charts.letter(place, published=False)
        rows.append(((f"{_MARGIN}{mark} {cut(counted, width - 5)}", "text"),))
    if not judged.published:
        rows.append(((f"{_MARGIN}no figure is published for it", "text"),))
    return rows


def _said(point: Point) -> str:
    mark = f" ({point.mark})" if point.mark else ""
    return f"{point.source}{mark}: {point.definition}"


def _spread(points: Sequence[Point]) -> str:
    """How far the figures lie apart that were published within a year; "" where they agree."""
    dated = [(at, point) for point in points if (at := at_of(point)) is not None]
    if not dated:
        return ""
    alike = [point for at, point in dated if at >= max(dated)[0] - _YEAR]
    same = [
        point for point in alike if (point.family, point.unit) == (alike[0].family, alike[0].unit)
    ]
    values = sorted((point for point in same if point.value > 0), key=lambda point: point.value)
    if len(values) < 2 or values[-1].value < _APART * values[0].value:
        return ""
    low, high = claims.stated(values[0]), claims.stated(values[-1])
    times = values[-1].value / values[0].value
    return f"published within a year: {low} to {high}, {times:.1f} times apart"


def _definitions(judged: Judged, width: int) -> list[Line]:
    """A line for each definition: its name, its interval against its threshold, its verdict."""
    room = width - 2
    names = min(_NAME, max((len(attempt.name) for attempt in judged.tried), default=0))
    bar = max(_BAR, min(36, (room - names) // 3))
    return [_definition(attempt, names, bar, room) for attempt in judged.tried]


def _definition(attempt: Tried, names: int, bar: int, width: int) -> Line:
    drawn = claims.chart(attempt, bar) or pad(_limit(attempt), bar)
    role = "bad" if attempt.verdict == "fails" else "text"  # what dissents stands out
    verdict = pad(attempt.verdict, 10)
    left = max(0, width - names - bar - len(verdict) - 3)
    figure = [] if attempt.value.value is None else [measure.whole(attempt.value)]
    words = "; ".join([*figure, *filter(None, [_why(attempt)])])
    return (
        (f"{_MARGIN}{pad(cut(attempt.name, names), names)} {pad(drawn, bar)} ", "text"),
        (verdict, role),
        (cut(words, left), "text"),
    )


def _why(attempt: Tried) -> str:
    """Why a definition is open; how many calls would help stands once, below them all."""
    return claims.reason(attempt.why).partition(": about ")[0]


def _limit(attempt: Tried) -> str:
    """The threshold in words, where no interval can be drawn against it."""
    if (
        attempt.against.unit == "yes"
        or attempt.against.value is None
        or isinf(attempt.threshold.lo)
    ):
        return ""
    return f"{attempt.sign} {measure.short(attempt.against)}"


def _open(more: Sequence[tuple[int, int]], width: int) -> list[Line]:
    """The requests that may decide the claim, by tier; one step alone stands below the table."""
    if len(more) < 2:
        return []
    words = " or ".join(f"about {cells.calls(calls)} (tier {tier})" for tier, calls in more)
    return [
        ((_MARGIN + part, "warn"),)
        for part in wrap(f"to decide it: + asks the Hub, {words}", width - 2)
    ]
