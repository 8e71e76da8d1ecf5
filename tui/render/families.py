"""The league table: one row for each family, its figures, and the words that define them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from tui.analysis.families.measures import Growth
from tui.analysis.history.dated import Dot
from tui.analysis.registry.registry import Family
from tui.model import RELATIONS, Lens, Measure, Progress
from tui.model.lens import DERIVED
from tui.model.when import iso
from tui.render import bars, cells, columns, measure, table
from tui.render.columns import SORTED, Catalogue
from tui.render.spans import Line
from tui.render.table import Column, Layout

SHARE = "share"  # beside the names of measures: a part of what is loaded
_CHANGED = "*"
_BAR = 8  # cells of the progress bar
_COURSE, _FEWEST = 12, 3  # blocks of a course in one line: at most, and at least
_GAP = "\u00a0"  # of a course: no place to wrap a line


class Counted(Protocol):
    """A family with its figures, as the ask hands it out."""

    @property
    def family(self) -> Family:
        """Which family."""

    @property
    def measures(self) -> dict[str, Measure]:
        """Its figures by name; every name is there."""

    @property
    def costs(self) -> dict[str, int]:
        """By figure, the calls that it would still take."""


class Shown(NamedTuple):
    """One row of the table: a family, or several together, and how it stands to the others."""

    row: Counted
    share: Measure | None = None  # of the 30-day downloads of all rows
    growth: Growth = Growth(None, None, "no growth yet")  # of the figure under the column cursor
    since: str = ""  # the day that growth is counted from
    changed: frozenset[str] = frozenset()  # figures that the last switch of the lens changed

    def figure(self, name: str) -> Measure | None:
        """One figure of the row."""
        return self.share if name == SHARE else self.row.measures.get(name)


def _column(
    name: str, head: str, width: int, priority: int, text: Callable[[Shown], str] | None = None
) -> Column:
    def cell(shown: Shown, now: float) -> str:
        mark = _CHANGED if name in shown.changed else ""
        return mark + (text(shown) if text else measure.short(shown.figure(name)))

    return Column(name, head, width, cell, priority)


def _share(shown: Shown) -> str:
    return bars.share(shown.share.value if shown.share else None, 15)


def _relations(shown: Shown) -> str:
    figures = [shown.row.measures.get(f"derivatives_{name}") for name in RELATIONS[:4]]
    if all(figure is None or figure.value is None for figure in figures):
        return cells.UNKNOWN.ljust(11)
    return bars.columns([figure.value if figure else None for figure in figures])


_LABEL = Column(
    "label", "family", 12, lambda shown, now: shown.row.family.label, 0, False, True, "id"
)
_HOME = Column("home", "home", 5, lambda shown, now: shown.row.family.home, 7, right=False)
_FIGURES = (
    _column("repos", "repos", 6, 6),
    _column("downloads_30d", "↓30d", 6, 1),
    _column(SHARE, "share ↓30d", 15, 4, _share),
    _column("downloads_all_time", "↓ all", 6, 2),
    _column("likes", "♥", 6, 14),
    _column("top3_share", "top 3", 7, 13),
    _column("new_repos_30d", "new repos", 9, 12),
    _column("derivatives", "derivs", 7, 3),
    _column("derivative_authors", "authors", 7, 8),
    _column("derivatives_alive", "alive", 7, 11),
    _column("new_derivatives_30d", "new/30d", 7, 9),
)
_MIX = Column("relations", "ft ad qz mg", 11, lambda shown, now: _relations(shown), 5, right=False)
_GROWTH = Column("growth", "growth", 14, lambda shown, now: growth_short(shown.growth), 10)
CHOICES = tuple(column.key for column in _FIGURES)
"""The figures that the column cursor visits, from left to right, unless the reader chose others."""
_AFTER_MIX = CHOICES.index("derivatives") + 1
_EVERY = (_LABEL, _HOME, *_FIGURES[:_AFTER_MIX], _MIX, *_FIGURES[_AFTER_MIX:], _GROWTH)
_WORDS = {
    "label": "the family, origin or organisation",
    "home": "the country or countries that it is at home in",
    "relations": "finetunes, adapters, quantizations and merges beside each other",
    "growth": "how the figure under the cursor has grown",
    SHARE: "share of the 30-day downloads of all rows",
    **{name: measure.NAMES[name].lstrip("… ") for name in CHOICES if name != SHARE},
}
CATALOGUE = Catalogue(
    "families",
    {column.key: column for column in _EVERY},
    tuple(column.key for column in _EVERY),
    "label",
    _WORDS,
    {"family": "label", "downloads": "downloads_30d", "authors": "derivative_authors"},
)


def layout(
    width: int, chosen: str, grouping: str, names: Sequence[str] = CATALOGUE.usual
) -> Layout:
    """The columns that fit; the one under the column cursor is always among them."""
    columns = [
        column._replace(head=grouping) if column.key == "label" else column
        for column in CATALOGUE.chosen(names, chosen)
        if column.key != "home" or grouping != "origin"
    ]
    return table.layout(columns, width)


def header(plan: Layout, chosen: str, ordered: str, upward: bool) -> Line:
    """The heads: ``▸`` before the column under the cursor, ``▾`` or ``▴`` before the order's."""
    return table.header(plan, columns.marks(chosen, {ordered: SORTED[0][upward]}))


