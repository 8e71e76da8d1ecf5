"""Families and their figures in every format, for ``family`` and ``compare``."""

import os
import sys
from argparse import Namespace
from typing import Any

from tui.ask.families.league import FamilyRow
from tui.ask.sources import Sources
from tui.commands.answer import note
from tui.commands.write import write
from tui.model import Lens, Measure, View
from tui.model.when import iso
from tui.render import measure as figures
from tui.render import shapes
from tui.render.cells import UNKNOWN
from tui.render.export import Output

HEADS = (
    "family", "home", "measure", "value", "unit", "kind", "low", "high", "unknown", "done",
    "total", "as_of", "definition",
)  # fmt: skip


def print_figures(
    command: str,
    args: Namespace,
    sources: Sources,
    view: View,
    lens: Lens,
    more: dict[str, Any] | None = None,
    said: tuple[str, ...] = (),
) -> None:
    """Print the families of ``view``.

    ``more`` joins the JSON body, ``said`` are sentences under the table.
    """
    rows: tuple[FamilyRow, ...] = view.rows
    form = args.format or ("text" if os.isatty(1) else "tsv")
    remarks = (*_absent(rows), *_left(view))
    note(args, view, sources.now())
    if form in ("tsv", "csv"):
        for line in remarks:
            print(f"hubscope: {line}", file=sys.stderr)  # noqa: T201
    body = {"lens": lens._asdict(), "families": [_shaped(row) for row in rows], **(more or {})}
    wide = form in ("md", "text")
    caption = " ".join([*(f"{line}." for line in (*said, *remarks)), *_definitions(rows, lens)])
    output = Output(
        body=shapes.envelope(command, sources.endpoint, view, body),
        heads=("", *(row.family.label for row in rows)) if wide else HEADS,
        rows=_table(rows) if wide else [line for row in rows for line in _long(row)],
        ids=[row.family.key for row in rows],
        caption=caption,
    )
    write(output._replace(text=_text(output)) if form == "text" else output, form)


def _shaped(row: FamilyRow) -> dict[str, Any]:
    return {
        "key": row.family.key,
        "label": row.family.label,
        "home": row.family.home,
        "measures": {name: shapes.measure(figure) for name, figure in row.measures.items()},
    }


def _table(rows: tuple[FamilyRow, ...]) -> list[list[str]]:
    """The measures line by line, a column for each family."""
    return [
        [figures.NAMES.get(name, name), *(_cell(row.measures[name]) for row in rows)]
        for name in rows[0].measures
    ]


def _cell(figure: Measure) -> str:
    if figure.value is None:
        return UNKNOWN
    return figures.whole(figure).removesuffix(f" {figure.unit}")


def _long(row: FamilyRow) -> list[list[str | float | int | None]]:
    """A line for each measure, with what keeps it from being exact."""
    found: list[list[str | float | int | None]] = []
    for name, figure in row.measures.items():
        low, high = figure.bound or (None, None)
        reach = figure.coverage
        found.append(
            [
                *(row.family.key, row.family.home, name, figure.value, figure.unit, figure.kind),
                *(low, high, figure.unknown, reach and reach.done, reach and reach.total),
                *(None if figure.as_of is None else iso(figure.as_of), figure.definition),
            ]
        )
    return found


def _text(output: Output) -> list[str]:
    """The table in columns, and what stands under it."""
    lines = [[str(cell) for cell in line] for line in (output.heads, *output.rows)]
    widths = [max(map(len, column)) for column in zip(*lines)]
    made = [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in lines
    ]
    return [*made, "", *output.caption.split("\n")]


def _absent(rows: tuple[FamilyRow, ...]) -> list[str]:
    return [
        f"{row.family.label} has no models {_where(row.measures['repos'])}"
        f" (looked for by {', '.join(row.family.orgs)})"
        for row in rows
        if row.measures["repos"].value == 0 and row.measures["repos"].kind == "exact"
    ]


def _left(view: View) -> list[str]:
    """That some was not asked, where no trouble says so already."""
    if view.complete or view.problems:
        return []
    return ["not all was asked; run it again to go on"]


def _definitions(rows: tuple[FamilyRow, ...], lens: Lens) -> list[str]:
    """What the figures are of, in one line that goes with them wherever they are pasted."""
    owned = "; ".join(f"{row.family.label}: {_own(row.measures['repos'])}" for row in rows)
    first = rows[0].measures
    ages = [m.as_of for row in rows for m in row.measures.values() if m.as_of is not None]
    asked = {url for row in rows for m in row.measures.values() for url in m.requests}
    calls = sum("://" in url for url in asked)  # a census is no call, and names a command
    built = "declare an own repo as base" if lens.walk == "direct" else "descend from an own root"
    return [
        f"Own repos: {owned}.",
        f"Derivatives: repos that {built}"
        f" ({'+'.join(lens.relations)}), uploader not of the family's organisations"
        f"{'' if lens.first_party == 'apart' else ', or of them too'}.",
        f"{lens.words()}; {_where(first['repos'])}, {calls} calls, {iso(min(ages))};"
        f" registry {first['repos'].registry}.",
        "≥ lower bound, ≈ count of edges or estimate, · not fetched.",
    ]


def _own(figure: Measure) -> str:
    return figure.definition.partition("; own: ")[2]


def _where(figure: Measure) -> str:
    if figure.source.startswith("census"):
        return f"{figure.source}: {figure.universe}"
    return "in the bundled sample" if figure.universe == "sample" else "on the Hub"
