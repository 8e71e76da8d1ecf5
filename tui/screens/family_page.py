"""A page of family figures: the lens, the words below, what can be fetched."""

import asyncio
from collections.abc import Mapping, Sequence
from shlex import quote

from textual import work
from textual.app import ComposeResult

from tui.ask.families import league as ask
from tui.ask.families.league import FamilyRow
from tui.model import Measure
from tui.places import Place
from tui.render import cells, measure
from tui.render.clipboard import Copy, requests
from tui.render.lens import turn
from tui.render.spans import Line, cut
from tui.screens.census_watch import CensusWatch
from tui.screens.family_loader import DEEPEST, FamilyLoader
from tui.screens.first_look import first_look
from tui.screens.lens_panel import LensPanel
from tui.screens.page import Page

_WORTH = 2  # of the lines below the table, at most so many say what a figure is worth
_LOW = 24  # terminal lines under which there is one less of each
TIER_WORDS = {
    1: "derivatives, counted by the Hub",
    2: "each derivative looked at",
}


class FamilyPage(Page):
    """A page of family figures under the app's lens."""

    NOTHING = "no family is highlighted"
    LOWER = 4

    panel: LensPanel
    loader: FamilyLoader

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.census = CensusWatch(self)
        self.changed: dict[str, frozenset[str]] = {}  # by family: what the last switch changed

    # what a page of figures says of itself

    def families(self) -> tuple[str, ...]:
        """The keys of the families on this page."""
        return ()

    def chosen(self) -> tuple[str, ...]:
        """The keys of the families that more is fetched for."""
        return self.families()

    def redraw(self) -> None:
        """Draw the figures in hand."""

    def defined(self) -> tuple[str, str]:
        """The definition of the figure under the cursors, and what it is worth."""
        return "asking the Hub …", ""

    def cited(self) -> tuple[str, str, Measure] | None:
        """Whose figure is under the cursors, its name, and the figure."""
        return None

    # the frame

    def compose(self) -> ComposeResult:
        """The frame around the body, with the lens panel above its lower lines."""
        self.panel = LensPanel(self.hubscope.painter, id="lens")
        *above, bottom = super().compose()
        yield from above
        yield self.panel
        yield bottom

    def begin(self) -> None:
        """Show what is stored, then ask."""
        first_look(self.hubscope, self.place.name)
        self.loader.begin()
        self.census.begin()

    def resume(self) -> None:
        """In sight again: the lens may have been turned on another page."""
        self.loader.recount_if_turned()

    def lower_lines(self, cells: int) -> list[Line]:
        """What the figure is and what it is worth.

        A remark takes the last line, else what a switch of the lens means while that is open.
        """
        less = self.size.height < _LOW
        definition, worth = self.defined()
        room = max(1, cells - 2)
        below = measure.wrapped(worth, room, _WORTH - less)
        above = measure.wrapped(definition, room, self.LOWER - less - len(below))
        lines: list[Line] = [((f" {text}", "text"),) for text in above]
        lines += [((f" {text}", "muted"),) for text in below]
        lines += [()] * (self.LOWER - less - len(lines))
        meaning = cut(self.panel.meaning, room)
        explained: Line = ((f" {meaning}", "accent"),) if meaning else ()
        census_line: Line = ((f" {self.census.line}", "accent"),) if self.census.line else ()
        return [*lines[:-1], self.remark() or explained or census_line or lines[-1]]

    # the lens

    def action_lens(self) -> None:
        """Open the panel, or close it."""
        if self.panel.display:
            self.on_lens_panel_closed(LensPanel.Closed())
            return
        self.panel.display, self._hint = True, ""  # the words of the lens come in its place
        self.panel.draw(self.hubscope.lens, 0)
        self.set_focus(self.panel)
        self.frame()

    def on_lens_panel_moved(self, message: LensPanel.Moved) -> None:
        """Explain the switch under the cursor."""
        message.stop()
        self.frame()

    def on_lens_panel_closed(self, message: LensPanel.Closed) -> None:
        """Give the keyboard back to the table, and take the marks of change away."""
        message.stop()
        self.set_focus(self.rows)
        self.panel.display = False
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
        self.loader.recount()

    def recounted(self, before: Sequence[FamilyRow], after: Sequence[FamilyRow]) -> None:
        """Mark what reads differently."""
        held = {row.family.key: row.measures for row in before}
        self.changed = {
            row.family.key: _differing(held.get(row.family.key, {}), row.measures) for row in after
        }
        self.panel.draw(self.hubscope.lens, sum(map(len, self.changed.values())))

    # the reader's keys

    def action_fetch(self) -> None:
        """Offer what can be fetched for the chosen families, naming the calls."""
        keys = self.chosen()
        if keys:
            self._offer(keys)
        else:
            self.say("no family is highlighted")

    @work(group="offer", exclusive=True)
    async def _offer(self, keys: tuple[str, ...]) -> None:
        from tui.screens.chooser import Choice, Chooser

        sources = self.hubscope.sources
        whose = f"{len(keys)} families" if len(keys) > 1 else self._label(keys[0])
        choices = []
        await self.loader.settle_store()
        for tier, words in TIER_WORDS.items():
            calls = await asyncio.to_thread(ask.cost, sources, keys, tier)
            if calls:
                at_least = "at least " if tier == DEEPEST else ""
                label = f"fetch tier {tier} for {whose}: {at_least}{cells.calls(calls)}?"
                choices.append(Choice(tier, label, words))
        if not choices:
            self.say(f"all tiers of {whose} are stored; r asks for their lists again")
            return
        left = sources.requests_left
        title = "Fetch more" if left is None else f"Fetch more · {left} calls left in this window"
        if not self.is_current:  # the reader has gone on meanwhile
            return
        chosen = await self.app.push_screen_wait(Chooser(title, choices))
        if chosen is not None:
            self.loader.question(keys, chosen)

    def _label(self, key: str) -> str:
        labels = {row.family.key: row.family.label for row in self.loader.rows}
        return labels.get(key, key)

    def action_refresh_view(self) -> None:
        """Ask for the own lists again."""
        if self.loader.queue.busy:
            self.say("the Hub is being asked already")
        else:
            self.loader.question(self.families(), 0, refresh=True)

    def name_in_hand(self) -> str:
        """The keys of the families, which every family command knows."""
        return " ".join(self.chosen())

    def copies(self) -> list[Copy]:
        """A sentence to cite, the command, the requests behind a figure."""
        entries = [Copy("this view", self.command_line())]
        cited = self.cited()
        if cited is not None and cited[2].value is not None:
            entries.insert(
                0, Copy("cite", measure.sentence(*cited, self.hubscope.sources.endpoint))
            )
            entries += requests(cited[2].requests)
        return entries

    def shell(self, command: str, keys: Sequence[str]) -> str:
        """The command that prints figures of ``keys`` under the lens, as deep as they are."""
        tier = self.loader.depth_of(keys)
        deep = ["--tier", str(tier)] if tier > 0 else []
        words = [command, *map(quote, keys), *deep, *self.hubscope.lens.flags()]
        return " ".join(["hubscope", *words])


def _differing(before: Mapping[str, Measure], after: Mapping[str, Measure]) -> frozenset[str]:
    """The names of the figures that read differently."""
    return frozenset(
        name for name, figure in after.items() if measure.changed(before.get(name), figure)
    )