def sort(rows: Sequence[Shown], name: str, upward: bool) -> list[Shown]:
    """The rows by a figure, the greatest first unless ``upward``; the unknown last either way."""

    def value(shown: Shown) -> float | None:
        figure = shown.figure(name)
        return None if figure is None else figure.value

    known = [(number, shown) for shown in rows if (number := value(shown)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=not upward)
    return [shown for _, shown in known] + [shown for shown in rows if value(shown) is None]


# words


def heading(grouping: str, lens: Lens) -> str:
    """What the table is, and the lens: the switches that were turned stand first."""
    usual = Lens()
    parts = [
        ("origin", f"origin by {'nearest lab' if lens.origin == 'lab' else lens.origin}"),
        ("walk", "all descendants" if lens.walk == "walked" else "direct derivatives"),
        (
            "relations",
            "all relations" if lens.relations == DERIVED else "+".join(lens.relations),
        ),
        ("llm", "LLM only" if lens.llm else "all repos"),
        ("first_party", "others' and own" if lens.first_party == "in" else "others'"),
        ("credit", "distinct repos" if lens.credit == "multi" else "fractional credit"),
        ("evidence", "declared bases" + (" or by name ≈" if lens.evidence == "named" else "")),
    ]
    turned = [words for name, words in parts if getattr(lens, name) != getattr(usual, name)]
    rest = [words for name, words in parts if words not in turned]
    return " · ".join([f"by {grouping}", *turned, *rest])


def progress(now: Progress | None) -> str:
    """``derivative counts 62 of 431 ▓▓░░░░░░``, or how long the Hub asks to wait."""
    if now is None:
        return ""
    if now.wait:
        return (
            f"{now.what}: {now.done} of {now.total or '?'}, the Hub asks to wait {now.wait:.0f} s"
        )
    if not now.total:
        return f"{now.what}: {now.done}"
    full = min(_BAR, now.done * _BAR // now.total)
    return f"{now.what} {now.done} of {now.total} {'▓' * full}{'░' * (_BAR - full)}"


def growth_short(growth: Growth) -> str:
    """``+1.4 %``, or why there is none."""
    if growth.change is None:
        return "not comparable" if growth.why.startswith("not comparable") else growth.why
    if growth.ratio is None:
        return f"{growth.change:+,.0f}"
    return f"{growth.ratio * 100:+.1f} %"


def growth_words(shown: Shown) -> str:
    """The growth in words, with the day it is counted from."""
    since = f" since {shown.since}" if shown.since else ""
    if shown.growth.change is None:
        return shown.growth.why + since
    return f"{shown.growth.change:+,.0f} ({growth_short(shown.growth)}){since}"


def course(dots: Sequence[Dot]) -> str:
    """``▁▂ ▅█ since 2026-11-01``: figures counted alike, oldest first, a block for each day.

    More than twelve days are drawn as twelve equal stretches; the last figure of each counts, and
    one without a figure is a gap. "" below three stretches, where the growth says it all.
    """
    days = (dots[-1].at - dots[0].at) / 86400.0 if dots else 0.0
    count = min(_COURSE, round(days) + 1)
    if len(dots) < _FEWEST or count < _FEWEST:
        return ""
    values: list[float | None] = [None] * count
    for dot in dots:
        values[round((dot.at - dots[0].at) / 86400.0 / days * (count - 1))] = dot.value
    drawn = cells.sparkline(values).replace(" ", _GAP)
    return f"{drawn} since {iso(dots[0].at)[:10]}"


def relation_words(measures: Mapping[str, Measure]) -> str:
    """``finetune 40k, adapter 60k, …``: the derivatives by relation; "" where none is known."""
    figures = {name: measures.get(f"derivatives_{name}") for name in RELATIONS}
    if not measure.known(figures.values()):
        return ""
    return ", ".join(
        f"{name} {measure.short(figure)}" for name, figure in figures.items() if figure is not None
    )


def definition(shown: Shown, name: str) -> str:
    """Whose figure is under the cursors, and what it is."""
    figure = shown.figure(name)
    if figure is None:
        return f"{shown.row.family.label}: asking the Hub …"
    label = "share of 30-day downloads" if name == SHARE else measure.NAMES.get(name, name)
    return f"{shown.row.family.label} · {label}: {figure.definition}"


def worth(shown: Shown, name: str, now: float, dots: Sequence[Dot] = ()) -> str:
    """What the figure under the cursors is worth: value, limits, cost, growth, source and age.

    ``dots``: the figures counted in the same way before, for their course.
    """
    figure = shown.figure(name)
    if figure is None:
        return ""
    parts = [measure.facts(figure, now, shown.row.costs.get(name, 0))]
    if name == "derivatives":
        parts.append(relation_words(shown.row.measures))
    if name != SHARE and figure.value is not None:
        parts += [growth_words(shown), course(dots)]
    return " · ".join(part for part in parts if part)
