"""The charts as SVG text: bars, stacked bars, lines over time, an interval against a threshold.

Each chart is a panel; a document stacks panels under a title and states the definitions below.
Series differ by marker and dash as well as by colour, parts of a stack by their order and label.
The colours are those of Okabe and Ito, which colour-blind readers tell apart.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from tui.analysis.history.dated import Dot, Series, strokes
from tui.model.when import iso
from tui.render import cells
from tui.render.charts import Frame, frame

WIDTH = 720
_LEFT, _RIGHT = 130, 110
_ROOM = WIDTH - _LEFT - _RIGHT
_ROW = 22
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "12 4", "4 2 1 2")
_PLOT = 160  # height of a line chart
_LINE = 13  # height of a line of words
_MANY = 24  # dots of a line, beyond which they are small


class Panel(NamedTuple):
    """One chart, drawn from y = 0 downwards."""

    height: int
    body: tuple[str, ...]


def document(title: str, caption: Iterable[str], panels: Iterable[Panel]) -> str:
    """A whole SVG document."""
    parts = [_text(12, 24, title, size=16)]
    y = 40
    for panel in panels:
        parts += [f'<g transform="translate(0 {y})">', *panel.body, "</g>"]
        y += panel.height + 14
    for line in caption:
        parts.append(_text(12, y + 10, line, size=10))
        y += 14
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 12}" '
            f'viewBox="0 0 {WIDTH} {y + 12}" font-family="sans-serif" fill="#15181c">',
            f'<rect width="{WIDTH}" height="{y + 12}" fill="#ffffff"/>',
            *parts,
            "</svg>",
        ]
    )


def bars(head: str, rows: Sequence[tuple[str, float | None, str]]) -> Panel:
    """A bar for each (label, value, text), on one scale from zero; no bar where not known."""
    most = max((value for _, value, _ in rows if value), default=0.0)
    body = [_text(12, 12, head, size=12)]
    for row, (label, value, text) in enumerate(rows):
        y = 20 + row * _ROW
        long = _ROOM * (value or 0.0) / most if most else 0.0
        body.append(_text(12, y + 13, label))
        body.append(_rect(_LEFT, y, long, _COLOURS[0]))
        body.append(_text(_LEFT + long + 6, y + 13, text))
    return Panel(20 + _ROW * len(rows), tuple(body))


def stacks(head: str, rows: Sequence[tuple[str, Mapping[str, float | None]]]) -> Panel:
    """A bar of full width for each label, divided by the parts, in the parts' order."""
    body = [_text(12, 12, head, size=12)]
    names: dict[str, str] = {}
    for row, (label, parts) in enumerate(rows):
        y, x, total = 20 + row * _ROW, float(_LEFT), sum(part or 0.0 for part in parts.values())
        body.append(_text(12, y + 13, label))
        for name, part in parts.items():
            colour = names.setdefault(name, _COLOURS[len(names) % len(_COLOURS)])
            long = _ROOM * (part or 0.0) / total if total else 0.0
            body.append(_rect(x, y, long, colour, f"{label}, {name}: {part or 0:,.0f}"))
            x += long
    y = 20 + _ROW * len(rows)
    for place, (name, colour) in enumerate(names.items()):
        x = _LEFT + place * 95
        body += [_rect(x, y, 12, colour), _text(x + 17, y + 13, name)]
    return Panel(y + _ROW, tuple(body))


def over_time(
    head: str, series: Sequence[Series], *, label: Callable[[float], str] = cells.count
) -> Panel | None:
    """Lines over time, published figures as open circles; None where there is no dot.

    ``label`` writes a value at the axis.
    """
    window = frame(series)
    if window is None:
        return None
    body = [
        _text(12, 12, head, size=12),
        f'<path d="M{_LEFT} 20V{20 + _PLOT}H{_LEFT + _ROOM}" fill="none" stroke="#888888"/>',
        _text(_LEFT - 6, 26, label(window.most), anchor="end"),
        _text(_LEFT - 6, 20 + _PLOT, "0", anchor="end"),
        _text(_LEFT, 36 + _PLOT, iso(window.begin)[:10]),
        _text(_LEFT + _ROOM, 36 + _PLOT, iso(window.end)[:10], anchor="end"),
    ]
    drawn = [curve for curve in series if curve.dots]
    names = _apart([_place(curve.dots[-1], window)[1] for curve in drawn])
    for number, (curve, y) in enumerate(zip(drawn, names)):
        body += _line(curve, window, number, label)
        body.append(_text(_place(curve.dots[-1], window)[0] + 8, y + 4, curve.label))
    return Panel(40 + _PLOT, tuple(body))


def _line(curve: Series, window: Frame, number: int, label: Callable[[float], str]) -> list[str]:
    colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
    path, end = "", None
    for before, dot in strokes(curve):
        if before != end:
            path += "M{:.1f} {:.1f}".format(*_place(before, window))
        path += "L{:.1f} {:.1f}".format(*_place(dot, window))
        end = dot
    elements = [f'<path d="{path}" fill="none" stroke="{colour}" stroke-dasharray="{dash}"/>']
    radius = 4 if len(curve.dots) <= _MANY else 2
    for dot in curve.dots:
        x, y = _place(dot, window)
        fill = "#ffffff" if dot.published else colour
        figure = f"{dot.value:,.0f}" if label is cells.count else label(dot.value)
        title = f"{curve.label}, {iso(dot.at)[:10]}: {figure}"
        title += ", published" if dot.published else ""
        elements.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{colour}">'
            f"<title>{escape(title)}</title></circle>"
        )
    return elements if path else elements[1:]


def _apart(places: Sequence[float]) -> list[float]:
    """The heights of names beside their lines' ends, moved so that each can be read."""
    moved = list(places)
    order = sorted(range(len(moved)), key=moved.__getitem__)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + _LINE)
    for below, above in pairwise(reversed(order)):  # and none below the plot
        moved[below] = min(moved[below], 20.0 + _PLOT)
        moved[above] = min(moved[above], moved[below] - _LINE)
    return moved


def _place(dot: Dot, window: Frame) -> tuple[float, float]:
    return _LEFT + window.across(dot.at) * _ROOM, 20 + _PLOT * (1 - window.up(dot.value))


def interval(
    head: str, low: float, high: float | None, threshold: float, value: float | None = None
) -> Panel:
    """An interval against a threshold, from zero; without ``high`` it runs to the edge."""
    most = max(end for end in (low, high, threshold, value) if end is not None) * 1.1 or 1.0
    left, right = _LEFT + low / most * _ROOM, _LEFT + (1.0 if high is None else high / most) * _ROOM
    mark = _LEFT + threshold / most * _ROOM
    body = [
        _text(12, 12, head, size=12),
        f'<path d="M{left:.1f} 36H{right:.1f}" stroke="{_COLOURS[0]}" stroke-width="4"/>',
        f'<path d="M{mark:.1f} 22V50" stroke="{_COLOURS[1]}" stroke-dasharray="4 3"/>',
        _text(mark, 64, cells.count(threshold), anchor="middle"),
    ]
    if value is not None:
        x = _LEFT + value / most * _ROOM
        body.append(f'<circle cx="{x:.1f}" cy="36" r="5" fill="{_COLOURS[0]}"/>')
    return Panel(70, tuple(body))


def _rect(x: float, y: float, long: float, colour: str, tooltip: str = "") -> str:
    title = f"<title>{escape(tooltip)}</title>" if tooltip else ""
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{long:.1f}" height="16" fill="{colour}">{title}</rect>'
    )


def _text(x: float, y: float, text: str, *, size: int = 11, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )
