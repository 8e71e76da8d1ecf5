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
    """Flows and crossings, printed beside the courses, as the ask hands them out."""

    flows: tuple[Flow, ...]
    crossings: tuple[Crossing, ...]


def output(view: View[Any], context: Context, of: str, definition: str, by: str) -> Output:
    """The courses in ``view``: ``of`` names what is counted, in steps of ``by``."""
    courses: tuple[Course, ...] = view.rows
    beside: Beside = view.read
    rows: list[list[Cell]] = [
        [course.family.key, month, value, course.figure.unit]
        for course in courses
        for month, value in course.values
    ]
    body = _body(of, by, courses, beside)
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=rows,
        text=[
            *charts.lines(
                [course.series() for course in courses], context.width, _HEIGHT, label=_label(of)
            ),
            *_beside(of, courses, beside),
            *_said(definition, courses, context.width),
        ],
        ids=[course.family.key for course in courses],
        caption=" ".join(_said(definition, courses)),
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
                "key": course.family.key,
                "label": course.family.label,
                "points": [{"month": month, "value": value} for month, value in course.values],
                "measure": json.measure(course.figure),
            }
            for course in courses
        ],
        "flows": [
            {"key": flow.family.key, "since": flow.since, "until": flow.until, "value": flow.value}
            for flow in beside.flows
        ],
        "crossings": [
            {"month": crossing.month, "key": crossing.key, "passed": crossing.passed}
            for crossing in beside.crossings
        ],
    }


def _beside(of: str, courses: tuple[Course, ...], beside: Beside) -> list[str]:
    """Lines: the last ``_CROSSED`` crossings, then each family's gain between two censuses."""
    labels = {course.family.key: course.family.label for course in courses}
    counted = "month by month" if of == "share" else "all that was created until then"
    lines = [
        f"{crossing.month}: {labels[crossing.key]} passes {labels[crossing.passed]} ({counted})"
        for crossing in beside.crossings[-_CROSSED:]
    ]
    if len(beside.crossings) > _CROSSED:
        lines.insert(0, f"{len(beside.crossings) - _CROSSED} earlier crossings: see --json")
    return lines + [
        f"{flow.since} to {flow.until}: {flow.family.label} {flow.value:+,.0f} {of}"
        for flow in beside.flows
    ]


def _said(definition: str, courses: tuple[Course, ...], width: int = 110) -> list[str]:
    """Definition, lens, source and registry of all figures, in lines of ``width`` cells."""
    figure = courses[0].figure
    lens = figure.lens.words() if figure.lens else ""
    text = (
        f"{definition}. Repos deleted before the census are missing; the last 30 days are"
        f" provisional, for cards come later than repos. {lens} · {figure.source}:"
        f" {figure.universe} · registry {figure.registry}"
    )
    return cells.wrap(text, width)


def draw(path: str, of: str, definition: str, view: View[Any]) -> None:
    """Draw the courses as SVG to ``path``. Raises BadInput where it cannot be written."""
    courses: tuple[Course, ...] = view.rows
    panel = svg.over_time(definition, [course.series() for course in courses], label=_label(of))
    title = f"{of} by month: {', '.join(course.family.label for course in courses)}"
    text = svg.document(title, _said(definition, courses), [panel] if panel else [])
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}; name another file") from None
