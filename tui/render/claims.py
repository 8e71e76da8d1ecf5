"""Claims as a table, as a page of definitions, as a sentence to cite, and as JSON."""

from collections.abc import Iterable
from math import isinf
from textwrap import wrap
from typing import Any, NamedTuple

from tui.analysis.claims import Interval, Judged, Tried, Verdict
from tui.analysis.history.points import Point
from tui.model import Measure, View
from tui.model.when import iso
from tui.output import json as shapes
from tui.output.forms import Cell, Output
from tui.render import bars, cells, measure, table
from tui.render.spans import Line, plain
from tui.render.table import Column

ROLES = {"holds": "good", "fails": "bad", "depends": "warn"}
_HEADS = ("key", "claim", "published", "then", "now", "value", "why", "as_of")
_DEFINED = ("key", "now", "name", "verdict", "value", "leaves", "test", "why", "definition")
_MARGIN = "   "


def published(judged: Judged) -> str:
    """The claim's first published figure with its month: ``113k, 2026-02``."""
    if not judged.published:
        return "–"
    first = judged.published[0]
    return f"{stated(first)}, {first.date[:7]}"


def stated(point: Point) -> str:
    """A published figure in few cells."""
    if point.unit == "share":
        high = f" to {point.upper:.0%}" if point.upper not in (None, 1.0) else ""
        return f"{point.value:.0%}{high}"
    if point.unit == "rank":
        return f"no. {point.value:.0f}"
    return cells.count(point.value)


def decides(judged: Judged) -> str:
    """The claim's figure now, and what decides the verdict."""
    value = judged.now.value
    if value is None or value.value is None or value.unit == "yes":
        return judged.now.why
    return f"{measure.short(value)}, {judged.now.why}"


COLUMNS = (
    Column("claim", "claim", 30, lambda one, now: one.claim.text, right=False, elastic=True),
    Column("published", "published", 14, lambda one, now: published(one), 2, right=False),
    Column("then", "then", 7, lambda one, now: one.then.verdict, 1, right=False),
    Column("now", "now", 7, lambda one, now: one.now.verdict, right=False, role="id"),
    Column("why", "what decides", 44, lambda one, now: decides(one), 3, right=False),
)


def header(width: int) -> Line:
    """The line of column heads."""
    return table.header(table.layout(COLUMNS, width))


def row(judged: Judged, width: int, *, cursor: bool = False, marked: bool = False) -> Line:
    """One claim as a row."""
    plan = table.layout(COLUMNS, width)
    return table.row(plan, judged, 0.0, cursor=cursor, marked=marked)


def page(judged: Judged, now: float, width: int) -> list[Line]:
    """Everything about a claim: verdicts, published figures, every definition that was tried."""
    made: list[Line] = [((judged.claim.text, "title"),)]
    for name, verdict in (("then", judged.then), ("now", judged.now)):
        made += _verdict(name, verdict, width)
    if judged.published:
        made.append((("published", "muted"),))
    for point in judged.published:
        mark = f" ({point.mark})" if point.mark else ""
        made += _indented(
            f"{stated(point)} {point.quantity}, {point.date}, {point.source}{mark}:"
            f" {point.definition}",
            width,
        )
    for one in judged.tried:
        made += [(), *_tried(one, now, width)]
    return made


def _verdict(name: str, verdict: Verdict, width: int) -> list[Line]:
    role = ROLES.get(verdict.verdict, "muted")
    first: Line = ((f"{name:<5}", "muted"), (verdict.verdict, role))
    return [first, *_indented(verdict.why, width)]


def _tried(one: Tried, now: float, width: int) -> list[Line]:
    """A definition: its verdict, the figure against its threshold, and what the figure is worth."""
    role = ROLES.get(one.verdict, "muted")
    made: list[Line] = [((f"{one.name}  ", "title"), (one.verdict, role))]
    made += _indented(held(one), width, "text")
    if drawn := chart(one, min(60, width - len(_MARGIN))):
        made.append(((_MARGIN + drawn, "text"),))
    made += _indented(one.value.definition, width)
    made += _indented(measure.facts(one.value, now), width)
    if one.why:
        made += _indented(one.why, width)
    if one.calls:
        made += _indented(f"about {one.calls:,} calls more at tier {one.tier}", width)
    for label, figure in one.beside:
        made += _indented(f"{label}: {measure.whole(figure)}", width)
    return made


def held(one: Tried) -> str:
    """The figure and its test: ``≥ 151,448 repos, leaves [151,448, …); test: ≥ 100,000 repos``."""
    if not _known(one):
        return "not known" if one.value.unit == "yes" else f"not known; test: {_test(one)}"
    if one.value.unit == "yes":
        return "yes" if one.value.value else "no"
    left = span(one.span, one.value.unit)
    return f"{measure.whole(one.value)}, leaves {left}; test: {_test(one)}"


def _known(one: Tried) -> bool:
    return one.value.value is not None


def _test(one: Tried) -> str:
    limit = f"{one.sign} {measure.whole(one.against)}"
    return limit if one.against.source == "claim" else f"{limit} ({one.against.definition})"


def span(interval: Interval, unit: str) -> str:
    """An interval in words: ``[41 %, 72 %]``, ``[151,448, …)``."""
    low = "(…" if isinf(interval.lo) else f"[{_end(interval.lo, unit)}"
    high = "…)" if isinf(interval.hi) else f"{_end(interval.hi, unit)}]"
    return f"{low}, {high}"


