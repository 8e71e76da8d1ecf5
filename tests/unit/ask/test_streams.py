"""Stored answers first, and what becomes of a Problem."""

from collections.abc import AsyncIterator
from typing import cast

import pytest

from tui.ask.sources import Sources
from tui.ask.streams import stale_first
from tui.model import NotFound, Offline, Problem, View


class Line:
    """As much of Sources as the question takes."""

    def __init__(self, offline: bool) -> None:
        self.offline = offline


OLD = View(rows=(1, 2), source="cache", as_of=1.0, stale=True)
NEW = View(rows=(1, 2), source="hub", as_of=2.0)
SHORT = NEW._replace(rows=(1,))
TROUBLE = Problem("no answer; try again")


async def coming(*views: View[int], problem: Problem | None = None) -> AsyncIterator[View[int]]:
    for view in views:
        yield view
    if problem is not None:
        raise problem


async def told(
    stored: View[int] | None, fresh: AsyncIterator[View[int]], offline: bool = False
) -> list[View[int]]:
    sources = cast(Sources, Line(offline))
    return [view async for view in stale_first(sources, stored, fresh)]


async def test_what_is_stored_comes_first() -> None:
    assert await told(OLD, coming(NEW)) == [OLD, NEW]
    assert await told(None, coming(SHORT, NEW)) == [SHORT, NEW]


@pytest.mark.parametrize(
    ("stored", "came", "best"), [(OLD, (), OLD), (OLD, (SHORT,), OLD), (None, (SHORT,), SHORT)]
)
async def test_a_problem_stands_in_the_fuller_view(
    stored: View[int] | None, came: tuple[View[int], ...], best: View[int]
) -> None:
    *_, last = await told(stored, coming(*came, problem=TROUBLE))
    assert last == best._replace(problems=(TROUBLE,))


async def test_with_nothing_at_hand_it_is_raised() -> None:
    with pytest.raises(Problem, match="no answer"):
        await told(None, coming(problem=TROUBLE))
    with pytest.raises(Offline):
        await told(None, coming(NEW), offline=True)


async def test_offline_nothing_is_asked() -> None:
    first, last = await told(OLD, coming(NEW), offline=True)
    assert (first, last.rows) == (OLD, OLD.rows)
    assert [type(problem) for problem in last.problems] == [Offline]


async def test_what_is_lost_is_shown_no_more() -> None:
    sources = cast(Sources, Line(False))
    views = stale_first(
        sources, OLD, coming(problem=NotFound("gone")), lambda problem, view: view is OLD
    )
    with pytest.raises(NotFound):
        [view async for view in views]
