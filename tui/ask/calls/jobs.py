"""Long questions on their way: kept under a name, so that a restart can take them up again.

What was answered lies in the cache; a job only remembers the question. Asked again, it makes the
calls that are left.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tui.ask.sources import Sources
from tui.store.library import Job

_QUESTION = "families"


class Unfinished(NamedTuple):
    """A tier of some families whose calls were begun and not all made."""

    keys: tuple[str, ...]
    tier: int
    at: float  # seconds since 1970, UTC: when it was begun


def begin(sources: Sources, keys: Sequence[str], tier: int) -> None:
    """Remember that a tier of these families is being loaded. Tier 0 is no long question."""
    if tier == 0 or sources.bundled:
        return
    state = {"keys": list(keys), "tier": tier}
    sources.store.library.put_job(Job(_name(sources, keys, tier), _QUESTION, state, sources.now()))


def finish(sources: Sources, keys: Sequence[str], tier: int) -> None:
    """Forget a question: it is answered, or given up."""
    if tier > 0:
        sources.store.library.remove_job(_name(sources, keys, tier))


def unfinished(sources: Sources) -> tuple[Unfinished, ...]:
    """The questions about families that were begun at this endpoint, the latest first."""
    return tuple(
        Unfinished(tuple(job.state["keys"]), job.state["tier"], job.updated_at)
        for job in sources.store.library.jobs()
        if job.question == _QUESTION and job.id.endswith(f" @ {sources.realm}")
    )


def _name(sources: Sources, keys: Sequence[str], tier: int) -> str:
    return f"{_QUESTION} {' '.join(sorted(keys))} tier {tier} @ {sources.realm}"
