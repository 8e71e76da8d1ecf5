"""One question after the other: none ends another, and each can be taken up again."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from tui.model import Offline, Problem
from tui.screens.answers import run_for

if TYPE_CHECKING:
    from tui.screens.page import Page

Q = TypeVar("Q")  # what a question is


class QuestionQueue(Generic[Q]):
    """The questions of a page. Without a Hub and a store it goes on with the sample.

    ``answer`` asks one and shows what comes; it raises the Problem that leaves nothing to show.
    ``again`` puts the page's first question into the queue: there are other sources now.
    """

    def __init__(
        self, page: "Page", answer: Callable[[Q], Awaitable[None]], again: Callable[[], None]
    ) -> None:
        self._page, self._answer, self._again = page, answer, again
        self._questions: list[Q] = []

    @property
    def busy(self) -> bool:
        """Whether something is being asked, or waits to be."""
        return bool(self._questions)

    def put(self, question: Q) -> None:
        """Ask it after what is being asked now."""
        self._questions.append(question)
        if len(self._questions) == 1:
            self._page.call_after_refresh(self.begin)

    def begin(self) -> None:
        """Ask from the first question on, also where that one is on its way."""
        run_for(self._page, self._answer_all, "figures")

    async def _answer_all(self) -> None:
        page = self._page
        sources, page.problem = page.hubscope.sources, None
        try:
            while self._questions:
                page.busy = True
                page.frame()
                await self._answer(self._questions[0])
                del self._questions[0]
        except Problem as problem:
            self._questions.clear()
            elsewhere = sources is not page.hubscope.sources  # another page took the sample
            if isinstance(problem, Offline) and (elsewhere or page.hubscope.take_sample()):
                self._again()
            else:
                page.problem = problem
        finally:
            page.busy = self.busy
            page.frame()
