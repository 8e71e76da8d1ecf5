"""What the pages of family figures share: asking tier by tier, the lens, the words below.

What is asked stands in a queue, so that one question never ends another; each can be taken up
again, since every answer is kept when it comes.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from shlex import quote
from typing import NamedTuple

from textual import work
from textual.app import ComposeResult

from tui.ask import families as ask
from tui.ask import jobs
from tui.ask.families import FamilyRow
from tui.model import Lens, Measure, Offline, Problem, Repo, View
from tui.render import measure
from tui.render.clipboard import Copy
from tui.render.lens import turn
from tui.render.spans import Line, fit
from tui.screens.acting import Acting
from tui.screens.chooser import Choice, Chooser
from tui.screens.lens import LensPanel
from tui.widgets.lines import Lines
from tui.widgets.table import RowTable

_LOWER, _WORTH = 4, 2  # lines below the table, and of them at most what a figure is worth
_LOW = 24  # terminal lines under which there is one less of each
DEEPEST = 2  # the highest tier
_PATIENCE = 2.0  # seconds that a thread waits for the store to have taken what came
TIER_WORDS = {
    1: "derivatives by relation, as the Hub counts them",
    2: "every derivative: distinct, authors, alive, new",
}


class Question(NamedTuple):
    """Which families to load, how deep, and whether lists still young are asked again."""

    keys: tuple[str, ...]
    tier: int
    refresh: bool = False


class FigurePage(Acting):
    """A page of family figures under the app's lens."""

    def __init__(self) -> None:
        super().__init__()
        self.changed: dict[str, frozenset[str]] = {}  # by family: what the last switch changed
        self._queue: list[Question] = []
        self._whole: View | None = None  # what the figures in sight are made of, all tiers
        self._depth = 0  # the highest tier asked for
        self._lens = Lens()  # the one that the figures in sight were counted under

    # what a page of figures must say

    def families(self) -> tuple[str, ...]:
        """The keys of the families on this page."""
        raise NotImplementedError

    def chosen(self) -> tuple[str, ...]:
        """The keys of the families that more is fetched for."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw the figures in hand."""
        raise NotImplementedError

    def defined(self) -> tuple[str, str]:
        """The definition of the figure under the cursors, and what it is worth."""
        raise NotImplementedError

    def cited(self) -> tuple[str, str, Measure] | None:
        """Whose figure is under the cursors, its name, and the figure."""
        raise NotImplementedError

    def peek(self, keys: Iterable[str], tier: int) -> View:
        """The figures from the store."""
        return ask.peek(self.hubscope.sources, keys, self.hubscope.lens, tier)

    # the frame

    def compose(self) -> ComposeResult:
        """The frame around the body, with the lens panel and room for a definition."""
        painter = self.hubscope.painter
        yield Lines(painter, 3, id="top")
        yield from self.body()
        yield LensPanel(painter, id="lens")
        yield Lines(painter, 2 + _LOWER, id="bottom")

    def frame(self) -> None:
        """Bring the frame's lines up to date."""
        width = self.size.width
        if not width or not self.is_mounted:
            return
        rule: Line = (("─" * width, "rule"),)
        self.query_one("#top", Lines).show([self._views(width), self.heading(width), rule])
        lower = [fit(line, width) for line in self._defined(width)]
        bottom = self.query_one("#bottom", Lines)
        bottom.styles.height = 2 + len(lower)
        bottom.show([rule, *lower, self._footer(width)])

    def _defined(self, width: int) -> list[Line]:
        """The lines below the rule; a remark takes the last one."""
        less = self.size.height < _LOW
        definition, worth = self.defined()
        below = measure.wrapped(worth, width - 2, _WORTH - less)
        above = measure.wrapped(definition, width - 2, _LOWER - less - len(below))
        lines: list[Line] = [((f" {text}", "text"),) for text in above]
        lines += [((f" {text}", "muted"),) for text in below]
        lines += [()] * (_LOWER - less - len(lines))
        if self._said or self.problem is not None:
            lines[-1] = self._lower(width)
        return lines

    def definition(self, width: int) -> Line:
        """The first line of the definition."""
        return self._defined(width)[0]

    def reader(self) -> RowTable:
        """The table."""
        return self.query_one(RowTable)

    # asking

    def on_mount(self) -> None:
        """Show what is stored, then ask; what was begun before goes on."""
        super().on_mount()
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
        super().on_screen_resume()
        if self._whole is not None and self._lens != self.hubscope.lens:
            self._measure_again()

    def question(self, keys: Sequence[str], tier: int, *, refresh: bool = False) -> None:
        """Ask for a tier of some families, after what is being asked now."""
        self._queue.append(Question(tuple(keys), tier, refresh))
        if len(self._queue) == 1:
            self.call_after_refresh(self._answer_all)

    @work(group="figures", exclusive=True, exit_on_error=False)
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
                self.question(self.families(), 0)
            else:
                self.problem = problem
        finally:
            self.busy = bool(self._queue)
            self.frame()

    async def _answer(self, asked: Question) -> None:
        lens, last = self.hubscope.lens, None
        self._depth = max(self._depth, asked.tier)
        kept = self.hubscope.sources.universe != "sample"
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

    def _stream(self, asked: Question, lens: Lens) -> AsyncIterator[View]:
        sources = self.hubscope.sources
        return ask.stream(sources, asked.keys, lens, asked.tier, refresh=asked.refresh)

    async def _deepen(self) -> None:
        """Bring in all that is stored, whatever its tier, off the loop: it may be a long list."""
        lens = self.hubscope.lens
        whole = await asyncio.to_thread(self._stored)
        if lens == self.hubscope.lens and whole.as_of is not None:
            self._show_whole(whole, was=self.view)

    def _stored(self) -> View:
        """All tiers from the store, with what is on its way there."""
        self.hubscope.sources.store.flush(_PATIENCE)
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

    # the lens

    def action_lens(self) -> None:
        """Open the panel, or close it."""
        opened = self.query_one(LensPanel)
        if opened.display:
            self.on_lens_panel_closed(LensPanel.Closed())
            return
        opened.display = True
        opened.draw(self.hubscope.lens, 0)
        opened.focus()

    def on_lens_panel_closed(self, message: LensPanel.Closed) -> None:
        """Give the keyboard back to the table, and take the marks of change away."""
        message.stop()
        self.query_one(LensPanel).display = False
        self.reader().focus()
        self.changed = {}
        self.redraw()

    def on_lens_panel_turned(self, message: LensPanel.Turned) -> None:
        """Count again under the new lens, and mark what reads differently."""
        message.stop()
        lens = turn(self.hubscope.lens, message.letter)
        if lens == self.hubscope.lens:
            self.say("one relation must stay, else nothing is counted")
            return
        self.hubscope.lens = lens
        self._measure_again()

    @work(group="lens", exclusive=True, exit_on_error=False)
    async def _measure_again(self) -> None:
        lens, whole = self.hubscope.lens, self._whole
        if whole is None:
            return
        view = await asyncio.to_thread(self.again, whole, lens)
        if lens != self.hubscope.lens:
            return
        before = {row.family.key: row.measures for row in self.figures_in_hand()}
        self.changed = {
            row.family.key: _differing(before.get(row.family.key, {}), row.measures)
            for row in view.rows
        }
        self._show_whole(view, was=self.view)
        self.query_one(LensPanel).draw(lens, sum(map(len, self.changed.values())))
        if self._queue:  # what is on its way was to be counted under the old lens
            self._answer_all()

    def again(self, view: View, lens: Lens) -> View:
        """The same facts under another lens."""
        return ask.again(self.hubscope.sources, view, lens)

    # the reader's keys

    def action_fetch(self) -> None:
        """Offer what can be fetched for the chosen families, naming the calls."""
        keys = self.chosen()
        if keys:
            self._offer(keys)
        else:
            self.say("no family is highlighted")

    @work(group="offer", exclusive=True, exit_on_error=False)
    async def _offer(self, keys: tuple[str, ...]) -> None:
        sources = self.hubscope.sources
        whose = f"{len(keys)} families" if len(keys) > 1 else self._label(keys[0])
        choices = []
        await asyncio.to_thread(sources.store.flush, _PATIENCE)
        for tier, words in TIER_WORDS.items():
            calls = await asyncio.to_thread(ask.cost, sources, keys, tier)
            if calls:
                at_least = "at least " if tier == DEEPEST else ""
                label = f"fetch tier {tier} for {whose}: {at_least}{calls:,} calls?"
                choices.append(Choice(tier, label, words))
        if not choices:
            self.say(f"all tiers of {whose} are stored; r asks for their lists again")
            return
        left = sources.requests_left
        title = "Fetch more" if left is None else f"Fetch more · {left} calls left in this window"
        chosen = await self.app.push_screen_wait(Chooser(title, choices))
        if chosen is not None:
            self.question(keys, chosen)

    def _label(self, key: str) -> str:
        labels = {row.family.key: row.family.label for row in self.figures_in_hand()}
        return labels.get(key, key)

    def action_refresh_view(self) -> None:
        """Ask for the own lists again."""
        if self._queue:
            self.say("the Hub is being asked already")
        else:
            self.question(self.families(), 0, refresh=True)

    def in_hand(self) -> Repo | None:
        """A family is no repo."""
        return None

    def action_copy_id(self) -> None:
        """Copy the key of the family, which every family command knows."""
        keys = self.chosen()
        self.copy(" ".join(keys)) if keys else self.say("no family is highlighted")

    def action_copy_menu(self) -> None:
        """Choose what to copy: a sentence to cite, the command, the requests behind a figure."""
        from tui.screens import menus

        found = [Copy("this view", self.command_line())]
        cited = self.cited()
        if cited is not None and cited[2].value is not None:
            found.insert(0, Copy("cite", measure.sentence(*cited, self.hubscope.sources.endpoint)))
            found += [Copy("request", f"curl -s {quote(url)}") for url in cited[2].requests[:20]]
        self.app.push_screen(menus.copies(found), self.copy_chosen)

    def shell(self, command: str, keys: Sequence[str]) -> str:
        """The command that prints figures of ``keys`` under the lens, as deep as they are."""
        tier = max(
            (row.tier for row in self.figures_in_hand() if row.family.key in keys), default=0
        )
        deep = ["--tier", str(tier)] if tier > 0 else []
        words = [command, *map(quote, keys), *deep, *self.hubscope.lens.flags()]
        return " ".join(["hubscope", *words])


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


def _differing(before: Mapping[str, Measure], after: Mapping[str, Measure]) -> frozenset[str]:
    """The names of the figures that read differently."""
    return frozenset(
        name for name, figure in after.items() if measure.changed(before.get(name), figure)
    )
