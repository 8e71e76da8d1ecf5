"""Showing what a question brings, as it comes."""

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from tui.model import Offline, Problem, View

if TYPE_CHECKING:
    from tui.screens.page import Page


async def follow(
    page: "Page",
    answers: AsyncIterator[View],
    take: Callable[[View], object],
    again: Callable[[], object] | None = None,
) -> bool:
    """Hand every answer to ``take``; True where they have come to their end.

    ``take`` returns False for what nobody waits for any more. A problem is shown; where there is
    no Hub and nothing stored, ``again`` asks the sample. The page is busy meanwhile.
    """
    page.busy, page.problem = True, None
    page.frame()
    try:
        async for view in answers:
            if take(view) is not False:
                page.problem = next(iter(view.problems), None)
    except Problem as problem:
        if isinstance(problem, Offline) and again is not None and page.hubscope.take_sample():
            page.call_later(again)  # now it would cancel the worker that it is called from
        else:
            page.problem = problem
        return False
    finally:
        page.busy = False
        page.frame()
    return True
