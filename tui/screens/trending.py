"""The list of repos: ranked, with what moved, where it comes from and how old it is."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from tui.ask import trending as ask
from tui.keys import LIST
from tui.model import KINDS, Lens, Offline, Problem, Query, Row, View
from tui.render import cells, table
from tui.render import trending as render
from tui.render.spans import Line, both_ends
from tui.screens.page import Page, bindings
from tui.widgets.table import RowTable


class TrendingScreen(Page):
    """Models, datasets or Spaces in the Hub's own order."""

    PLACE = LIST
    VIEW = "Trending"
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)

    def __init__(self, query: Query, cursor: str | None = None) -> None:
        super().__init__()
        self.query_now = query
        self.waiting: View | None = None  # fresher rows in another order, shown on the reader's key
        self._cursor = cursor
        self._reading = False  # the reader has moved: the order is his

    # drawing

    def body(self) -> Iterable[Widget]:
        """The table."""
        yield RowTable(self.hubscope.painter, self._head, self._row, id="rows")

    @property
    def rows(self) -> RowTable:
        """The table of repos."""
        return self.query_one("#rows", RowTable)

    def reader(self) -> RowTable:
        """The table."""
        return self.rows

    def _head(self, width: int) -> Line:
        return table.header(self._plan(width))

    def _row(self, row: Row, width: int, cursor: bool, marked: bool) -> Line:
        now = self.hubscope.sources.now()
        return table.row(self._plan(width), row, now, cursor=cursor, marked=marked)

    def _plan(self, width: int) -> table.Layout:
        return table.layout(render.columns(self.query_now.kind), width)

    def heading(self, width: int) -> Line:
        """What the list is, and whose its first ten are."""
        left: Line = ((f" {render.title(self.query_now)}", "title"),)
        strip = render.origin_strip(self.view, ask.STRIP_DEPTH, "uploader") if self.view else ()
        return both_ends(left, (*strip, (" ", "text")), width)

    def definition(self, width: int) -> Line:
        """What the figures are and how old; what waits for the reader's key."""
        if self.waiting is not None:
            return ((f" {self._news()}, press r", "good"),)
        if self.view is None:
            return ((" asking the Hub …", "muted"),)
        if not self.view.rows:
            return ((" nothing found; Esc goes back", "muted"),)
        now = self.hubscope.sources.now()
        moves = (
            f"moves since {cells.age(self.view.baseline, now)} ago"
            if self.view.baseline
            else "no earlier look to count moves from"
        )
        return ((f" ↓30d: downloads of the last 30 days · {moves}", "muted"),)

    def _news(self) -> str:
        assert self.waiting is not None
        known = {row.repo.id for row in self.rows.values}
        new = sum(row.repo.id not in known for row in self.waiting.rows)
        return f"{new} new" if new else "the order has changed"

    # asking

    def on_mount(self) -> None:
        """Show what is stored before anything is asked."""
        super().on_mount()
        self.rows.focus()
        stored = ask.peek(self.hubscope.sources, self.query_now, Lens())
        if stored is not None:
            self._show(stored)
            if self._cursor:
                self.rows.move_to_key(self._cursor)
        self.frame()
        self.call_after_refresh(self.load)

    @work(group="list", exclusive=True, exit_on_error=False)
    async def load(self) -> None:
        """Ask the Hub for the list and show what comes, unless the question has changed."""
        query = self.query_now
        self.busy, self.problem = True, None
        self.frame()
        try:
            async for view in ask.stream(self.hubscope.sources, query, Lens()):
                if query == self.query_now:
                    self._arrived(view)
        except Problem as problem:
            if isinstance(problem, Offline) and self.hubscope.take_sample():
                self.load()
                return
            self.problem = problem
        finally:
            self.busy = False
            self.frame()

    @work(group="more", exclusive=True, exit_on_error=False)
    async def load_more(self) -> None:
        """Ask for the page behind the last row."""
        view, query = self.view, self.query_now
        if view is None or view.next is None or self.waiting is not None:
            return
        self.busy = True
        self.frame()
        try:
            longer = await ask.more(self.hubscope.sources, query, view)
            if query == self.query_now and self.view is view:
                self._show(longer)
        except Problem as problem:
            self.problem = problem
        finally:
            self.busy = False
            self.frame()

    def _arrived(self, view: View) -> None:
        """Take fresh rows. The order under a reader who has moved changes only by his key."""
        self.problem = next(iter(view.problems), None)
        if self._reading and self.view is not None and view.rows:
            shown = [row.repo.id for row in self.rows.values]
            fresh = [row.repo.id for row in view.rows]
            if fresh[: len(shown)] != shown[: len(fresh)]:
                self.waiting = view
                self._merge(view)
                return
        self._show(view)

    def _show(self, view: View) -> None:
        self.view, self.waiting = view, None
        self.rows.show([row.repo.id for row in view.rows], view.rows)
        self.frame()

    def _merge(self, view: View) -> None:
        """Bring the facts of the rows in sight up to date, in the order they have."""
        fresh = {row.repo.id: row.repo for row in view.rows}
        rows = [row._replace(repo=fresh.get(row.repo.id, row.repo)) for row in self.rows.values]
        self.rows.show([row.repo.id for row in rows], rows)

    # acting

    def on_row_table_moved(self, message: RowTable.Moved) -> None:
        """The reader reads."""
        message.stop()
        self._reading = self.rows.cursor > 0 or self._reading

    def on_row_table_near_end(self, message: RowTable.NearEnd) -> None:
        """Fetch further rows before the reader needs them."""
        message.stop()
        self.load_more()

    def on_row_table_opened(self, message: RowTable.Opened) -> None:
        """A click on the row under the cursor."""
        message.stop()
        self.action_open_row()

    def action_open_row(self) -> None:
        """Open the card of the row under the cursor."""
        row: Row | None = self.rows.value
        if row is not None:
            self.hubscope.open_card(row.repo.kind, row.repo.id)

    def action_refresh_view(self) -> None:
        """Show what waits; with nothing waiting, ask again."""
        if self.waiting is not None:
            self._show(self.waiting)
            self.rows.move_to(0)
            self._reading = False
        else:
            self.load()

    def action_inner(self, step: int) -> None:
        """Go to the next of models, datasets, Spaces."""
        kind = KINDS[(KINDS.index(self.query_now.kind) + step) % len(KINDS)]
        self.ask(Query(kind=kind, limit=self.query_now.limit))

    def ask(self, query: Query) -> None:
        """Show the list of another question, from the store at once and then from the Hub."""
        self.query_now, self.view, self._reading = query, None, False
        self.rows.show([], ())
        self.rows.restyle()
        stored = ask.peek(self.hubscope.sources, query, Lens())
        if stored is not None:
            self._show(stored)
        self.load()

    def state(self) -> dict[str, Any]:
        """What brings this screen back at the next start."""
        return {"kind": self.query_now.kind, "cursor": self.rows.key}
