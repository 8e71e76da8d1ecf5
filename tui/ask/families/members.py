"""The own repos of a family, the most downloaded first."""

from collections.abc import AsyncIterator

from tui.analysis.origins.origins import label, weights
from tui.ask.calls.plan import BACKGROUND
from tui.ask.families import league, tiers
from tui.ask.families.league import FamilyRow
from tui.ask.sources import Sources
from tui.model import Lens, Row, View


def peek(sources: Sources, key: str) -> View[Row] | None:
    """The stored rows; None where the family's list is not stored. Asks for nothing.

    Raises BadInput for a name that is no family's.
    """
    part = tiers.parts(sources.registry, (key,))[0]
    if tiers.load(sources, (part,), 0).listed(part.subject) is None:
        return None
    return _members(sources, league.peek(sources, (key,), Lens()))


async def stream(sources: Sources, key: str, lane: str = BACKGROUND) -> AsyncIterator[View[Row]]:
    """The stored rows, then the Hub's. Troubles as in ``families.stream``."""
    async for view in league.stream(sources, (key,), Lens(), lane=lane):
        if view.as_of is not None:
            yield _members(sources, view)


def _members(sources: Sources, view: View[FamilyRow]) -> View[Row]:
    read = league.material(view)
    rule, registry = "uploader", sources.registry
    rows = tuple(
        Row(rank, repo, label(weights(repo, rule, registry)))
        for rank, repo in enumerate(read.answers.own(read.parts[0].subject), 1)
    )
    return view.of(*rows)._replace(measures=view.value.measures, looked=len(rows))
