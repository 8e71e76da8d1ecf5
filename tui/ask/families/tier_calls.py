"""The calls of a tier, as an plan: own lists, then counts or children."""

from collections.abc import Iterable, Sequence

from tui.ask.calls import pages
from tui.ask.calls.plan import Step
from tui.ask.families import tier_steps
from tui.ask.families.tiers import Count, FamilyAnswers, Part
from tui.ask.sources import Sources
from tui.model import Problem


class TierCalls:
    """The calls of ``tier_steps`` for ``wanted`` up to ``tier``; ``answers`` keeps the results."""

    def __init__(
        self, sources: Sources, answers: FamilyAnswers, wanted: Sequence[Part], tier: int
    ) -> None:
        self._sources = sources
        self._answers = answers
        self._wanted = wanted
        self._tier = tier

    def steps(self) -> Iterable[Step]:
        """See CallPlan."""
        return tier_steps.steps(self._answers, self._wanted, self._tier, self._sources.now())

    def estimate(self) -> int:
        """See CallPlan."""
        return tier_steps.estimate(self._answers, self._wanted, self._tier, self._sources.now())

    def refuse(self, step: Step, problem: Problem) -> None:
        """See CallPlan."""
        self._answers.failed[step._replace(path=None)] = problem

    async def make(self, step: Step, lane: str) -> None:
        """See CallPlan."""
        if step.kind == "count":
            await self._count(step, lane)
            return
        own = step.kind == "list"
        before = self._answers.begun(step) if step.path else None
        path = step.path or (pages.own_path if own else pages.children_path)(step.name)
        name = f"{'own' if own else 'children'} {step.name}"
        self._answers.take(step, await pages.fetch(self._sources, name, path, before, lane))

    async def _count(self, step: Step, lane: str) -> None:
        hub = await self._sources.hub()
        got = await hub.children_counts(step.name, lane)
        if not self._sources.bundled:
            self._sources.store.cache.put_child_counts(step.name, got.value, "", got.fetched_at)
        key = self._answers.key(step.name)
        self._answers.counts[key] = Count(got.value, got.fetched_at, got.url, fresh=True)
