"""One question after the other: none ends another, and each can be taken up again."""

from typing import Any

from textual import work

from tui.model import Offline, Problem
from tui.screens.acting import Acting


class Queueing(Acting):
    """A page with a queue of questions. Without a Hub and a store it goes on with the sample."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: list[Any] = []

    async def _answer(self, asked: Any) -> None:
        """Ask, and show what comes. Raises the Problem that leaves nothing to show."""
        raise NotImplementedError

    def ask_again(self) -> None:
        """Put the page's first question into the queue: there are other sources now."""
        raise NotImplementedError

    def enqueue(self, asked: Any) -> None:
        """Ask it after what is being asked now."""
        self._queue.append(asked)
        if len(self._queue) == 1:
            self.call_after_refresh(self._answer_all)

    @work(group="figures", exclusive=True)
    async def _answer_all(self) -> None:
        """Answer what stands in the queue, the first first."""
        sources, self.problem = self.hubscope.sources, None
        try:
            while self._queue:
                self.busy = True
                self.frame()
                await self._answer(self._queue[0])
                del self._queue[0]
        except Problem as problem:
            self._queue.clear()
            elsewhere = sources is not self.hubscope.sources  # another page took the sample
            if isinstance(problem, Offline) and (elsewhere or self.hubscope.take_sample()):
                self.ask_again()
            else:
                self.problem = problem
        finally:
            self.busy = bool(self._queue)
            self.frame()
