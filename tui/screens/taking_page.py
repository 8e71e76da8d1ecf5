"""The downloads file by file: those on their way, and those that wait to go on."""

import asyncio
from collections.abc import Iterable
from glob import escape
from shlex import quote
from typing import ClassVar, NamedTuple

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from tui.ask.take.download import forget
from tui.ask.take.status import State
from tui.model import View
from tui.places import CardPlace, DownloadsPlace
from tui.render import download as draw
from tui.render import table
from tui.render.spans import Line
from tui.screens.bound import bindings
from tui.screens.column_table import ColumnTable
from tui.screens.page import Page

_TICK = 0.5  # seconds between two looks, while something comes


class Row(NamedTuple):
    """A row of the table, and the download that it is of."""

    shown: draw.Shown
    status: str
    state: State


class TakingScreen(Page):
    """How far each file is; a key stops a download, and goes on with it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DownloadsPlace)
    NOTHING = "no download is under the cursor"

    def body(self) -> Iterable[Widget]:
        """The table."""
        self.rows = ColumnTable(self.hubscope.painter, _plan, self.hubscope.sources.now)
        yield self.rows

    def begin(self) -> None:
        """Look now, and then as long as something comes."""
        self.set_interval(_TICK, self._tick)

    def resume(self) -> None:
        """In sight again."""
        self.action_refresh_view()

    def _tick(self) -> None:
        if self.is_current and any(row.state.end is None for row in self.rows.values):
            self._look()

    def action_refresh_view(self) -> None:
        """Look again."""
        self._look()

    @work(group="downloads", exclusive=True)
    async def _look(self) -> None:
        held = await asyncio.to_thread(self.hubscope.downloads.taking.held)
        self.view = View(rows=(), source="cache", as_of=self.hubscope.sources.now())
        keyed_rows = [
            (f"{status} {place}", Row(shown, status, state))
            for status, state in held.items()
            for place, shown in enumerate(draw.rows(state))
        ]
        self.rows.show([key for key, _ in keyed_rows], [row for _, row in keyed_rows])
        self.frame()

    def _row(self) -> Row | None:
        row: Row | None = self.rows.value
        return row

    def heading(self, width: int) -> Line:
        """How many there are."""
        ends = {row.status: row.state.end for row in self.rows.values}
        coming = sum(end is None for end in ends.values())
        waiting = len(ends) - coming
        return ((f" downloads · {coming} on their way · {waiting} stopped or failed", "title"),)

    def definition(self, width: int) -> Line:
        """How far the download under the cursor is, or why it does not run."""
        row = self._row()
        if row is None:
            return ((" nothing is on its way; D on a card's Files takes a set", "muted"),)
        return ((f" {draw.ending(row.state, width - 2)}", "text"),)

    def name_in_hand(self) -> str:
        """The repo's id."""
        row = self._row()
        return row.state.id if row else ""

    def action_open_row(self) -> None:
        """Open the card of the repo."""
        if row := self._row():
            self.hubscope.visit(CardPlace(row.state.kind, row.state.id))
        else:
            self.say(self.NOTHING)

    def action_hold(self) -> None:
        """Stop it where it runs, else go on with it."""
        row, taking = self._row(), self.hubscope.downloads.taking
        if row is None:
            self.say(self.NOTHING)
        elif row.state.end is None:
            taking.stop(row.status)
            self.say(f"stopping {row.state.id}; whole files stay")
        else:
            taking.go_on(row.status)
            self.say(f"going on with {row.state.id}")
        self.set_timer(_TICK, self._look)

    def action_forget(self) -> None:
        """Name one that does not run no more."""
        row = self._row()
        if row is None:
            self.say(self.NOTHING)
        elif row.state.end is None:
            self.say("it is on its way; D stops it first")
        else:
            forget(row.status)
            self.say(f"{row.state.id} is forgotten; whole files stay")
            self._look()

    def command_line(self) -> str:
        """What takes the files of the download under the cursor."""
        row = self._row()
        if row is None:
            return "hubscope local"
        patterns = [f" --include {quote(escape(part.path))}" for part in row.state.parts]
        return f"hubscope get {quote(row.state.id)}{''.join(patterns)}"


def _plan(width: int) -> table.Layout:
    return table.layout(draw.COLUMNS, width)
