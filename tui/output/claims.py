"""The claims of the press with their verdicts, and every definition that was tried."""

from collections.abc import Iterator, Sequence
from math import isinf
from typing import Any

from tui.analysis.claims import Counted, Judged, Tried
from tui.model import Measure, View
from tui.model.when import iso
from tui.output import json
from tui.output.forms import Cell, Context, Output
from tui.render import claims as render
from tui.render import measure
from tui.render.spans import plain_lines

_HEADS = ("key", "claim", "published", "then", "now", "value", "why", "as_of")
_DEFINED = ("key", "now", "name", "verdict", "value", "leaves", "test", "why", "definition")


def output(view: View[Judged], context: Context, *, whole: bool = False) -> Output:
    """Claims in every form, a row each; ``whole`` prints each with all its definitions."""
    rows = view.rows
    made = Output(
        body=json.envelope(context, view, {"claims": [_claim(one) for one in rows]}),
        heads=_HEADS,
        rows=[_cells(one) for one in rows],
        text=_table(rows, context.width),
        ids=[one.claim.key for one in rows],
        caption=_caption(view),
    )
    if not whole:
        return made
    cited = [render.sentence(one, context.endpoint, context.now) for one in rows]
    return made._replace(
        heads=_DEFINED,
        rows=[_defined(one, tried) for one in rows for tried in one.tried],
        text=_pages(rows, context),
        caption=" ".join(cited),
    )


def _table(rows: Sequence[Judged], width: int) -> Iterator[str]:
    yield from plain_lines([render.header(width)])
    yield from plain_lines(render.row(one, width) for one in rows)


def _pages(rows: Sequence[Judged], context: Context) -> Iterator[str]:
    for place, one in enumerate(rows):
        if place:
            yield ""
        yield from plain_lines(render.page(one, context.now, context.width))


def _defined(one: Judged, tried: Tried) -> list[Cell]:
    value = measure.whole(tried.value) if render.has_figure(tried) else None
    left = render.span(tried.span, tried.value.unit) if render.has_figure(tried) else None
    return [
        *(one.claim.key, one.now.verdict, tried.name, tried.verdict, value, left),
        *(render.threshold(tried), tried.why, tried.value.definition),
    ]


def _caption(view: View[Judged]) -> str:
    day = "" if view.as_of is None else f", {iso(view.as_of)}"
    dates = sorted({each.date for one in view.rows for each in one.counted})
    then = f"and the censuses of {', '.join(dates)}" if dates else "alone"
    return (
        f"now: each definition is tried on what its figure leaves possible; source {view.source}"
        f"{day}; then: published figures {then}"
    )


def _cells(one: Judged) -> list[Cell]:
    value = one.now.value
    as_of = iso(value.as_of) if value and value.requests and value.as_of else None
    shown = measure.whole(value) if value is not None and value.value is not None else None
    verdicts = (one.then.verdict, one.now.verdict)
    return [
        one.claim.key,
        one.claim.text,
        render.published(one),
        *verdicts,
        shown,
        one.now.why,
        as_of,
    ]


def _claim(one: Judged) -> dict[str, Any]:
    """A claim as JSON; what is not known is null."""
    return {
        "key": one.claim.key,
        "text": one.claim.text,
        "published": [
            {"value": point.value, "as_of": point.date, "source": point.source}
            for point in one.published
        ],
        "then": {
            "verdict": one.then.verdict,
            "why": one.then.why,
            "counted": [_counted(each) for each in one.counted],
        },
        "now": {
            "verdict": one.now.verdict,
            "why": one.now.why,
            "value": _measure(one.now.value),
        },
        "definitions": [_definition(tried) for tried in one.tried],
    }


def _counted(one: Counted) -> dict[str, Any]:
    return {
        "as_of": one.date,
        "verdict": one.verdict.verdict,
        "why": one.verdict.why,
        "definitions": [_definition(tried) for tried in one.tried],
    }


def _definition(one: Tried) -> dict[str, Any]:
    return {
        "name": one.name,
        "definition": one.value.definition,
        "value": json.measure(one.value),
        "verdict": one.verdict,
        "why": one.why,
        "interval": [None if isinf(end) else end for end in one.span],
        "test": one.sign,
        "against": json.measure(one.against),
        "calls": one.calls,
        "tier": one.tier,
        "beside": {label: json.measure(figure) for label, figure in one.beside},
    }


def _measure(value: Measure | None) -> dict[str, Any] | None:
    return None if value is None else json.measure(value)
