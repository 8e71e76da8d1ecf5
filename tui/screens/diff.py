"""Two to four models side by side: facts, files, licence, base, evaluations."""

from collections.abc import Iterable
from shlex import quote
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from tui.analysis.repo import diff
from tui.ask.repo import diff as ask
from tui.keys import DIFF
from tui.model import Problem, Repo
from tui.render import diff as render
from tui.render import table
from tui.render.spans import Line, both_ends, fit
from tui.screens.acting import Acting
from tui.screens.page import bindings
from tui.widgets.table import RowTable

MOST = 4


class DiffScreen(Acting):
    """A field a row, a model a column; a mark where they differ."""

    rows: RowTable

    PLACE = DIFF
    VIEW = "Trending"
    BINDINGS: ClassVar[list[BindingType]] = bindings(DIFF)

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__()
        self.ids = ids
        self.differing = False  # only the fields that differ

    def body(self) -> Iterable[Widget]:
        """The table of fields."""
        self.rows = RowTable(self.hubscope.painter, self._head, self._row, id="rows")
        yield self.rows

    def reader(self) -> RowTable:
        """The table."""
        return self.rows

    def in_hand(self) -> Repo | None:
        """The first of the models."""
        return Repo(self.ids[0])

    def _plan(self, width: int) -> table.Layout:
        return table.layout(render.columns(self.ids, width), width)

    def _head(self, width: int) -> Line:
        return table.header(self._plan(width))

    def _row(self, row: diff.DiffRow, width: int, cursor: bool, marked: bool) -> Line:
        return table.row(self._plan(width), row, 0.0, cursor=cursor, marked=marked)

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
        row: diff.DiffRow | None = self.reader().value
        if row is None:
            return ((" asking the Hub …", "muted"),)
        values = " | ".join(render.text(row.field, value) for value in row.values)
        return ((f" {row.field}: {values}", "muted"),)

    def on_mount(self) -> None:
        """Show what is stored, then ask."""
        self.set_focus(self.reader())
        self.view = ask.peek(self.hubscope.sources, self.ids)
        self._fill()
        self.load()

    @work(group="diff", exclusive=True)
    async def load(self) -> None:
        """Ask for every model."""
        self.busy, self.problem = True, None
        self.frame()
        try:
            async for view in ask.stream(self.hubscope.sources, self.ids):
                self.view = view
                self.problem = next(iter(view.problems), None)
                self._fill()
        except Problem as problem:
            self.problem = problem
        finally:
            self.busy = False
            self.frame()

    def _rows(self) -> tuple[diff.DiffRow, ...]:
        if self.view is None:
            return ()
        return diff.rows([diff.Side(one.id, one.detail, one.files) for one in self.view.rows])

    def _fill(self) -> None:
        rows = [row for row in self._rows() if not self.differing or row.same is not True]
        self.reader().show([row.field for row in rows], rows)
        self.frame()

    def action_refresh_view(self) -> None:
        """Ask again."""
        self.load()

    def action_differing(self) -> None:
        """Show every field, or only those that differ."""
        self.differing = not self.differing
        self._fill()

    def command_line(self) -> str:
        """The shell command that prints this comparison."""
        return f"hubscope diff {quote(self.ids[0])} {quote(self.ids[1])}"
