"""What the pages of family figures share: the lens, the words below, what can be fetched."""

import asyncio
from collections.abc import Mapping, Sequence
from shlex import quote

from textual import work
from textual.app import ComposeResult

from tui.ask.families import league as ask
from tui.ask.families.league import FamilyRow
from tui.model import Measure, Repo
from tui.render import measure
from tui.render.clipboard import Copy
from tui.render.lens import turn
from tui.render.spans import Line, fit
from tui.screens.asking import DEEPEST, Asking
from tui.screens.chooser import Choice, Chooser
from tui.screens.lens import LensPanel
from tui.widgets.lines import Lines
from tui.widgets.table import RowTable

_LOWER, _WORTH = 4, 2  # lines below the table, and of them at most what a figure is worth
_LOW = 24  # terminal lines under which there is one less of each
TIER_WORDS = {
    1: "derivatives by relation, as the Hub counts them",
    2: "every derivative: distinct, authors, alive, new",
}


class FigurePage(Asking):
    """A page of family figures under the app's lens."""

    rows: RowTable
    panel: LensPanel

    def __init__(self) -> None:
        super().__init__()
        self.changed: dict[str, frozenset[str]] = {}  # by family: what the last switch changed

    # what a page of figures must say

    def chosen(self) -> tuple[str, ...]:
        """The keys of the families that more is fetched for."""
        raise NotImplementedError

    def defined(self) -> tuple[str, str]:
        """The definition of the figure under the cursors, and what it is worth."""
        raise NotImplementedError

    def cited(self) -> tuple[str, str, Measure] | None:
        """Whose figure is under the cursors, its name, and the figure."""
        raise NotImplementedError

    # the frame

    def compose(self) -> ComposeResult:
        """The frame around the body, with the lens panel and room for a definition."""
        painter = self.hubscope.painter
        self.top = Lines(painter, 3, id="top")
        self.bottom = Lines(painter, 2 + _LOWER, id="bottom")
        self.panel = LensPanel(painter, id="lens")
        yield self.top
        yield from self.body()
        yield self.panel
        yield self.bottom

    def frame(self) -> None:
        """Bring the frame's lines up to date."""
        width = self.size.width
        if not width or not self.is_mounted:
            return
        rule: Line = (("─" * width, "rule"),)
        self.top.show([self._views(width), self.heading(width), rule])
        lower = [fit(line, width) for line in self._defined(width)]
        self.bottom.styles.height = 2 + len(lower)
        self.bottom.show([rule, *lower, self._footer(width)])

    def _defined(self, width: int) -> list[Line]:
        """The lines below the rule; a remark takes the last one."""
        less = self.size.height < _LOW
        definition, worth = self.defined()
        cells = max(1, width - 2)
        below = measure.wrapped(worth, cells, _WORTH - less)
        above = measure.wrapped(definition, cells, _LOWER - less - len(below))
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
        return self.rows

    # the lens

    def action_lens(self) -> None:
        """Open the panel, or close it."""
        if self.panel.display:
            self.on_lens_panel_closed(LensPanel.Closed())
            return
        self.panel.display = True
        self.panel.draw(self.hubscope.lens, 0)
        self.set_focus(self.panel)

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
        self.recount()

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
        sources = self.hubscope.sources
        whose = f"{len(keys)} families" if len(keys) > 1 else self._label(keys[0])
        choices = []
        await self.settle_store()
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
        if not self.is_current:  # the reader has gone on meanwhile
            return
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


def _differing(before: Mapping[str, Measure], after: Mapping[str, Measure]) -> frozenset[str]:
    """The names of the figures that read differently."""
    return frozenset(
        name for name, figure in after.items() if measure.changed(before.get(name), figure)
    )
