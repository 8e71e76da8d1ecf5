"""Bars of block characters. Their shape carries the meaning; colour is never needed to read them.

A bar's length is proportional to its value, from zero. Parts of a stacked bar differ by their
fill: ``█`` finetune, ``▓`` adapter, ``▒`` quantized, ``░`` merge, ``╌`` relation not recorded.
"""

from collections.abc import Mapping, Sequence

from tui.model import RELATIONS
from tui.render import cells

FILLS = dict(zip(RELATIONS, "█▓▒░╌"))
_LEVELS = "▁▂▃▄▅▆▇█"
_NOTHING = "_"  # a column of no height; not known is ``·``


def scaled(value: float | None, most: float, width: int) -> str:
    """A bar of ``value`` where ``most`` fills ``width`` cells; ``·`` where it is not known."""
    if value is None:
        return cells.UNKNOWN
    return cells.bar(value / most, width) if most > 0 else ""


def share(part: float | None, width: int) -> str:
    """A share of 0 to 1 as a bar and in per cent, in ``width`` cells: ``██▌       25 %``."""
    if part is None:
        return cells.UNKNOWN
    text = f"{part * 100:.0f} %" if part >= 0.01 or part == 0 else "<1 %"
    room = width - 5
    return f"{cells.bar(part, room):<{room}}{text:>5}"


def columns(values: Sequence[float | None], wide: int = 2) -> str:
    """One column for each value, all from zero on one scale: ``▃▃ ▂▂ ██ ▁▁``.

    Zero is ``_``, what is not known ``·``; ``wide`` is the cells of one column.
    """
    most = max((value for value in values if value is not None), default=0.0)
    return " ".join(_column(value, most) * wide for value in values)


def _column(value: float | None, most: float) -> str:
    if value is None:
        return cells.UNKNOWN
    if value <= 0 or most <= 0:
        return _NOTHING
    return _LEVELS[max(0, round(value / most * len(_LEVELS)) - 1)]


def stacked(parts: Mapping[str, float | None], width: int) -> str:
    """Parts by relation as one bar of ``width`` cells; any part above nothing has a cell.

    Empty where no part is known or all are zero.
    """
    known = {name: value for name, value in parts.items() if value}
    total = sum(known.values())
    if not total or width < len(known):
        return ""
    exact = {name: 1 + (width - len(known)) * value / total for name, value in known.items()}
    sizes = {name: int(size) for name, size in exact.items()}
    by_rest = sorted(exact, key=lambda name: sizes[name] - exact[name])
    for name in by_rest[: width - sum(sizes.values())]:
        sizes[name] += 1
    return "".join(FILLS.get(name, "╌") * size for name, size in sizes.items())


def legend() -> str:
    """What the fills of a stacked bar mean."""
    return "  ".join(f"{fill} {name}" for name, fill in FILLS.items())


def interval(
    low: float, high: float | None, threshold: float, width: int, value: float | None = None
) -> str:
    """An interval against a threshold: ``├──●────┤  ╎``; ``>`` in place of ``┤`` has no end.

    The scale runs from zero to a little beyond the greatest of the three. ``value`` is ``●``, the
    threshold ``╎``, and ``╂`` where it lies inside the interval.
    """
    ends = [end for end in (low, high, threshold, value) if end is not None]
    most, width = max(ends) * 1.1 or 1.0, max(1, width)

    def at(number: float) -> int:
        return min(width - 1, max(0, round(number / most * (width - 1))))

    first, last = at(low), width - 1 if high is None else at(high)
    line = [" "] * width
    for cell in range(first, last + 1):
        line[cell] = "─"
    line[first], line[last] = "├", ">" if high is None else "┤"
    if first == last:
        line[first] = "│"
    mark = at(threshold)
    line[mark] = "╂" if first <= mark <= last else "╎"
    if value is not None and at(value) != mark:
        line[at(value)] = "●"
    return "".join(line)
