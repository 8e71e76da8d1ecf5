"""The league table put together by country or organisation, and how its figures have grown."""

from collections.abc import Sequence

from tui.analysis.families.groups import partition, together, total
from tui.analysis.families.measures import Growth
from tui.ask.families.growth import since_before
from tui.ask.families.league import FamilyRow
from tui.ask.sources import Sources
from tui.model.when import iso


def grouped(rows: Sequence[FamilyRow], by: str) -> list[FamilyRow]:
    """The rows put together by one of the groupings of ``groups``; only what adds up is."""
    if by == "family":
        return list(rows)
    merged = []
    for name, members in partition(rows, by, lambda row: row.family).items():
        words = f"the {len(members)} families of this table with {by} {name}"
        merged.append(
            FamilyRow(
                together(name, [member.family for member in members]),
                total([member.measures for member in members], words),
                {key: sum(member.costs[key] for member in members) for key in members[0].costs},
                min(member.tier for member in members),
            )
        )
    return merged


def growths(
    sources: Sources, rows: Sequence[FamilyRow], name: str
) -> dict[str, tuple[Growth, str]]:
    """How a figure has grown since it was counted here before, by family, and since which day."""
    by_family = {}
    for row in rows:
        figure = row.measures[name]
        if figure.value is not None:
            grown = since_before(sources, row.family.key, name, figure)
            day = "" if grown.since is None else iso(grown.since)[:10]
            by_family[row.family.key] = (grown.growth, day)
    return by_family
