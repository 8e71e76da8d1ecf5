"""Making many calls, several at once, until all are made, refused, or as many as allowed."""

import asyncio
import time
from collections.abc import AsyncIterator

from tui.ask.calls.plan import BACKGROUND, CallPlan, Step
from tui.ask.sources import Sources
from tui.model import (
    NoAccess,
    NotFound,
    Progress,
    RateLimited,
    ServerTrouble,
    Unreadable,
)

AT_ONCE = 6  # what the background lane may have on its way
TICK = 1.0  # seconds after which a wait is told again
FAILURES_BORNE = 3  # in a row, before the trouble is taken for the Hub's and not one repo's


class Loading:
    """One run of a plan: the calls made so far (``done``) and those on their way."""

    def __init__(
        self,
        sources: Sources,
        plan: CallPlan,
        max_calls: int | None = None,
        lane: str = BACKGROUND,
    ) -> None:
        self.done = 0
        self._sources = sources
        self._plan = plan
        self._left = max_calls
        self._lane = lane
        self._flying: dict[Step, asyncio.Task[None]] = {}
        self._troubles = 0

    async def run(self) -> AsyncIterator[Progress]:
        """Make the calls; a Progress after each arrival and each second of waiting.

        The background waits out a rate limit, the foreground raises it. Raises the Problem that
        ends the run; what one repo refuses is handed to the plan and passed by.
        """
        try:
            self._depart()
            while self._flying:
                arrived, _ = await asyncio.wait(
                    self._flying.values(), timeout=TICK, return_when=asyncio.FIRST_COMPLETED
                )
                for step in [step for step, task in self._flying.items() if task in arrived]:
                    self._land(step, self._flying.pop(step))
                self._depart()
                wait = await self._wait()
                if arrived or wait is not None:
                    yield self._progress(wait)
        finally:
            for task in self._flying.values():
                task.cancel()
            await asyncio.gather(*self._flying.values(), return_exceptions=True)

    def _progress(self, wait: float | None) -> Progress:
        known = self._plan.estimate()
        allowed = known if self._left is None else min(known, self._left + len(self._flying))
        return Progress(self.done, self.done + allowed, "calls", wait)

    async def _wait(self) -> float | None:
        """Seconds for which the Hub's limit holds the calls that are under way."""
        until = (await self._sources.hub()).budget.waiting_until if self._flying else None
        return None if until is None else max(0.0, until - time.monotonic())  # the budget's clock

    def _depart(self) -> None:
        for step in self._plan.steps():
            if len(self._flying) >= AT_ONCE or self._left == 0:
                return
            if step not in self._flying:
                self._flying[step] = asyncio.ensure_future(self._plan.make(step, self._lane))
                self._left = self._left and self._left - 1

    def _land(self, step: Step, task: "asyncio.Task[None]") -> None:
        problem = task.exception()
        if isinstance(problem, RateLimited) and self._lane == BACKGROUND:
            self._left = None if self._left is None else self._left + 1  # it is made again
            return
        if isinstance(problem, NotFound | NoAccess | Unreadable | ServerTrouble):
            self._plan.refuse(step, problem)
            self._troubles += isinstance(problem, Unreadable | ServerTrouble)
        elif problem is not None:
            raise problem
        else:
            self._troubles = 0
        self.done += 1
        if problem is not None and self._troubles >= FAILURES_BORNE:
            raise problem
