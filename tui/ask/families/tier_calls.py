"""The calls of a tier, as a plan: own lists, then counts or children."""

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
        self._todo: dict[Step, tuple[Step, int]] | None = None

    def steps(self) -> Iterable[Step]:
        """See CallPlan."""
        return (step for step, _ in self._left().values())

    def estimate(self) -> int:
        """See CallPlan."""
        return sum(calls for _, calls in self._left().values())

    def _left(self) -> dict[Step, tuple[Step, int]]:
        """The calls still to make, by the beginning of their lists, each with how many follow.

        An answer changes its own place alone: with a new own list alone all are thought over.
        """
        if self._todo is None:
            now = self._sources.now()
            steps = tier_steps.steps(self._answers, self._wanted, self._tier, now)
            self._todo = {
                step._replace(path=None): (step, tier_steps.pages_of(self._answers, step))
                for step in steps
            }
        return self._todo

    def _settled(self, step: Step) -> None:
        """A call was made or refused: what its place holds now."""
        first_call = step._replace(path=None)
        if step.kind == "list":
            self._todo = None
        if self._todo is None:
            return
        now = self._sources.now()
        following = tier_steps.following(self._answers, first_call, now)
        if following is None:
            self._todo.pop(first_call, None)
        else:
            self._todo[first_call] = (following, tier_steps.pages_of(self._answers, following))

    def refuse(self, step: Step, problem: Problem) -> None:
        """See CallPlan."""
        self._answers.failed[step._replace(path=None)] = problem
        self._settled(step)

    async def make(self, step: Step, lane: str) -> None:
        """See CallPlan."""
        if step.kind == "count":
            await self._count(step, lane)
        else:
            await self._page(step, lane)
        self._settled(step)

    async def _page(self, step: Step, lane: str) -> None:
        own = step.kind == "list"
        before = self._answers.begun(step) if step.path else None
        path = step.path or (pages.own_path if own else pages.children_path)(step.name)
        name = f"{'own' if own else 'children'} {step.name}"
        self._answers.take(step, await pages.fetch(self._sources, name, path, before, lane))

    async def _count(self, step: Step, lane: str) -> None:
        hub = await self._sources.hub()
        answer = await hub.children_counts(step.name, lane)
        if not self._sources.bundled:
            self._sources.store.cache.put_child_counts(
                step.name, answer.value, "", answer.fetched_at
            )
        key = self._answers.key(step.name)
        self._answers.counts[key] = Count(answer.value, answer.fetched_at, answer.url, fresh=True)
