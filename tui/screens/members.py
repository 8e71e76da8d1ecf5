"""The own repos of a family, the most downloaded first."""

from collections.abc import Iterable
from shlex import quote
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from tui.ask.families import members as ask
from tui.model import View
from tui.places import MembersPlace
from tui.render import measure, table
from tui.render.list_columns import columns
from tui.render.spans import Line
from tui.screens.answers import follow
from tui.screens.bound import bindings
from tui.screens.column_table import ColumnTable
from tui.screens.repo_page import RepoPage

_HIDDEN = ("move", "trending")  # a family's list has no earlier rank and no trending score


class MembersScreen(RepoPage):
    """What a family's figures are summed over."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(MembersPlace)

    def __init__(self, place: MembersPlace) -> None:
        super().__init__(place)
        self.key = place.key

    # drawing

    def body(self) -> Iterable[Widget]:
        """The table."""
        self.rows = ColumnTable(self.hubscope.painter, self._plan, self.hubscope.sources.now)
        yield self.rows

    def _plan(self, width: int) -> table.Layout:
        return table.layout(
            [column for column in columns("model") if column.key not in _HIDDEN], width
        )

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
        place = f"{self.rows.cursor + 1} of {measure.whole(total)}"
        return ((f" {place} · together ↓30d {measure.short(downloads)} · own: {own}", "muted"),)

    # asking

    def begin(self) -> None:
        """Show what is stored, then ask."""
        stored = ask.peek(self.hubscope.sources, self.key)
        if stored is not None:
            self._show(stored)
        if self.hubscope.config.refresh == "auto" or stored is None:
            self.load()

    @work(group="members", exclusive=True)
    async def load(self) -> None:
        """Ask for the lists of the family's organisations, where they are not young."""
        await follow(self, ask.stream(self.hubscope.sources, self.key), self._show, self.load)

    def _show(self, view: View) -> None:
        self.view = view
        self.rows.show([row.repo.id for row in view.rows], view.rows)
        self.frame()

    # the reader's keys

    def action_open_row(self) -> None:
        """Open the card of the highlighted repo."""
        self.open_repo()

    def action_refresh_view(self) -> None:
        """Ask again."""
        self.load()

    def command_line(self) -> str:
        """The shell command that prints the family's figures."""
        return f"hubscope family {quote(self.key)}"
