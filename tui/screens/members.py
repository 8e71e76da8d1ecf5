"""The own repos of a family, the most downloaded first."""

from collections.abc import Iterable
from shlex import quote
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from tui.ask.families import members as ask
from tui.keys import MEMBERS
from tui.model import Offline, Problem, Repo, Row, View
from tui.render import measure, table
from tui.render.spans import Line
from tui.render.trending import columns
from tui.screens.acting import Acting
from tui.screens.page import bindings
from tui.widgets.table import RowTable

_HIDDEN = ("move", "score")  # a family's list has no earlier rank and no trending score


class MembersScreen(Acting):
    """What a family's figures are summed over."""

    rows: RowTable

    PLACE = MEMBERS
    VIEW = "Families"
    BINDINGS: ClassVar[list[BindingType]] = bindings(MEMBERS)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    # drawing

    def body(self) -> Iterable[Widget]:
        """The table."""
        self.rows = RowTable(self.hubscope.painter, self._head, self._row, id="rows")
        yield self.rows

    def reader(self) -> RowTable:
        """The table."""
        return self.rows

    def in_hand(self) -> Repo | None:
        """The highlighted repo."""
        row: Row | None = self.reader().value
        return None if row is None else row.repo

    def _plan(self, width: int) -> table.Layout:
        return table.layout([one for one in columns("model") if one.key not in _HIDDEN], width)

    def _head(self, width: int) -> Line:
        return table.header(self._plan(width))

    def _row(self, row: Row, width: int, cursor: bool, marked: bool) -> Line:
        now = self.hubscope.sources.now()
        return table.row(self._plan(width), row, now, cursor=cursor, marked=marked)

    def heading(self, width: int) -> Line:
        """Whose repos they are."""
        family = self.hubscope.sources.registry.require(self.key)
        return ((f" {family.label} · own repos · most downloaded first", "title"),)

    def definition(self, width: int) -> Line:
        """What makes a repo the family's own, and what the rows sum to."""
        if self.view is None:
            return ((" asking the Hub …", "muted"),)
        if not self.view.rows:
            return ((" no own repo of this family is on the Hub", "warn"),)
        figures = self.view.measures or {}
        total, downloads = figures["repos"], figures["downloads_30d"]
        own = total.definition.partition("own: ")[2]
        place = f"{self.reader().cursor + 1} of {measure.whole(total)}"
        return ((f" {place} · together ↓30d {measure.short(downloads)} · own: {own}", "muted"),)

    # asking

    def on_mount(self) -> None:
        """Show what is stored, then ask."""
        self.set_focus(self.reader())
        stored = ask.peek(self.hubscope.sources, self.key)
        if stored is not None:
            self._show(stored)
        if self.hubscope.config.refresh == "auto" or stored is None:
            self.load()

    @work(group="members", exclusive=True)
    async def load(self) -> None:
        """Ask for the lists of the family's organisations, where they are not young."""
        self.busy, self.problem = True, None
        self.frame()
        try:
            async for view in ask.stream(self.hubscope.sources, self.key):
                self.problem = next(iter(view.problems), None)
                self._show(view)
        except Problem as problem:
            if isinstance(problem, Offline) and self.hubscope.take_sample():
                self.load()
                return
            self.problem = problem
        finally:
            self.busy = False
            self.frame()

    def _show(self, view: View) -> None:
        self.view = view
        self.reader().show([row.repo.id for row in view.rows], view.rows)
        self.frame()

    # the reader's keys

    def action_open_row(self) -> None:
        """Open the card of the highlighted repo."""
        repo = self.in_hand()
        if repo is None:
            self.say("no repo is highlighted")
        else:
            self.hubscope.open_card(repo.kind, repo.id)

    def action_refresh_view(self) -> None:
        """Ask again."""
        self.load()

    def command_line(self) -> str:
        """The shell command that prints the family's figures."""
        return f"hubscope family {quote(self.key)}"
