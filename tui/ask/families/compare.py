"""Families side by side, and whether the order between them survives the choices behind it."""

from collections.abc import AsyncIterator, Iterable
from typing import NamedTuple

from tui.analysis.families import robustness as ranks
from tui.analysis.families.robustness import MEASURES, Robustness
from tui.ask.families import league, tiers
from tui.ask.families.league import FamilyRow
from tui.ask.families.question import Question
from tui.ask.sources import Sources
from tui.model import Lens, View

__all__ = ["Compared", "FamilyRow", "again", "cost", "peek", "robustness", "stream"]

cost = league.cost


class Compared(NamedTuple):
    """What a comparison found, and what its figures were made of."""

    robustness: tuple[Robustness, ...]  # of downloads, then of derivatives
    material: league.Read


def robustness(view: View[FamilyRow]) -> tuple[Robustness, ...]:
    """Under how many settings the first family stays first, for each of MEASURES."""
    return _compared_of(view).robustness


def peek(sources: Sources, keys: Iterable[str], lens: Lens, tier: int = 0) -> View[FamilyRow]:
    """As ``league.peek``, with the comparison in ``read``."""
    return _compared(sources, league.peek(sources, keys, lens, tier), lens)


def again(sources: Sources, view: View[FamilyRow], lens: Lens) -> View[FamilyRow]:
    """The same facts under another lens. Asks for nothing."""
    league_view = view._replace(read=_compared_of(view).material)
    return _compared(sources, league.again(sources, league_view, lens), lens)


async def stream(sources: Sources, question: Question) -> AsyncIterator[View[FamilyRow]]:
    """As ``league.stream``, with the comparison in ``read``."""
    from asyncio import to_thread

    async for view in league.stream(sources, question):
        yield await to_thread(_compared, sources, view, question.lens)


def _compared(sources: Sources, view: View[FamilyRow], lens: Lens) -> View[FamilyRow]:
    material = league.material(view)
    if material.census is not None:
        from tui.ask.census.league import robustness

        return view._replace(read=Compared(robustness(sources, material, lens), material))
    facts = {
        part.family.key: (
            tiers.subject(material.answers, part),
            tiers.fetched(sources, material.answers, part),
        )
        for part in material.parts
    }
    robust = tuple(ranks.robustness(name, facts, lens, sources.registry) for name in MEASURES)
    return view._replace(read=Compared(robust, material))


def _compared_of(view: View[FamilyRow]) -> Compared:
    compared: Compared = view.read
    return compared
