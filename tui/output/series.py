"""Families month by month: as rows, as a chart, as a picture."""

from collections.abc import Callable
from typing import Any, Protocol

from tui.analysis.history.crossings import Crossing
from tui.analysis.history.dated import Series
from tui.analysis.registry.registry import Family
from tui.model import BadInput, Measure, View
from tui.output import json, svg
from tui.output.forms import Cell, Context, Output
from tui.render import cells, charts, measure

_HEADS = ("family", "month", "value", "unit")
_HEIGHT = 16  # lines of a chart on a terminal
_CROSSED = 6  # crossings at most that are listed


class Course(Protocol):
    """One family month by month, as the ask hands it out."""

    family: Family
    figure: Measure
    values: tuple[tuple[str, float], ...]

    def series(self) -> Series:
        """The values as dots."""


class Flow(Protocol):
    """What a family gained between two censuses, as the ask hands it out."""

    family: Family
    since: str
    until: str
    value: float


class Beside(Protocol):
    """What stands beside the courses, as the ask hands it out."""

    flows: tuple[Flow, ...]
    crossings: tuple[Crossing, ...]


def output(view: View[Any], context: Context, of: str, what: str, by: str) -> Output:
    """The courses in ``view``: ``what`` is counted, ``of`` its name, ``by`` the step."""
    courses: tuple[Course, ...] = view.rows
    beside: Beside = view.read
    rows: list[list[Cell]] = [
        [one.family.key, month, value, one.figure.unit]
        for one in courses
        for month, value in one.values
    ]
    body = _body(of, by, courses, beside)
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=rows,
        text=[
            *charts.lines(
                [one.series() for one in courses], context.width, _HEIGHT, label=_label(of)
            ),
            *_beside(of, courses, beside),
            *_said(what, courses, context.width),
        ],
        ids=[one.family.key for one in courses],
        caption=" ".join(_said(what, courses)),
    )


def _label(of: str) -> Callable[[float], str]:
    """How a value is written at an axis."""
    return measure.percent if of == "share" else cells.count


def _body(of: str, by: str, courses: tuple[Course, ...], beside: Beside) -> dict[str, Any]:
    return {
        "of": of,
        "by": by,
        "series": [
            {
                "key": one.family.key,
                "label": one.family.label,
                "points": [{"month": month, "value": value} for month, value in one.values],
                "measure": json.measure(one.figure),
            }
            for one in courses
        ],
        "flows": [
            {"key": one.family.key, "since": one.since, "until": one.until, "value": one.value}
            for one in beside.flows
        ],
        "crossings": [
            {"month": one.month, "key": one.key, "passed": one.passed} for one in beside.crossings
        ],
    }


def _beside(of: str, courses: tuple[Course, ...], beside: Beside) -> list[str]:
    """Who passes whom, and what came between the censuses that are kept."""
    labels = {one.family.key: one.family.label for one in courses}
    counted = "month by month" if of == "share" else "all that was created until then"
    lines = [
        f"{one.month}: {labels[one.key]} passes {labels[one.passed]} ({counted})"
        for one in beside.crossings[-_CROSSED:]
    ]
    if len(beside.crossings) > _CROSSED:
        lines.insert(0, f"{len(beside.crossings) - _CROSSED} earlier crossings: see --json")
    return lines + [
        f"{one.since} to {one.until}: {one.family.label} {one.value:+,.0f} {of}"
        for one in beside.flows
    ]


def _said(what: str, courses: tuple[Course, ...], width: int = 110) -> list[str]:
    """What the figures are of, once for all families, in lines of a width."""
    figure = courses[0].figure
    lens = figure.lens.words() if figure.lens else ""
    text = (
        f"{what}. Repos deleted before the census are missing; the last 30 days are"
        f" provisional, for cards come later than repos. {lens} · {figure.source}:"
        f" {figure.universe} · registry {figure.registry}"
    )
    return cells.wrap(text, width)


def draw(path: str, of: str, what: str, view: View[Any]) -> None:
    """Draw the courses into a file. Raises BadInput where it cannot be written."""
    courses: tuple[Course, ...] = view.rows
    panel = svg.over_time(what, [one.series() for one in courses], label=_label(of))
    title = f"{of} by month: {', '.join(one.family.label for one in courses)}"
    text = svg.document(title, _said(what, courses), [panel] if panel else [])
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}; name another file") from None
