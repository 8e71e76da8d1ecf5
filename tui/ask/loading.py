"""Making the calls of a tier, several at once, until all are made, refused or used up."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence

from tui.ask import pages, tiers
from tui.ask.sources import Sources
from tui.ask.tiers import Count, Part, Pool, Step
from tui.hub.budget import BACKGROUND
from tui.model import (
    NoAccess,
    NotFound,
    Problem,
    Progress,
    RateLimited,
    ServerTrouble,
    Unreadable,
)

AT_ONCE = 6  # what the background lane may have on its way
TICK = 1.0  # seconds after which a wait is told again
FAILURES_BORNE = 3  # in a row, before the trouble is taken for the Hub's and not one repo's


class Loading:
    """One run: the calls made so far and those on their way."""

    def __init__(
        self,
        sources: Sources,
        pool: Pool,
        wanted: Sequence[Part],
        tier: int,
        max_calls: int | None,
        lane: str,
    ) -> None:
        self.sources = sources
        self.pool = pool
        self.wanted = wanted
        self.tier = tier
        self.left = max_calls
        self.lane = lane
        self.done = 0
        self._flying: dict[Step, asyncio.Task[None]] = {}
        self._troubles = 0

    async def run(self) -> AsyncIterator[Progress]:
        """Make the calls; a Progress after each arrival and each second of waiting.

        The background waits out a rate limit, the foreground raises it. Raises the Problem that
        ends the run; what one repo refuses is filed in ``pool.failed`` and passed by.
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
                if arrived or await self._wait():
                    yield await self.progress()
        finally:
            for task in self._flying.values():
                task.cancel()
            await asyncio.gather(*self._flying.values(), return_exceptions=True)

    async def progress(self) -> Progress:
        """How far the run has come, and the seconds that the Hub's limit holds it."""
        now = self.sources.now()
        known = tiers.estimate(self.pool, self.wanted, self.tier, now)
        total = self.done + (known if self.left is None else min(known, self.left))
        return Progress(self.done, max(total, self.done), "calls", await self._wait())

    async def _wait(self) -> float | None:
        until = (await self.sources.hub()).budget.waiting_until
        # the budget's own clock: an age of the Hub's window, not a time of day
        return None if until is None or not self._flying else max(0.0, until - time.monotonic())

    def _depart(self) -> None:
        now = self.sources.now()
        for step in tiers.steps(self.pool, self.wanted, self.tier, now):
            if len(self._flying) >= AT_ONCE or self.left == 0:
                return
            begun = {(one.kind, one.name) for one in self._flying}
            if (step.kind, step.name) not in begun:
                self._flying[step] = asyncio.ensure_future(self._make(step))
                self.left = self.left and self.left - 1

    def _land(self, step: Step, task: "asyncio.Task[None]") -> None:
        problem = task.exception()
        if problem is None:
            self.done += 1
            self._troubles = 0
        elif isinstance(problem, RateLimited) and self.lane == BACKGROUND:
            self.left = None if self.left is None else self.left + 1  # it is made again
        elif isinstance(problem, NotFound | NoAccess | Unreadable | ServerTrouble):
            self._refused(step, problem)
        else:
            raise problem

    def _refused(self, step: Step, problem: Problem) -> None:
        self.done += 1
        self.pool.failed[step._replace(path=None)] = problem
        self._troubles += not isinstance(problem, NotFound | NoAccess)
        if self._troubles >= FAILURES_BORNE:
            raise problem

    async def _make(self, step: Step) -> None:
        if step.kind == "count":
            await self._count(step)
            return
        first = pages.own_path if step.kind == "list" else pages.children_path
        shelf = self.pool.lists if step.kind == "list" else self.pool.children
        begun = step._replace(path=None)
        have = self.pool.coming.get(begun, shelf.get(step.name.lower())) if step.path else None
        name = f"{'own' if step.kind == 'list' else 'children'} {step.name}"
        found = await pages.fetch(
            self.sources, name, step.path or first(step.name), have, self.lane
        )
        self.pool.take(step, found)

    async def _count(self, step: Step) -> None:
        hub = await self.sources.hub()
        got = await hub.children_counts(step.name, self.lane)
        if self.sources.universe != "sample":
            self.sources.store.cache.put_child_counts(step.name, got.value, "", got.fetched_at)
        key = self.pool.key(step.name)
        self.pool.counts[key] = Count(got.value, got.fetched_at, got.url, fresh=True)
