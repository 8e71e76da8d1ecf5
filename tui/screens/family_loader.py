"""The figures of some families: tier by tier, one question after the other, all of it resumable.

Each question can be taken up again, since every answer is kept when it comes.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from tui.ask.calls import jobs
from tui.ask.families.league import FamilyRow
from tui.ask.families.question import Question
from tui.ask.sources import Sources
from tui.model import Lens, View
from tui.screens.answers import run_for
from tui.screens.question_queue import QuestionQueue

if TYPE_CHECKING:
    from tui.screens.family_page import FamilyPage

DEEPEST = 2  # the highest tier
_PATIENCE = 2.0  # seconds that a thread waits for the store to have taken what came


class Asker(Protocol):
    """Where figures are asked for: the module of the league table, or of the comparison."""

    def peek(self, sources: Sources, keys: Iterable[str], lens: Lens, tier: int) -> View:
        """The figures from the store."""

    def again(self, sources: Sources, view: View, lens: Lens) -> View:
        """The same facts under another lens."""

    def stream(self, sources: Sources, question: Question) -> AsyncIterator[View]:
        """The figures as they come."""


class FamilyLoader:
    """Holds the figures of a page's families, counted under the app's lens."""

    def __init__(self, page: "FamilyPage", ask: Asker) -> None:
        self._page, self._ask = page, ask
        self.whole: View | None = None  # what the figures in sight are made of, all tiers
        self._depth = 0  # the highest tier asked for
        self._lens = Lens()  # the one that the figures in sight were counted under
        self.queue = QuestionQueue[Question](page, self._answer, self.ask_again)

    @property
    def rows(self) -> tuple[FamilyRow, ...]:
        """The families with their figures, as far as they are here."""
        view = self._page.view
        return () if view is None else view.rows

    def depth_of(self, keys: Sequence[str]) -> int:
        """The deepest tier that is here for any of these families."""
        return max((row.tier for row in self.rows if row.family.key in keys), default=0)

    @property
    def _sources(self) -> Sources:
        return self._page.hubscope.sources

    @property
    def _wanted(self) -> Lens:
        return self._page.hubscope.lens

    def begin(self) -> None:
        """Show what is stored, then ask; what was begun before goes on."""
        run_for(self._page, self._begin, "deepen")

    async def _begin(self) -> None:
        """The own lists are thousands of rows: they are read off the loop, the first tier first."""
        page, keys = self._page, self._page.families()
        peeked = await asyncio.to_thread(self._ask.peek, self._sources, keys, self._wanted, 0)
        self._show_whole(peeked)
        for job in jobs.unfinished(self._sources):
            if set(keys).issuperset(job.keys):
                self.question(job.keys, job.tier)
        known = page.view is not None and page.view.as_of is not None
        if page.hubscope.config.refresh == "auto" or not known:
            self.question(keys, 0)
        elif not self.queue.busy:
            await self._deepen()

    def question(self, keys: Sequence[str], tier: int, *, refresh: bool = False) -> None:
        """Ask for a tier of some families, after what is being asked now."""
        self.queue.put(Question(tuple(keys), tier=tier, refresh=refresh))

    def ask_again(self) -> None:
        """Ask for every family of this page."""
        self.question(self._page.families(), 0)

    async def _answer(self, asked: Question) -> None:
        lens, last = self._wanted, None
        self._depth = max(self._depth, asked.tier)
        stores = not self._sources.bundled
        if not stores:  # no answer of the sample is stored, so all is asked at once, from memory
            asked = Question(self._page.families(), tier=self._depth)
        answers = self._ask.stream(self._sources, asked._replace(lens=lens))
        async for view in answers:
            if lens == self._wanted:
                self._page.problem = next(iter(view.problems), None)
                self._arrived(view)
                last = view
        if stores:
            await self._deepen()
        elif last is not None:
            self._show_whole(last)

    async def _deepen(self) -> None:
        """Bring in all that is stored, whatever its tier, off the loop: it may be a long list."""
        lens = self._wanted
        whole = await asyncio.to_thread(self._stored)
        if lens == self._wanted and whole.as_of is not None:
            self._show_whole(whole, was=self._page.view)

    def _stored(self) -> View:
        """All tiers from the store, with what is on its way there."""
        self._sources.settle(_PATIENCE)
        return self._ask.peek(self._sources, self._page.families(), self._wanted, DEEPEST)

    def _show_whole(self, view: View, was: View | None = None) -> None:
        """Show figures of all tiers. ``was``: what was shown says how fresh they are."""
        page = self._page
        self.whole = page.view = view
        if was is not None and was.as_of is not None:
            page.view = view._replace(source=was.source, as_of=was.as_of)
        self._lens = self._wanted
        page.redraw()

    def _arrived(self, view: View) -> None:
        """Take the figures that came. One without value never takes the place of one with."""
        rows: dict[str, FamilyRow] = {row.family.key: row for row in self.rows}
        for row in view.rows:
            held = rows.get(row.family.key)
            rows[row.family.key] = row if held is None else _merged(held, row)
        self._page.view = view._replace(rows=tuple(rows[key] for key in rows))
        self._page.redraw()

    def recount_if_turned(self) -> None:
        """Count again where the lens has been turned on another page."""
        if self.whole is not None and self._lens != self._wanted:
            self.recount()

    def recount(self) -> None:
        """Count the same facts under the app's lens."""
        run_for(self._page, self._recount, "lens")

    async def _recount(self) -> None:
        lens, whole = self._wanted, self.whole
        if whole is None:
            return
        view = await asyncio.to_thread(self._ask.again, self._sources, whole, lens)
        if lens != self._wanted:
            return
        self._page.recounted(self.rows, view.rows)
        self._show_whole(view, was=self._page.view)
        if self.queue.busy:  # what is on its way was to be counted under the old lens
            self.queue.begin()

    async def settle_store(self) -> None:
        """Wait, off the loop, until the store has taken what came."""
        await asyncio.to_thread(self._sources.settle, _PATIENCE)


def _merged(held: FamilyRow, new: FamilyRow) -> FamilyRow:
    """The new row, with the held figures where it has none (they lie above its tier)."""
    measures = {
        name: held.measures[name]
        if figure.value is None and held.measures[name].lens == figure.lens
        else figure
        for name, figure in new.measures.items()
    }
    costs = {
        name: 0 if measures[name].value is not None else cost for name, cost in new.costs.items()
    }
    return new._replace(measures=measures, costs=costs, tier=max(held.tier, new.tier))
