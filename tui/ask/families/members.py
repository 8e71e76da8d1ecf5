"""The own repos of a family, the most downloaded first."""

from collections.abc import AsyncIterator

from tui.ask.calls.plan import BACKGROUND
from tui.ask.families import league
from tui.ask.families.league import FamilyRow
from tui.ask.families.question import Question
from tui.ask.families.tiers import Part
from tui.ask.lists.rows import row
from tui.ask.sources import Sources
from tui.model import Lens, Repo, Row, View


def peek(sources: Sources, key: str) -> View[Row] | None:
    """The stored rows; None where the family's list is not stored. Asks for nothing.

    Raises BadInput for a name that is no family's.
    """
    view = league.peek(sources, (key,), Lens())
    read = league.material(view)
    if read.census is None and read.answers.listed(read.parts[0].subject) is None:
        return None
    return _members(sources, view)


async def stream(sources: Sources, key: str, lane: str = BACKGROUND) -> AsyncIterator[View[Row]]:
    """The stored rows, then the Hub's. Troubles as in ``league.stream``."""
    async for view in league.stream(sources, Question((key,), lane=lane)):
        if view.as_of is not None:
            yield _members(sources, view)


def largest(view: View[FamilyRow], key: str, count: int = 5) -> tuple[Repo, ...]:
    """The family's own repos with the most 30-day downloads among the rows behind ``view``."""
    read = league.material(view)
    part = next((part for part in read.parts if part.family.key == key), None)
    return () if part is None else _own(read, part)[:count]


def _own(read: league.Read, part: Part) -> tuple[Repo, ...]:
    """The own repos of a family that was read, the most downloaded first."""
    subject = part.subject
    if read.census is None:
        return read.answers.own(subject)
    from tui.ask.census.families import own_of

    return own_of(read.census, subject)


def _members(sources: Sources, view: View[FamilyRow]) -> View[Row]:
    read = league.material(view)
    rows = tuple(row(sources, rank, repo) for rank, repo in enumerate(_own(read, read.parts[0]), 1))
    return view.of(*rows)._replace(measures=view.value.measures, looked=len(rows))
