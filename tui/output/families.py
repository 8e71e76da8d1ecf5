"""Families and their figures: the league table, ``family``, and ``compare`` with its order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tui.analysis.families.measures import Growth, portions
from tui.analysis.families.robustness import Robustness
from tui.model import Lens, Measure, View
from tui.model.when import iso
from tui.output import json, md
from tui.output.forms import Cell, Context, Output
from tui.render import cells, table
from tui.render import families as drawn
from tui.render import measure as figures
from tui.render.families import Counted, Shown
from tui.render.spans import pad, pad_left, plain_lines, width

_HEADS = (
    "family", "home", "measure", "value", "unit", "kind", "low", "high", "unknown", "done",
    "total", "as_of", "definition",
)  # fmt: skip


Grown = tuple[Growth, str]  # a figure's growth, and the day it is counted from
_BY_REGISTRY = "by the table of families (`hubscope families --registry`)"
_NO_GROWTH: Grown = (Growth(None, None, "no growth yet"), "")


def output(view: View[Counted], context: Context, lens: Lens) -> Output:
    """Every figure of each family under ``lens``."""
    return _output(view, context, lens, {}, ())


def compared(
    view: View[Counted], context: Context, lens: Lens, robustness: Sequence[Robustness]
) -> Output:
    """The families side by side, and under how many settings the first one stays first."""
    sentences = tuple(_words(entry) for entry in robustness if entry.computed)
    more = {"robustness": [entry._asdict() for entry in robustness]}
    return _output(view, context, lens, more, sentences)


def _output(
    view: View[Counted],
    context: Context,
    lens: Lens,
    more: dict[str, Any],
    sentences: tuple[str, ...],
) -> Output:
    rows = view.rows
    lines = [["", *(row.family.label for row in rows)], *_table(rows)]
    owned = "; ".join(f"{row.family.label}: {_own(row.measures['repos'])}" for row in rows)
    caption = _caption(view, rows, lens, owned, sentences)
    return Output(
        body=json.envelope(context, view, _body(rows, lens) | more),
        heads=_HEADS,
        rows=[line for row in rows for line in _long(row)],
        text=_text(lines, caption, context.width),
        ids=[row.family.key for row in rows],
        markdown=md.lines(lines[0], lines[1:], caption),
        remarks=_remarks(view, rows),
    )


def league(
    view: View[Counted],
    context: Context,
    lens: Lens,
    growth: Mapping[str, Grown],
    by: str,
    sort: str,
) -> Output:
    """The league table, a row for each family or group in ``view``, the greatest first.

    ``by`` is one of the groupings of ``groups``, ``sort`` one of the figures' names, and
    ``growth`` how that figure has grown, by family.
    """
    families = view.rows
    shares = portions({row.family.key: row.measures["downloads_30d"] for row in families})
    ranked = drawn.sort(
        [
            Shown(row, shares[row.family.key], *growth.get(row.family.key, _NO_GROWTH))
            for row in families
        ],
        sort,
        upward=False,
    )
    rows = tuple(shown.row for shown in ranked)
    caption = _caption(view, rows, lens, _BY_REGISTRY)
    names = [figures.NAMES[name].replace("… ", "by ") for name in rows[0].measures]
    lines = [
        [row.family.label, row.family.home, *map(_cell, row.measures.values())] for row in rows
    ]
    return Output(
        body=json.envelope(context, view, _body(rows, lens)),
        heads=_HEADS,
        rows=[line for row in rows for line in _long(row)],
        text=_league(ranked, caption, context, by, sort),
        ids=[row.family.key for row in rows],
        markdown=md.lines((by, "home", *names), lines, caption),
        remarks=_remarks(view, rows),
    )


def _league(
    ranked: Sequence[Shown], caption: str, context: Context, by: str, sort: str
) -> Iterator[str]:
    plan = drawn.layout(context.width, sort, by)
    yield from plain_lines([drawn.header(plan, "", sort, upward=False)])
    yield from plain_lines(table.row(plan, shown, context.now) for shown in ranked)
    yield ""
    yield from cells.wrap(caption, context.width)


def _body(rows: Sequence[Counted], lens: Lens) -> dict[str, Any]:
    return {"lens": lens._asdict(), "families": [_shaped(row) for row in rows]}


def _caption(
    view: View[Counted],
    rows: Sequence[Counted],
    lens: Lens,
    owned: str,
    sentences: Sequence[str] = (),
) -> str:
    """What stands under a table, in sentences; ``owned`` says which repos are whose."""
    first = (*sentences, *_absent(rows), *_left(view), f"Own repos: {owned}")
    return " ".join([*(f"{line}." for line in first), *_definitions(rows, lens)])


def _remarks(view: View[Counted], rows: Sequence[Counted]) -> list[str]:
    """Sentences for standard error, which rows of data have no column for."""
    return [*_absent(rows), *_left(view)]


def _unfetched(rows: Sequence[Counted]) -> str:
    """``not fetched: --tier 1, about 43 calls``: how to get what is not known; "" where all is."""
    offers = []
    for tier, name in ((1, "derivatives"), (2, "derivative_authors")):
        calls = sum(row.costs.get(name, 0) for row in rows)
        if calls:
            offers.append(f"--tier {tier}, about {cells.calls(calls)}")
    return f"not fetched: {'; '.join(offers)}" if offers else ""


def _words(robustness: Robustness) -> str:
    """``downloads: qwen first under 8 of 8 settings``."""
    if robustness.first is None:
        return f"{robustness.measure}: none is first under any of {robustness.computed} settings"
    dissent = f" (not: {'; '.join(robustness.dissent)})" if robustness.dissent else ""
    settings = f"{robustness.agree} of {robustness.computed} settings"
    return f"{robustness.measure}: {robustness.first} first under {settings}{dissent}"


def _shaped(row: Counted) -> dict[str, Any]:
    return {
        "key": row.family.key,
        "label": row.family.label,
        "home": row.family.home,
        "measures": {name: json.measure(figure) for name, figure in row.measures.items()},
    }


def _table(rows: tuple[Counted, ...]) -> list[list[str]]:
    """The measures line by line, a column for each family."""
    return [
        [figures.NAMES.get(name, name), *(_cell(row.measures[name]) for row in rows)]
        for name in rows[0].measures
    ]


def _cell(figure: Measure) -> str:
    if figure.value is None:
        return cells.UNKNOWN
    return figures.digits(figure)


def _long(row: Counted) -> list[list[Cell]]:
    """A line for each measure, with what keeps it from being exact."""
    rows: list[list[Cell]] = []
    for name, figure in row.measures.items():
        low, high = figure.bound or (None, None)
        reach = figure.coverage
        rows.append(
            [
                *(row.family.key, row.family.home, name, figure.value, figure.unit, figure.kind),
                *(low, high, figure.unknown, reach and reach.done, reach and reach.total),
                *(None if figure.as_of is None else iso(figure.as_of), figure.definition),
            ]
        )
    return rows


def _text(lines: list[list[str]], caption: str, room: int) -> Iterator[str]:
    """The table in aligned columns, a blank line, ``caption`` in lines of ``room`` cells."""
    widths = [max(map(width, column)) for column in zip(*lines)]
    for label, *figures_of in lines:
        yield "  ".join([pad(label, widths[0]), *map(pad_left, figures_of, widths[1:])]).rstrip()
    yield ""
    yield from cells.wrap(caption, room)


def _absent(rows: Sequence[Counted]) -> list[str]:
    return [
        f"{row.family.label} has no models {_where(row.measures['repos'])}"
        f" (looked for by {', '.join(row.family.orgs)})"
        for row in rows
        if row.measures["repos"].value == 0 and row.measures["repos"].kind == "exact"
    ]


def _left(view: View[Counted]) -> list[str]:
    """A sentence where calls were left out and no problem of the view says so; else none."""
    if view.complete or view.problems:
        return []
    return ["not all was asked; run it again to go on"]


def _definitions(rows: Sequence[Counted], lens: Lens) -> list[str]:
    """Sentences: what counts as a derivative, the lens, calls, day and registry, the signs."""
    first = rows[0].measures
    ages = [m.as_of for row in rows for m in row.measures.values() if m.as_of is not None]
    urls = {url for row in rows for m in row.measures.values() for url in m.requests}
    calls = sum("://" in url for url in urls)  # a census is no call, and names a command
    built = "declare an own repo as base" if lens.walk == "direct" else "descend from an own root"
    return [
        f"Derivatives: repos that {built}"
        f" ({'+'.join(lens.relations)}), uploader not of the family's organisations"
        f"{'' if lens.first_party == 'apart' else ', or of them too'}.",
        f"{lens.words()}; {_where(first['repos'])}, {calls} calls, {iso(min(ages))};"
        f" registry {first['repos'].registry}.",
        f"≥ lower bound, ≈ count of edges or estimate, · {_unfetched(rows) or 'not known'}.",
    ]


def _own(figure: Measure) -> str:
    return figure.definition.partition("; own: ")[2]


def _where(figure: Measure) -> str:
    if figure.source.startswith("census"):
        return f"{figure.source}: {figure.universe}"
    return "in the bundled sample" if figure.bundled else "on the Hub"
