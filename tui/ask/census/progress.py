"""How far a census is that another process, or this one, is fetching: kept as a job in the store.

It is written now and then, not at each page, and stays where a walk is cut off.
"""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

from tui.ask.census.crawled import Crawled
from tui.ask.sources import Sources
from tui.model import View
from tui.store.census import place
from tui.store.library import Job

_QUESTION = "census"
_EVERY = 2.0  # seconds between two notes at least
_SILENT = 30.0  # seconds without a note after which a walk counts as stopped
_BUSY = 3600.0  # the same of what is made of the rows: its steps take minutes each
_FETCHED = frozenset(("walk", "head", "top", "read"))  # phases in which pages come


class OnItsWay(NamedTuple):
    """A census on its way; ``running`` as far as the last note tells."""

    told: Crawled
    running: bool


async def noted(sources: Sources, views: AsyncIterator[View[Any]]) -> AsyncIterator[View[Any]]:
    """Hand on the views of a walk, and note how far it is; at its end the note is taken away."""
    at, phase, job = 0.0, "", ""
    async for view in views:
        crawled = view.rows[0]
        if isinstance(crawled, Crawled):
            job = f"{_QUESTION} {crawled.date}"
            now = sources.now()
            if now - at >= _EVERY or crawled.phase != phase:
                at, phase = now, crawled.phase
                sources.store.library.put_job(Job(job, _QUESTION, list(crawled), now))
        yield view
    if job:
        sources.store.library.remove_job(job)


def peek(sources: Sources) -> OnItsWay | None:
    """The census on its way; None where there is none. Costs a look into a folder, mostly."""
    if sources.bundled or not sources.store.keeps_census:
        return None
    dates = place.parts(sources.store.census_folder)
    if not dates:
        return None
    for job in sources.store.library.jobs():
        crawled = _read(job)
        if crawled is not None and crawled.date in dates:
            silence = sources.now() - job.updated_at
            return OnItsWay(crawled, silence < (_SILENT if crawled.phase in _FETCHED else _BUSY))
    return None


def _read(job: Job) -> Crawled | None:
    if job.question != _QUESTION:
        return None
    try:
        return Crawled(*job.state)
    except TypeError:  # of another version
        return None
