"""The own repos of a family, the most downloaded first."""

from collections.abc import AsyncIterator

from tui.ask.calls.plan import BACKGROUND
from tui.ask.families import league
from tui.ask.lists.rows import row
from tui.ask.sources import Sources
from tui.model import Lens, Repo, View


def peek(sources: Sources, key: str) -> View | None:
    """The stored rows; None where the family's list is not stored. Asks for nothing.

    Raises BadInput for a name that is no family's.
    """
    view = league.peek(sources, (key,), Lens())
    part = view.read.parts[0]
    if view.read.census is None and view.read.pool.listed(part.subject) is None:
        return None
    return _members(sources, view)


async def stream(sources: Sources, key: str, lane: str = BACKGROUND) -> AsyncIterator[View]:
    """The stored rows, then the Hub's. Troubles as in ``families.stream``."""
    async for view in league.stream(sources, (key,), Lens(), lane=lane):
        if view.as_of is not None:
            yield _members(sources, view)


def _own(read: league.Read) -> tuple[Repo, ...]:
    """The own repos of the family that was read, the most downloaded first."""
    subject = read.parts[0].subject
    if read.census is None:
        return read.pool.own(subject)
    from tui.ask.census.families import own_of

    return own_of(read.census, subject)


def _members(sources: Sources, view: View) -> View:
    read: league.Read = view.read
    rows = tuple(row(sources, rank, repo) for rank, repo in enumerate(_own(read), 1))
    return view._replace(rows=rows, measures=view.rows[0].measures, looked=len(rows))
