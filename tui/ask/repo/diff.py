"""Several models at once, to be held against each other."""

from collections.abc import AsyncIterator, Sequence

from tui.ask.repo import facts_and_files
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.ask.sources import Sources
from tui.model import View


def peek(sources: Sources, ids: Sequence[str]) -> View[FactsAndFiles] | None:
    """The facts and files of each id, as stored; None where one of them has nothing."""
    views = [view for repo_id in ids if (view := facts_and_files.peek(sources, "model", repo_id))]
    return _side_by_side(views) if len(views) == len(ids) else None


async def stream(sources: Sources, ids: Sequence[str]) -> AsyncIterator[View[FactsAndFiles]]:
    """The stored facts and files where all are stored, then the Hub's, in the order of ``ids``.

    Raises the Problem of the first model of which nothing is to be had.
    """
    from asyncio import gather

    stored = peek(sources, ids)
    if stored is not None:
        yield stored
    asked = (
        facts_and_files.drain(facts_and_files.stream(sources, "model", repo_id)) for repo_id in ids
    )
    yield _side_by_side(await gather(*asked))


def _side_by_side(views: Sequence[View[FactsAndFiles]]) -> View[FactsAndFiles]:
    return facts_and_files.merge(views, tuple(view.value for view in views))
