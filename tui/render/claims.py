"""Claims as a table, as a page of definitions, and as a sentence to cite."""

from math import isinf
from typing import NamedTuple

from tui.analysis.claims import Counted, Interval, Judged, Tried, Verdict
from tui.analysis.claims.judge import SAMPLE
from tui.analysis.history.points import Point
from tui.model.when import iso
from tui.render import bars, cells, measure, table
from tui.render.spans import Line
from tui.render.table import Column

ROLES = {"holds": "good", "fails": "bad", "depends": "warn"}
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
    value, why = judged.now.value, reason(judged.now.why)
    if value is None or value.value is None or value.unit == "yes":
        return why
    return f"{measure.short(value)}, {why}"


def reason(why: str) -> str:
    """Why nothing is decided, in words: what the sample lacks is the Hub."""
    return "needs the Hub" if why == SAMPLE else why


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
    for each in judged.counted:
        made += [(), *_earlier(each, width)]
    return made


def _earlier(counted: Counted, width: int) -> list[Line]:
    """What an earlier census counts: a line for each definition."""
    verdict = counted.verdict.verdict
    made: list[Line] = [
        ((f"then, counted in the census of {counted.date}  ", "title"),
         (verdict, ROLES.get(verdict, "muted")))
    ]  # fmt: skip
    for one in counted.tried:
        why = f"; {one.why}" if one.why else ""
        made += _indented(f"{one.name}: {one.verdict}, {held(one)}{why}", width, "text")
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
        made += _indented(f"about {cells.calls(one.calls)} at tier {one.tier}", width)
    for label, figure in one.beside:
        made += _indented(f"{label}: {measure.whole(figure)}", width)
    return made


def held(one: Tried) -> str:
    """The figure and its test: ``≥ 151,448 repos, leaves [151,448, …); test: ≥ 100,000 repos``."""
    if not has_figure(one):
        return "not known" if one.value.unit == "yes" else f"not known; test: {threshold(one)}"
    if one.value.unit == "yes":
        return "yes" if one.value.value else "no"
    left = span(one.span, one.value.unit)
    return f"{measure.whole(one.value)}, leaves {left}; test: {threshold(one)}"


def has_figure(one: Tried) -> bool:
    """Say whether the definition has a figure."""
    return one.value.value is not None


def threshold(one: Tried) -> str:
    """What the figure is held against: ``≥ 100,000 repos``."""
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
    room = max(20, width - len(_MARGIN) - 1)
    return [((_MARGIN + part, role),) for part in cells.wrap(text, room)]


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
        endpoint = measure.whence(value._replace(registry=None), endpoint)
    verdict = {"unknown": "is not decided"}.get(judged.now.verdict, judged.now.verdict)
    return f"“{judged.claim.text}”{said} {verdict}: {judged.now.why}.{figure} {endpoint}."
