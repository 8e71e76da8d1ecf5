"""The league table and comparisons from a census."""

from typing import Any

from tui.analysis.families import robustness as ranks
from tui.analysis.families.measures import NAMES
from tui.analysis.families.robustness import Interval, Robustness
from tui.ask.census import families as counts
from tui.ask.families.league import FamilyRow, Read
from tui.ask.families.tiers import Part
from tui.ask.sources import Sources
from tui.model import Lens, View

_TIER = 2  # all that there is


def view(sources: Sources, read: Read, lens: Lens) -> View[Any]:
    """The families of ``read`` with every figure counted."""
    held = read.census
    assert held is not None, "the figures come from a census"
    rows = []
    for part in read.parts:
        measures = counts.measures(sources, held, part.family, part.subject, lens)
        figures = {name: measures[name] for name in NAMES}
        rows.append(FamilyRow(part.family, figures, dict.fromkeys(NAMES, 0), _TIER))
    return View(
        rows=tuple(rows),
        source="census",
        as_of=held.census.as_of,
        requests=tuple(
            dict.fromkeys(url for row in rows for url in row.measures["repos"].requests)
        ),
        read=read._replace(rows=tuple(rows)),
    )


def robustness(sources: Sources, read: Read, lens: Lens) -> tuple[Robustness, ...]:
    """How the order of the families fares under every setting."""
    return (
        ranks.ranked(
            "downloads", {p.family.key: _downloads(sources, read, p, lens) for p in read.parts}
        ),
        ranks.ranked(
            "derivatives", {p.family.key: _built(sources, read, p, lens) for p in read.parts}
        ),
    )


def _downloads(sources: Sources, read: Read, part: Part, lens: Lens) -> dict[str, Interval | None]:
    held = read.census
    assert held is not None, "the figures come from a census"
    own = held.fetched(counts.own_of(held, part.subject))
    return ranks.downloads(part.subject, own, lens, sources.registry)


def _built(sources: Sources, read: Read, part: Part, lens: Lens) -> dict[str, Interval | None]:
    held = read.census
    assert held is not None, "the figures come from a census"
    number = held.census.families.get(part.family.key)
    if number is not None:
        return counts.settings(held, number, lens)
    facts = counts.fetched(sources, held, part.subject)
    return ranks.derivative_settings(part.subject, facts, lens, sources.registry)
