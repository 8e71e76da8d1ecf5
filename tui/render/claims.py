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
    Column("claim", "claim", 30, lambda judged, now: judged.claim.text, right=False, elastic=True),
    Column("published", "published", 14, lambda judged, now: published(judged), 2, right=False),
    Column("then", "then", 7, lambda judged, now: judged.then.verdict, 1, right=False),
    Column("now", "now", 7, lambda judged, now: judged.now.verdict, right=False, role="id"),
    Column("why", "what decides", 44, lambda judged, now: decides(judged), 3, right=False),
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
    rows: list[Line] = [((judged.claim.text, "title"),)]
    for name, verdict in (("then", judged.then), ("now", judged.now)):
        rows += _verdict(name, verdict, width)
    if judged.published:
        rows.append((("published", "muted"),))
    for point in judged.published:
        mark = f" ({point.mark})" if point.mark else ""
        rows += _indented(
            f"{stated(point)} {point.quantity}, {point.date}, {point.source}{mark}:"
            f" {point.definition}",
            width,
        )
    for attempt in judged.tried:
        rows += [(), *_tried(attempt, now, width)]
    for counted in judged.counted:
        rows += [(), *_earlier(counted, width)]
    return rows


def _earlier(counted: Counted, width: int) -> list[Line]:
    """What an earlier census counts: a line for each definition."""
    verdict = counted.verdict.verdict
    rows: list[Line] = [
        ((f"then, counted in the census of {counted.date}  ", "title"),
         (verdict, ROLES.get(verdict, "muted")))
    ]  # fmt: skip
    for attempt in counted.tried:
        why = f"; {attempt.why}" if attempt.why else ""
        rows += _indented(f"{attempt.name}: {attempt.verdict}, {held(attempt)}{why}", width, "text")
    return rows


def _verdict(name: str, verdict: Verdict, width: int) -> list[Line]:
    role = ROLES.get(verdict.verdict, "muted")
    first: Line = ((f"{name:<5}", "muted"), (verdict.verdict, role))
    return [first, *_indented(verdict.why, width)]


def _tried(attempt: Tried, now: float, width: int) -> list[Line]:
    """A definition: its verdict, the figure against its threshold, and what the figure is worth."""
    role = ROLES.get(attempt.verdict, "muted")
    rows: list[Line] = [((f"{attempt.name}  ", "title"), (attempt.verdict, role))]
    rows += _indented(held(attempt), width, "text")
    if drawn := chart(attempt, min(60, width - len(_MARGIN))):
        rows.append(((_MARGIN + drawn, "text"),))
    rows += _indented(attempt.value.definition, width)
    rows += _indented(measure.facts(attempt.value, now), width)
    if attempt.why:
        rows += _indented(attempt.why, width)
    if attempt.calls:
        rows += _indented(f"about {cells.calls(attempt.calls)} at tier {attempt.tier}", width)
    for label, figure in attempt.beside:
        rows += _indented(f"{label}: {measure.whole(figure)}", width)
    return rows


def held(attempt: Tried) -> str:
    """The figure and its test: ``≥ 151,448 repos, leaves [151,448, …); test: ≥ 100,000 repos``."""
    if not has_figure(attempt):
        return (
            "not known" if attempt.value.unit == "yes" else f"not known; test: {threshold(attempt)}"
        )
    if attempt.value.unit == "yes":
        return "yes" if attempt.value.value else "no"
    left = span(attempt.span, attempt.value.unit)
    return f"{measure.whole(attempt.value)}, leaves {left}; test: {threshold(attempt)}"


def has_figure(attempt: Tried) -> bool:
    """Say whether the definition has a figure."""
    return attempt.value.value is not None


def threshold(attempt: Tried) -> str:
    """The threshold in words: ``≥ 100,000 repos``."""
    limit = f"{attempt.sign} {measure.whole(attempt.against)}"
    return limit if attempt.against.source == "claim" else f"{limit} ({attempt.against.definition})"


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


def ends(attempt: Tried) -> Ends | None:
    """The figure's interval and its threshold; None where there is nothing to compare."""
    limit = attempt.threshold.lo if isinf(attempt.threshold.hi) else attempt.threshold.hi
    value = attempt.value.value
    if value is None or attempt.value.unit == "yes" or isinf(attempt.span.lo) or isinf(limit):
        return None
    return Ends(attempt.span.lo, None if isinf(attempt.span.hi) else attempt.span.hi, limit, value)


def chart(attempt: Tried, width: int) -> str:
    """The interval against its threshold; empty where the figure leaves everything possible."""
    bounds = ends(attempt)
    if bounds is None:
        return ""
    return bars.interval(bounds.low, bounds.high, bounds.threshold, width, bounds.value)


def _indented(text: str, width: int, role: str = "muted") -> list[Line]:
    room = max(20, width - len(_MARGIN) - 1)
    return [((_MARGIN + part, role),) for part in cells.wrap(text, room)]


def sentence(judged: Judged, endpoint: str, now: float) -> str:
    """The verdict as a sentence that can be cited, with its figure and how that was counted."""
    first = judged.published[0] if judged.published else None
    quoted = f" (published: {stated(first)}, {first.date}, {first.source})" if first else ""
    value = judged.now.value
    figure = ""
    if value is not None and value.value is not None:
        worth = "; ".join(filter(None, [*measure.limits(value), measure.reach(value)]))
        counted = f"{value.definition}{'; ' if worth else ''}{worth}"
        day = iso(value.as_of or now)[:10]
        figure = f" {measure.whole(value)} on {day} ({counted}; registry {value.registry})."
        endpoint = measure.whence(value._replace(registry=None), endpoint)
    verdict = {"unknown": "is not decided"}.get(judged.now.verdict, judged.now.verdict)
    return f"“{judged.claim.text}”{quoted} {verdict}: {judged.now.why}.{figure} {endpoint}."
