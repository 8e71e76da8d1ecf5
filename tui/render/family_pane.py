"""A family at a glance, below the league table: its figure over time, its largest repos, its mix.

Only what is at hand is drawn: published points beside the figures counted here on one axis, the
repos that most of its downloads come from, and the derivatives by relation as one stacked bar.
"""

from collections.abc import Sequence

from tui.analysis.history.dated import Series
from tui.model import Repo
from tui.render import bars, cells, charts, measure
from tui.render.compare import mix
from tui.render.families import Counted
from tui.render.spans import Line, cut, cut_id, fit, pad, pad_left

_MARGIN = " "
_BESIDE = 72  # cells from which chart and repos stand side by side
_PLOT = (5, 10)  # lines of the chart with its dates, at least and at most
_LISTED = 4  # dated figures in words, where there is no chart of them


def lines(
    family: Counted, series: Series, name: str, largest: Sequence[Repo], width: int, height: int
) -> list[Line]:
    """The pane in at most ``height`` lines of at most ``width`` cells.

    ``series`` has the dated figures of the measure ``name``, ``largest`` the family's repos with
    the most 30-day downloads, greatest first.
    """
    half = width // 2 if largest and width >= _BESIDE else width
    relations = _relations(family, width)
    room = height - len(relations) - (1 if relations else 0)
    repos = _repos(family, largest, width - half if half < width else width)
    if half < width:
        left = _course(family, series, name, half, room)
        body = [
            (*fit(left[row] if row < len(left) else (), half), *(repos[row : row + 1] or [()])[0])
            for row in range(min(room, max(len(left), len(repos))))
        ]
    else:
        above = [*repos, ()] if repos else []
        body = [*above, *_course(family, series, name, width, room - len(above))]
    spare = [()] if relations and len(body) + len(relations) < height else []
    return [*body[:room], *spare, *relations][:height]


def _course(family: Counted, series: Series, name: str, width: int, height: int) -> list[Line]:
    """The figure over time: a chart from two dates on, a line of text for what is less."""
    label = measure.NAMES[name].lstrip("… ")
    head: Line = ((f"{_MARGIN}{family.family.label} · {label} over time", "title"),)
    high = min(_PLOT[1], height - 2)
    if series.dated > 1 and high >= _PLOT[0]:
        drawn = charts.plot([series], width - 2, high)
        legend = "A published, a counted here"
        return [
            head,
            *(((_MARGIN + line, "text"),) for line in drawn),
            ((cut(_MARGIN + legend, width), "muted"),),
        ]
    if not series.dots:
        none = f"{_MARGIN}no dated figure yet, here or published"
        return [head, ((cut(none, width - 1), "muted"),)][: max(0, height)]
    dated = [_MARGIN + charts.stands(dot) for dot in series.dots[-_LISTED:]]
    return [head, *(((cut(text, width - 1), "text"),) for text in dated)][: max(0, height)]


def _repos(family: Counted, largest: Sequence[Repo], width: int) -> list[Line]:
    """The largest repos: downloads of 30 days, and their part of the family's."""
    if not largest:
        return []
    total = family.measures["downloads_30d"].value
    rows: list[Line] = [((f"{_MARGIN}largest repos, downloads 30 d", "title"),)]
    for repo in largest:
        count = cells.count(repo.downloads)
        part = repo.downloads / total if repo.downloads and total else None
        bar = pad(cells.bar(part, 8) if part else "", 8)
        share = pad_left(measure.percent(part) if part else cells.UNKNOWN, 6)
        room = max(8, width - len(_MARGIN) - 24)
        rows.append(
            (
                (f"{_MARGIN}{pad(cut_id(repo.id, room), room)} ", "text"),
                (f"{pad_left(count, 6)} {bar}{share}", "muted"),
            )
        )
    return rows


def _relations(family: Counted, width: int) -> list[Line]:
    """The derivatives by relation as one bar, and what its fills mean; nothing where unknown."""
    parts = mix(family.measures)
    drawn = bars.stacked(parts, min(60, width - 16))
    if not drawn:
        return []
    known = [
        f"{bars.FILLS.get(name, '╌')} {name} {cells.count(value)}"
        for name, value in parts.items()
        if value is not None
    ]
    return [
        ((f"{_MARGIN}by relation  ", "muted"), (drawn, "text")),
        ((cut(f"{_MARGIN}{'  '.join(known)}", width - 1), "muted"),),
    ]
