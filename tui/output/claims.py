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
    document = Output(
        body=json.envelope(context, view, {"claims": [_claim(judged) for judged in rows]}),
        heads=_HEADS,
        rows=[_cells(judged) for judged in rows],
        text=_table(rows, context.width),
        ids=[judged.claim.key for judged in rows],
        caption=_caption(view),
    )
    if not whole:
        return document
    sentences = [render.sentence(judged, context.endpoint, context.now) for judged in rows]
    return document._replace(
        heads=_DEFINED,
        rows=[_defined(judged, tried) for judged in rows for tried in judged.tried],
        text=_pages(rows, context),
        caption=" ".join(sentences),
    )


def _table(rows: Sequence[Judged], width: int) -> Iterator[str]:
    yield from plain_lines([render.header(width)])
    yield from plain_lines(render.row(judged, width) for judged in rows)


def _pages(rows: Sequence[Judged], context: Context) -> Iterator[str]:
    for place, judged in enumerate(rows):
        if place:
            yield ""
        yield from plain_lines(render.page(judged, context.now, context.width))


def _defined(judged: Judged, tried: Tried) -> list[Cell]:
    value = measure.whole(tried.value) if render.has_figure(tried) else None
    left = render.span(tried.span, tried.value.unit) if render.has_figure(tried) else None
    return [
        *(judged.claim.key, judged.now.verdict, tried.name, tried.verdict, value, left),
        *(render.threshold(tried), tried.why, tried.value.definition),
    ]


def _caption(view: View[Judged]) -> str:
    day = "" if view.as_of is None else f", {iso(view.as_of)}"
    dates = sorted({counted.date for judged in view.rows for counted in judged.counted})
    then = f"and the censuses of {', '.join(dates)}" if dates else "alone"
    return (
        f"now: each definition is tried on what its figure leaves possible; source {view.source}"
        f"{day}; then: published figures {then}"
    )


def _cells(judged: Judged) -> list[Cell]:
    value = judged.now.value
    as_of = iso(value.as_of) if value and value.requests and value.as_of else None
    shown = measure.whole(value) if value is not None and value.value is not None else None
    verdicts = (judged.then.verdict, judged.now.verdict)
    return [
        judged.claim.key,
        judged.claim.text,
        render.published(judged),
        *verdicts,
        shown,
        judged.now.why,
        as_of,
    ]


def _claim(judged: Judged) -> dict[str, Any]:
    """A claim as JSON; what is not known is null."""
    return {
        "key": judged.claim.key,
        "text": judged.claim.text,
        "published": [
            {"value": point.value, "as_of": point.date, "source": point.source}
            for point in judged.published
        ],
        "then": {
            "verdict": judged.then.verdict,
            "why": judged.then.why,
            "counted": [_counted(counted) for counted in judged.counted],
        },
        "now": {
            "verdict": judged.now.verdict,
            "why": judged.now.why,
            "value": _measure(judged.now.value),
        },
        "definitions": [_definition(tried) for tried in judged.tried],
    }


def _counted(counted: Counted) -> dict[str, Any]:
    return {
        "as_of": counted.date,
        "verdict": counted.verdict.verdict,
        "why": counted.verdict.why,
        "definitions": [_definition(tried) for tried in counted.tried],
    }


def _definition(tried: Tried) -> dict[str, Any]:
    return {
        "name": tried.name,
        "definition": tried.value.definition,
        "value": json.measure(tried.value),
        "verdict": tried.verdict,
        "why": tried.why,
        "interval": [None if isinf(end) else end for end in tried.span],
        "test": tried.sign,
        "against": json.measure(tried.against),
        "calls": tried.calls,
        "tier": tried.tier,
        "beside": {label: json.measure(figure) for label, figure in tried.beside},
    }


def _measure(value: Measure | None) -> dict[str, Any] | None:
    return None if value is None else json.measure(value)
