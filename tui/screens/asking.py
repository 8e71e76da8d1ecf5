"""Asking for family figures: tier by tier, one question after the other, all of it resumable.

Each question can be taken up again, since every answer is kept when it comes.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import NamedTuple

from textual import work

from tui.ask.calls import jobs
from tui.ask.families import league as ask
from tui.ask.families.league import FamilyRow
from tui.model import Lens, View
from tui.screens.queueing import Queueing

DEEPEST = 2  # the highest tier
_PATIENCE = 2.0  # seconds that a thread waits for the store to have taken what came


class Question(NamedTuple):
    """Which families to load, how deep, and whether lists still young are asked again."""

    keys: tuple[str, ...]
    tier: int
    refresh: bool = False


class Asking(Queueing):
    """A page that holds figures of some families, counted under the app's lens."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: View | None = None  # what the figures in sight are made of, all tiers
        self._depth = 0  # the highest tier asked for
        self._lens = Lens()  # the one that the figures in sight were counted under

    # what a page must say

    def families(self) -> tuple[str, ...]:
        """The keys of the families on this page."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw the figures in hand."""
        raise NotImplementedError

    def recounted(self, before: Sequence[FamilyRow], after: Sequence[FamilyRow]) -> None:
        """Hear of figures counted again under another lens, before they are drawn."""
        raise NotImplementedError

    def peek(self, keys: Iterable[str], tier: int) -> View:
        """The figures from the store."""
        return ask.peek(self.hubscope.sources, keys, self.hubscope.lens, tier)

    def _stream(self, asked: Question, lens: Lens) -> AsyncIterator[View]:
        sources = self.hubscope.sources
        return ask.stream(sources, asked.keys, lens, asked.tier, refresh=asked.refresh)

    def again(self, view: View, lens: Lens) -> View:
        """The same facts under another lens."""
        return ask.again(self.hubscope.sources, view, lens)

    # asking

    def on_mount(self) -> None:
        """Show what is stored, then ask; what was begun before goes on."""
        self.reader().focus()
        self.frame()
        self.run_worker(self._begin(), group="deepen", exclusive=True, exit_on_error=False)

    async def _begin(self) -> None:
        """The own lists are thousands of rows: they are read off the loop, the first tier first."""
        self._show_whole(await asyncio.to_thread(self.peek, self.families(), 0))
        for job in jobs.unfinished(self.hubscope.sources):
            if set(self.families()).issuperset(job.keys):
                self.question(job.keys, job.tier)
        known = self.view is not None and self.view.as_of is not None
        if self.hubscope.config.refresh == "auto" or not known:
            self.question(self.families(), 0)
        elif not self._queue:
            await self._deepen()

    def on_screen_resume(self) -> None:
        """In sight again: the lens may have been turned on another page."""
        if self._whole is not None and self._lens != self.hubscope.lens:
            self.recount()

    def question(self, keys: Sequence[str], tier: int, *, refresh: bool = False) -> None:
        """Ask for a tier of some families, after what is being asked now."""
        self.enqueue(Question(tuple(keys), tier, refresh))

    def ask_again(self) -> None:
        """Ask for every family of this page."""
        self.question(self.families(), 0)

    async def _answer(self, asked: Question) -> None:
        lens, last = self.hubscope.lens, None
        self._depth = max(self._depth, asked.tier)
        kept = not self.hubscope.sources.bundled
        if not kept:  # no answer of the sample is stored, so all is asked at once, from memory
            asked = Question(self.families(), self._depth)
        async for view in self._stream(asked, lens):
            if lens == self.hubscope.lens:
                self.problem = next(iter(view.problems), None)
                self._arrived(view)
                last = view
        if kept:
            await self._deepen()
        elif last is not None:
            self._show_whole(last)

    async def _deepen(self) -> None:
        """Bring in all that is stored, whatever its tier, off the loop: it may be a long list."""
        lens = self.hubscope.lens
        whole = await asyncio.to_thread(self._stored)
        if lens == self.hubscope.lens and whole.as_of is not None:
            self._show_whole(whole, was=self.view)

    def _stored(self) -> View:
        """All tiers from the store, with what is on its way there."""
        self.hubscope.sources.settle(_PATIENCE)
        return self.peek(self.families(), DEEPEST)

    def _show_whole(self, view: View, was: View | None = None) -> None:
        """Show figures of all tiers. ``was``: what was shown says how fresh they are."""
        self._whole = self.view = view
        if was is not None and was.as_of is not None:
            self.view = view._replace(source=was.source, as_of=was.as_of)
        self._lens = self.hubscope.lens
        self.redraw()

    def _arrived(self, view: View) -> None:
        """Take the figures that came. One without value never takes the place of one with."""
        rows: dict[str, FamilyRow] = {row.family.key: row for row in self.figures_in_hand()}
        for row in view.rows:
            held = rows.get(row.family.key)
            rows[row.family.key] = row if held is None else _merged(held, row)
        self.view = view._replace(rows=tuple(rows[key] for key in rows))
        self.redraw()

    def figures_in_hand(self) -> tuple[FamilyRow, ...]:
        """The families with their figures, as far as they are here."""
        return () if self.view is None else self.view.rows

    @work(group="lens", exclusive=True, exit_on_error=False)
    async def recount(self) -> None:
        """Count the same facts under the app's lens."""
        lens, whole = self.hubscope.lens, self._whole
        if whole is None:
            return
        view = await asyncio.to_thread(self.again, whole, lens)
        if lens != self.hubscope.lens:
            return
        self.recounted(self.figures_in_hand(), view.rows)
        self._show_whole(view, was=self.view)
        if self._queue:  # what is on its way was to be counted under the old lens
            self._answer_all()

    async def settle_store(self) -> None:
        """Wait, off the loop, until the store has taken what came."""
        await asyncio.to_thread(self.hubscope.sources.settle, _PATIENCE)


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
