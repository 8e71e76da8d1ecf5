"""Families side by side: a row for each measure, bars on one scale within a row."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.analysis.families.robustness import Robustness
from tui.model import RELATIONS, Measure
from tui.render import bars, cells, measure
from tui.render.families import Counted
from tui.render.spans import Line, cut, pad, pad_left
from tui.render.table import CURSOR

MIX = "relations"  # the row of stacked bars
_AFTER = "derivatives"  # the row that the mix stands under
_VALUE = 7  # cells of a figure; one less where six families stand on a small screen
_CHANGED = "*"


class Compared(NamedTuple):
    """One row: a measure of each family, the mix of relations, or a verdict on the order."""

    name: str
    figures: tuple[Measure, ...] = ()
    mixes: tuple[Mapping[str, float | None], ...] = ()
    changed: tuple[bool, ...] = ()
    rank: Robustness | None = None


def rows(
    families: Sequence[Counted],
    changes: Mapping[str, frozenset[str]],
    ranks: Sequence[Robustness],
) -> list[Compared]:
    """The rows of a comparison: every measure, the mix, then how firm the order is."""
    compared = []
    for name in families[0].measures if families else ():
        figures = tuple(family.measures[name] for family in families)
        marks = tuple(name in changes.get(family.family.key, ()) for family in families)
        compared.append(Compared(name, figures, changed=marks))
        if name == _AFTER:
            compared.append(Compared(MIX, mixes=tuple(mix(family.measures) for family in families)))
    return compared + [Compared(rank.measure, rank=rank) for rank in ranks]


def mix(measures: Mapping[str, Measure]) -> dict[str, float | None]:
    """The derivatives of a family by relation."""
    return {name: measures[f"derivatives_{name}"].value for name in RELATIONS}


def header(labels: Sequence[str], chosen: int, width: int) -> Line:
    """The families over their columns, ``▸`` before the one that is defined below."""
    label, column = _columns(len(labels), width)
    heads = [
        pad(cut(f"{'▸' if place == chosen else ' '}{text}", column - 1), column)
        for place, text in enumerate(labels)
    ]
    return ((" " * (2 + label) + "".join(heads), "head"),)


def row(compared: Compared, labels: Mapping[str, str], width: int, cursor: bool) -> Line:
    """One row of the comparison."""
    base = "cursor" if cursor else "cell"
    edge = f"{CURSOR if cursor else ' '} "
    if compared.rank is not None:
        return ((edge + cut(rank_words(compared.rank, labels), width - 2), base),)
    label, column = _columns(len(compared.figures or compared.mixes), width)
    name = "by relation" if compared.name == MIX else measure.NAMES[compared.name]
    if compared.name == MIX:
        body = "".join(_mix_cell(parts, column) for parts in compared.mixes)
    else:
        body = _bars(compared, column)
    return ((edge + pad(name, label), f"{base}.id"), (body, base))


def _columns(count: int, width: int) -> tuple[int, int]:
    """The cells of the labels, and of each family."""
    label = 21 if width >= 80 and count < 6 else 14
    return label, max(_VALUE, (width - 2 - label) // max(1, count))


def _bars(compared: Compared, column: int) -> str:
    most = max(measure.known(compared.figures), default=0.0)
    value_cells = min(_VALUE, column - 1)
    room = max(0, column - value_cells - 2)
    text = ""
    for figure, changed in zip(compared.figures, compared.changed):
        value = pad_left((_CHANGED if changed else "") + measure.short(figure), value_cells)
        bar = "" if figure.value is None or not room else bars.scaled(figure.value, most, room)
        text += pad(f"{value} {bar}", column)
    return text


def _mix_cell(parts: Mapping[str, float | None], column: int) -> str:
    bar = bars.stacked(parts, column - 2)
    return pad(f" {bar or cells.UNKNOWN.rjust(_VALUE - 1)}", column)


def rank_words(rank: Robustness, labels: Mapping[str, str]) -> str:
    """``derivatives: Qwen first under 11 of 12 settings (not: finetune, alive)``."""
    if not rank.computed:
        return f"{rank.measure}: the order cannot be tested yet, figures are missing"
    if rank.first is None:
        verdict = f"none is surely first under any of {rank.computed} settings"
    else:
        first = labels.get(rank.first, rank.first)
        verdict = f"{first} first under {rank.agree} of {rank.computed} settings"
        if rank.undecided:
            verdict += f", {rank.undecided} undecided"
    dissent = f" (not: {'; '.join(rank.dissent)})" if rank.dissent else ""
    return f"{rank.measure}: {verdict}{dissent}"


def rank_definition(rank: Robustness) -> str:
    """What a robustness line counts."""
    choices = {
        "downloads": "30 days or all time, all own repos or language models only, with or "
        "without the largest repo",
        "derivatives": "finetune, finetune and merge, or all relations; multi or fractional "
        "credit; all or alive",
    }
    return (
        f"order by {rank.measure} under {rank.settings} settings: {choices[rank.measure]}. First "
        "is a family whose lowest possible value is above the highest of every other; settings "
        "that give the same figures count once"
    )


def mix_definition(label: str, parts: Mapping[str, float | None]) -> tuple[str, str]:
    """What a stacked bar shows, and its parts in figures."""
    known = [f"{name} {cells.count(value)}" for name, value in parts.items() if value is not None]
    words = f"{label} · derivatives by relation, each bar its own whole: {bars.legend()}"
    return words, " · ".join(known) or "not known: fetch tier 1 with +"
