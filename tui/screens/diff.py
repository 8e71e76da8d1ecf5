"""Two to four models side by side: facts, files, licence, base, evaluations."""

from collections.abc import Iterable
from shlex import quote
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from tui.analysis.repo import diff
from tui.ask.repo import diff as ask
from tui.model import Repo, View
from tui.places import DiffPlace
from tui.render import diff as render
from tui.render import table
from tui.render.spans import Line, both_ends, fit
from tui.screens.answers import follow
from tui.screens.bound import bindings
from tui.screens.column_table import ColumnTable
from tui.screens.repo_page import RepoPage

MOST = 4


class DiffScreen(RepoPage):
    """A field a row, a model a column; a mark where they differ."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DiffPlace)

    def __init__(self, place: DiffPlace) -> None:
        super().__init__(place)
        self.ids = place.ids
        self.differing = False  # only the fields that differ

    def body(self) -> Iterable[Widget]:
        """The table of fields."""
        self.rows = ColumnTable(self.hubscope.painter, self._plan, lambda: 0.0)
        yield self.rows

    def in_hand(self) -> Repo | None:
        """The first of the models."""
        return Repo(self.ids[0])

    def _plan(self, width: int) -> table.Layout:
        return table.layout(render.columns(self.ids, width), width)

    def heading(self, width: int) -> Line:
        """How many models, and how much of them differs."""
        left: Line = ((f" {len(self.ids)} models side by side", "title"),)
        if self.view is None:
            return fit(left, width)
        rows = self._rows()
        differing = sum(row.same is False for row in rows)
        right: Line = ((f"{differing} of {len(rows)} fields differ ", "muted"),)
        return both_ends(left, right, width)

    def definition(self, width: int) -> Line:
        """The whole values of the highlighted field."""
        row: diff.DiffRow | None = self.rows.value
        if row is None:
            return ((" asking the Hub …", "muted"),)
        values = " | ".join(render.text(row.field, value) for value in row.values)
        return ((f" {row.field}: {values}", "muted"),)

    def begin(self) -> None:
        """Show what is stored, then ask."""
        self._take(ask.peek(self.hubscope.sources, self.ids))
        self.load()

    @work(group="diff", exclusive=True)
    async def load(self) -> None:
        """Ask for every model."""
        await follow(self, ask.stream(self.hubscope.sources, self.ids), self._take)

    def _take(self, view: View | None) -> None:
        self.view = view
        self._fill()

    def _rows(self) -> tuple[diff.DiffRow, ...]:
        if self.view is None:
            return ()
        return diff.rows([diff.Side(repo.id, repo.detail, repo.files) for repo in self.view.rows])

    def _fill(self) -> None:
        rows = [row for row in self._rows() if not self.differing or row.same is not True]
        self.rows.show([row.field for row in rows], rows)
        self.frame()

    def action_refresh_view(self) -> None:
        """Ask again."""
        self.load()

    def action_differing(self) -> None:
        """Show every field, or only those that differ."""
        self.differing = not self.differing
        self._fill()

    def command_line(self) -> str:
        """The shell commands that print this comparison: each model beside the first."""
        first, *others = map(quote, self.ids)
        return " && ".join(f"hubscope diff {first} {other}" for other in others)
