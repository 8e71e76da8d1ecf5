"""Families side by side, and whether the order between them survives the choices behind it."""

from collections.abc import AsyncIterator, Iterable
from typing import NamedTuple

from tui.analysis.families import robustness as ranks
from tui.analysis.families.robustness import MEASURES, Robustness
from tui.ask.calls.plan import BACKGROUND
from tui.ask.families import league, tiers
from tui.ask.families.league import FamilyRow
from tui.ask.sources import Sources
from tui.model import Lens, View

__all__ = ["Compared", "FamilyRow", "again", "cost", "peek", "robustness", "stream"]

cost = league.cost


class Compared(NamedTuple):
    """What a comparison found, and what its figures were made of."""

    rows: tuple[FamilyRow, ...]
    robustness: tuple[Robustness, ...]  # of downloads, then of derivatives
    read: league.Read


def robustness(view: View) -> tuple[Robustness, ...]:
    """Under how many settings the first family stays first, for each of MEASURES."""
    compared: Compared = view.read
    return compared.robustness


def peek(sources: Sources, keys: Iterable[str], lens: Lens, tier: int = 0) -> View:
    """As ``families.peek``, with the comparison in ``read``."""
    return _compared(sources, league.peek(sources, keys, lens, tier), lens)


def again(sources: Sources, view: View, lens: Lens) -> View:
    """The same facts under another lens. Asks for nothing."""
    made = league.again(sources, view._replace(read=view.read.read), lens)
    return _compared(sources, made, lens)


async def stream(
    sources: Sources,
    keys: Iterable[str],
    lens: Lens,
    tier: int = 0,
    max_calls: int | None = None,
    lane: str = BACKGROUND,
    refresh: bool = False,
) -> AsyncIterator[View]:
    """As ``families.stream``, with the comparison in ``read``."""
    from asyncio import to_thread

    async for view in league.stream(sources, keys, lens, tier, max_calls, lane, refresh):
        yield await to_thread(_compared, sources, view, lens)


def _compared(sources: Sources, view: View, lens: Lens) -> View:
    read: league.Read = view.read
    if read.census is not None:
        from tui.ask.census.league import robustness

        found = robustness(sources, read, lens)
        return view._replace(read=Compared(view.rows, found, read))
    facts = {
        part.family.key: (
            tiers.subject(read.pool, part),
            tiers.fetched(sources, read.pool, part),
        )
        for part in read.parts
    }
    found = tuple(ranks.robustness(name, facts, lens, sources.registry) for name in MEASURES)
    return view._replace(read=Compared(view.rows, found, read))