def _end(value: float, unit: str) -> str:
    return f"{value * 100:.1f} %" if unit == "share" else f"{value:,.10g}"


class Ends(NamedTuple):
    """What a chart of a definition needs; ``high`` is None where the figure has no upper end."""

    low: float
    high: float | None
    threshold: float
    value: float


def ends(one: Tried) -> Ends | None:
    """The figure's interval and its threshold; None where there is nothing to hold against it."""
    threshold = one.threshold.lo if isinf(one.threshold.hi) else one.threshold.hi
    value = one.value.value
    if value is None or one.value.unit == "yes" or isinf(one.span.lo) or isinf(threshold):
        return None
    return Ends(one.span.lo, None if isinf(one.span.hi) else one.span.hi, threshold, value)


def chart(one: Tried, width: int) -> str:
    """The interval against its threshold; empty where the figure leaves everything possible."""
    found = ends(one)
    if found is None:
        return ""
    return bars.interval(found.low, found.high, found.threshold, width, found.value)


def _indented(text: str, width: int, role: str = "muted") -> list[Line]:
    return [((_MARGIN + part, role),) for part in wrap(text, max(20, width - len(_MARGIN) - 1))]


def sentence(judged: Judged, endpoint: str, now: float) -> str:
    """The verdict as a sentence that can be cited, with its figure and how that was counted."""
    first = judged.published[0] if judged.published else None
    said = f" (published: {stated(first)}, {first.date}, {first.source})" if first else ""
    value = judged.now.value
    figure = ""
    if value is not None and value.value is not None:
        worth = "; ".join(filter(None, [*measure.limits(value), measure.reach(value)]))
        counted = f"{value.definition}{'; ' if worth else ''}{worth}"
        day = iso(value.as_of or now)[:10]
        figure = f" {measure.whole(value)} on {day} ({counted}; registry {value.registry})."
    verdict = {"unknown": "is not decided"}.get(judged.now.verdict, judged.now.verdict)
    return f"“{judged.claim.text}”{said} {verdict}: {judged.now.why}.{figure} {endpoint}."


def output(endpoint: str, view: View, now: float, width: int, *, whole: bool = False) -> Output:
    """Claims in every form, a row each; ``whole`` prints each with all its definitions."""
    rows: tuple[Judged, ...] = view.rows
    body = {"claims": [claim(one) for one in rows]}
    made = Output(
        body=shapes.envelope("claims", endpoint, view, body),
        heads=_HEADS,
        rows=[_cells(one) for one in rows],
        text=_text([header(width), *(row(one, width) for one in rows)]),
        ids=[one.claim.key for one in rows],
        caption=_caption(view),
    )
    if not whole:
        return made
    pages = [line for one in rows for line in (*page(one, now, width), ())]
    return made._replace(
        heads=_DEFINED,
        rows=[_defined(one, tried) for one in rows for tried in one.tried],
        text=_text(pages[:-1]),
        caption=" ".join(sentence(one, endpoint, now) for one in rows),
    )


def _text(drawn: Iterable[Line]) -> list[str]:
    return [plain(line).rstrip() for line in drawn]


def _defined(one: Judged, tried: Tried) -> list[Cell]:
    value = measure.whole(tried.value) if _known(tried) else None
    left = span(tried.span, tried.value.unit) if _known(tried) else None
    return [
        *(one.claim.key, one.now.verdict, tried.name, tried.verdict, value, left),
        *(_test(tried), tried.why, tried.value.definition),
    ]


def _caption(view: View) -> str:
    day = "" if view.as_of is None else f", {iso(view.as_of)}"
    return (
        f"now: each definition is tried on what its figure leaves possible; source {view.source}"
        f"{day}; then: published figures alone"
    )


def _cells(one: Judged) -> list[Cell]:
    value = one.now.value
    as_of = iso(value.as_of) if value and value.requests and value.as_of else None
    shown = measure.whole(value) if value is not None and value.value is not None else None
    verdicts = (one.then.verdict, one.now.verdict)
    return [one.claim.key, one.claim.text, published(one), *verdicts, shown, one.now.why, as_of]


def claim(one: Judged) -> dict[str, Any]:
    """A claim as JSON; what is not known is null."""
    return {
        "key": one.claim.key,
        "text": one.claim.text,
        "published": [
            {"value": point.value, "as_of": point.date, "source": point.source}
            for point in one.published
        ],
        "then": {"verdict": one.then.verdict, "why": one.then.why},
        "now": {
            "verdict": one.now.verdict,
            "why": one.now.why,
            "value": _measure(one.now.value),
        },
        "definitions": [_definition(tried) for tried in one.tried],
    }


def _definition(one: Tried) -> dict[str, Any]:
    return {
        "name": one.name,
        "definition": one.value.definition,
        "value": shapes.measure(one.value),
        "verdict": one.verdict,
        "why": one.why,
        "interval": [None if isinf(end) else end for end in one.span],
        "test": one.sign,
        "against": shapes.measure(one.against),
        "calls": one.calls,
        "tier": one.tier,
        "beside": {label: shapes.measure(figure) for label, figure in one.beside},
    }


def _measure(value: Measure | None) -> dict[str, Any] | None:
    return None if value is None else shapes.measure(value)
