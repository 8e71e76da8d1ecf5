"""What the streams of answers have in common: what is stored first, then the Hub's."""

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from tui.ask.sources import Sources
from tui.model import Offline, Problem, View

T = TypeVar("T")


def require_online(sources: Sources) -> None:
    """Raise Offline where no request may leave."""
    if sources.offline:
        raise Offline("offline: no request is sent; what is stored is shown")


async def stale_first(
    sources: Sources,
    stored: View[T] | None,
    fresh: AsyncIterator[View[T]],
    lost: Callable[[Problem, View[T]], bool] = lambda problem, view: False,
) -> AsyncIterator[View[T]]:
    """The stored view, then those of ``fresh``; none of these is asked for while offline.

    The Problem that ends it is in one view more, of the fuller of what came last and what was
    stored. It is raised where there is neither, or where ``lost`` says that the view is no answer
    any more.
    """
    last = stored
    if stored is not None:
        yield stored
    try:
        require_online(sources)
        async for last in fresh:
            yield last
    except Problem as problem:
        best = last if stored is None or _fuller(last, stored) else stored
        if best is None or lost(problem, best):
            raise
        yield best._replace(problems=(problem,), progress=None)


def _fuller(view: View[Any] | None, stored: View[Any]) -> bool:
    return view is not None and len(view.rows) >= len(stored.rows)
