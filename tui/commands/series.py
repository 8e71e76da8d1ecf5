"""``hubscope series``: a family's course month by month, from a census."""

import os
from argparse import ArgumentParser, Namespace

from tui.ask.census import series as ask
from tui.ask.census.series import OF, Course, Flow
from tui.ask.sources import Sources
from tui.commands.lens import lens_arguments, lens_of
from tui.commands.write import write
from tui.model import BadInput, View
from tui.render import charts, shapes, svg
from tui.render.export import Cell, Output

HEADS = ("family", "month", "value", "unit")
_HEIGHT = 16  # lines of a chart on a terminal


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``series``."""
    parser.add_argument("--of", choices=list(OF), default="derivatives", help="what is counted")
    parser.add_argument(
        "--family", default="qwen,llama", metavar="KEY,KEY", help="whole families, qwen,llama"
    )
    parser.add_argument("--by", choices=["month"], default="month", help="the step")
    parser.add_argument("--svg", metavar="FILE", help="draw it into a file too")
    lens_arguments(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the courses."""
    lens = lens_of(args)
    keys = [key for key in args.family.split(",") if key]
    if not keys:
        raise BadInput("a series wants a family; write --family qwen,llama")
    view = ask.view(sources, args.of, keys, lens)
    if args.svg:
        _draw(args.svg, args.of, view)
    write(_output(args, sources, view), args.format or ("text" if os.isatty(1) else "tsv"))
    return 0


def _output(args: Namespace, sources: Sources, view: View) -> Output:
    courses: tuple[Course, ...] = view.rows
    flows: tuple[Flow, ...] = view.read
    rows: list[list[Cell]] = [
        [one.family.key, month, value, one.figure.unit]
        for one in courses
        for month, value in one.values
    ]
    body = {
        "of": args.of,
        "by": args.by,
        "series": [
            {
                "key": one.family.key,
                "label": one.family.label,
                "points": [{"month": month, "value": value} for month, value in one.values],
                "measure": shapes.measure(one.figure),
            }
            for one in courses
        ],
        "flows": [
            {"key": one.family.key, "since": one.since, "until": one.until, "value": one.value}
            for one in flows
        ],
    }
    width = int(os.environ.get("COLUMNS") or 80)
    return Output(
        body=shapes.envelope("series", sources.endpoint, view, body),
        heads=HEADS,
        rows=rows,
        text=[
            *charts.lines([one.series() for one in courses], width, _HEIGHT),
            *_said(args.of, courses, width),
        ],
        ids=[one.family.key for one in courses],
        caption=" ".join(_said(args.of, courses)),
    )


def _said(of: str, courses: tuple[Course, ...], width: int = 110) -> list[str]:
    """What the figures are of, once for all families, in lines of a width."""
    from textwrap import wrap

    figure = courses[0].figure
    lens = figure.lens.words() if figure.lens else ""
    text = (
        f"{OF[of][1]}. Repos deleted before the census are missing; the last 30 days are"
        f" provisional, for cards come later than repos. {lens} · {figure.source}:"
        f" {figure.universe} · registry {figure.registry}"
    )
    return wrap(text, width)


def _draw(path: str, of: str, view: View) -> None:
    courses: tuple[Course, ...] = view.rows
    panel = svg.over_time(OF[of][1], [one.series() for one in courses])
    title = f"{of} by month: {', '.join(one.family.label for one in courses)}"
    text = svg.document(title, _said(of, courses), [panel] if panel else [])
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}; name another file") from None
