"""Showing what a question brings, as it comes."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import TYPE_CHECKING, Any

from textual.dom import DOMNode
from textual.worker import Worker

from tui.model import Offline, Problem, View

if TYPE_CHECKING:
    from tui.screens.page import Page


def run_for(
    node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, alone: bool = True
) -> Worker[None]:
    """Let ``work`` run for a page, in place of what runs in its group where it is ``alone``.

    It is called when it runs and not before: a page that is going starts nothing. What is not
    alone outlives its own errors.
    """
    return node.run_worker(
        work,
        group=group,
        exclusive=alone,
        exit_on_error=alone,
    )


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
