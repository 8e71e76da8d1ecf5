"""A list of repos: ranked, with what moved, where it comes from and how old it is."""

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from tui.analysis.origins.origins import RULE_WORDS
from tui.ask.lists import author as ask_author
from tui.ask.lists import trending as ask
from tui.keys import LIST
from tui.model import Author, Lens, Offline, Problem, Query, Repo, Row, View
from tui.render import cells, table
from tui.render import trending as render
from tui.render.spans import Line, both_ends, line_width
from tui.screens.choosing import Choosing
from tui.screens.page import bindings
from tui.screens.preview import Preview
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

_WIDE = 100  # cells from which list and preview stand side by side
_DEPTHS = (10, 30, 100)


class TrendingScreen(Choosing):
    """Models, datasets or Spaces: trending, searched for, or of one author."""

    PLACE = LIST
    VIEW = "Trending"
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)

    def __init__(self, query: Query, cursor: str | None = None) -> None:
        super().__init__()
        self.query_now = query
        self.waiting: View | None = None  # fresher rows in another order, shown on the reader's key
        self.author: Author | None = None
        self._cursor = cursor
        self._reading = False  # the reader has moved: the order is his
        self._paging: View | None = None  # the view whose next page is on its way
        self._preview = True

    # drawing

    def body(self) -> Iterable[Widget]:
        """The table, and beside it the preview."""
        with Horizontal(id="panes"):
            yield RowTable(self.hubscope.painter, self._head, self._row, id="rows")
            preview = Preview(id="preview")
            preview.display = self.app.size.width >= _WIDE  # before the first layout, not after it
            yield preview

    @property
    def preview(self) -> Preview:
        """The pane beside the table."""
        return self.query_one(Preview)

    def reader(self) -> RowTable | Pane:
        """What has the keyboard: the table, or the preview."""
        return self.preview.pane if self.preview.pane.has_focus else self.rows

    def in_hand(self) -> Repo | None:
        """The highlighted repo."""
        row: Row | None = self.rows.value
        return None if row is None else row.repo

    def _head(self, width: int) -> Line:
        return table.header(self._plan(width))

    def _row(self, row: Row, width: int, cursor: bool, marked: bool) -> Line:
        now = self.hubscope.sources.now()
        return table.row(self._plan(width), row, now, cursor=cursor, marked=marked)

    def _plan(self, width: int) -> table.Layout:
        return table.layout(render.columns(self.query_now.kind), width)

    def heading(self, width: int) -> Line:
        """What the list is, and whose its first rows are."""
        named = render.title(self.query_now) + (" · turned around" if self.reversed else "")
        left: Line = ((f" {named}", "title"),)
        room = width - line_width(left) - 2
        if self.author is not None:
            right: Line = ((render.author(self.author), "muted"),)
        elif self.origins is not None and self.query_now.key == Query().key:
            right = render.origin_strip(self.origins, self.depth, self.rule, room)
        elif self.view is not None:
            right = render.origin_strip(self.view, self.depth, "uploader", room)
        else:
            right = ()
        return both_ends(left, (*right, (" ", "text")), width)

    def definition(self, width: int) -> Line:
        """What the figures are and how old; what waits for the reader's key."""
        if self.waiting is not None:
            return ((f" {self._news()}, press r", "good"),)
        if self.view is None:
            return ((" asking the Hub …", "muted"),)
        if not self.view.rows:
            return ((" nothing found", "muted"),)
        place = f" {self.rows.cursor + 1} of {len(self.rows.values)}"
        place += "+" if self.view.more else ""
        now = self.hubscope.sources.now()
        moves = (
            f"moves since {cells.age(self.view.baseline, now)} ago"
            if self.view.baseline
            else "moves need an earlier look"
        )
        return ((f"{place} · ↓30d: downloads of the last 30 days · {moves}", "muted"),)

    def _news(self) -> str:
        assert self.waiting is not None
        known = {row.repo.id for row in self.rows.values}
        new = sum(row.repo.id not in known for row in self.waiting.rows)
        return f"{new} new" if new else "the order has changed"

    # asking

    def on_mount(self) -> None:
        """Show what is stored before anything is asked."""
        self.rows.focus()
        self._arrange(self.size.width)
        stored = ask.peek(self.hubscope.sources, self.query_now, Lens())
        if stored is not None:
            self.display_view(stored)
            if self._cursor:
                self.rows.move_to_key(self._cursor)
        self.frame()
        if self.hubscope.config.refresh == "auto" or stored is None:
            self.hubscope.when_painted(self.load)
        if self.query_now.author:
            self.load_author(self.query_now.author)

    @work(group="list", exclusive=True, exit_on_error=False)
    async def load(self) -> None:
        """Ask the Hub for the list and show what comes, unless the question has changed."""
        query = self.query_now
        self.busy, self.problem = True, None
        self.frame()
        try:
            async for view in ask.stream(self.hubscope.sources, query, Lens(), self.depth):
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
        if view is None or not view.more or self.waiting or self.reversed:
            return
        self.busy, self._paging = True, view
        self.frame()
        try:
            longer = await ask.more(self.hubscope.sources, view, Lens(), self.depth)
            if query == self.query_now and self.view is view:
                self.display_view(longer)
        except Problem as problem:
            self.problem = problem
        finally:
            self.busy, self._paging = False, None
            self.frame()

    @work(group="author", exclusive=True, exit_on_error=False)
    async def load_author(self, name: str) -> None:
        """Ask who the author is; a list stands without it."""
        try:
            async for view in ask_author.stream(self.hubscope.sources, name):
                self.author = view.rows[0]
                self.frame()
        except Problem as problem:
            self.problem = self.problem or problem

    @work(group="origins", exclusive=True, exit_on_error=False)
    async def walk_up(self) -> None:
        """Ask where the first rows come from by their roots, or by the nearest lab."""
        from tui.ask.lists import origins as ask_origins

        sources, lens = self.hubscope.sources, self.hubscope.lens
        self.say("walking up the bases of these models …")
        try:
            async for view in ask_origins.stream(sources, "trending", lens, self.depth):
                self.origins = view
                self.frame()
            self.say(f"origins by {RULE_WORDS[self.rule]}; from: by uploader, row by row")
        except Problem as problem:
            self.say(str(problem))

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
        self.display_view(view)

    def display_view(self, view: View) -> None:
        """Show the rows of a view."""
        self.view, self.waiting = view, None
        rows = view.rows[::-1] if self.reversed else view.rows
        self.rows.show([row.repo.id for row in rows], rows)
        self.frame()

    def _merge(self, view: View) -> None:
        """Bring the facts of the rows in sight up to date, in the order they have."""
        fresh = {row.repo.id: row.repo for row in view.rows}
        rows = [row._replace(repo=fresh.get(row.repo.id, row.repo)) for row in self.rows.values]
        self.rows.show([row.repo.id for row in rows], rows)

    def ask_for(self, query: Query) -> None:
        """Show the list of another question, from the store at once and then from the Hub."""
        self.query_now, self.view, self.waiting = query, None, None
        self._reading = self.reversed = False
        self.rule, self.origins = "uploader", None
        self.rows.show([], ())
        self.rows.restyle()
        stored = ask.peek(self.hubscope.sources, query, Lens(), self.depth)
        if stored is not None:
            self.display_view(stored)
        self.load()

    # searching

    def show_found(self, query: Query, view: View) -> None:
        """Show the rows found, the first one highlighted."""
        again = query == self.query_now
        self.query_now = query
        self.display_view(view)
        if not again:
            self.rows.move_to(0)

    def restore(self, query: Query, view: View | None) -> None:
        """Show the list that was there before the search."""
        self.query_now = query
        if view is None:
            self.ask_for(query)
        else:
            self.display_view(view)

    # the reader's keys

    def on_row_table_moved(self, message: RowTable.Moved) -> None:
        """The reader reads; the preview follows."""
        self._reading = self._reading or self.rows.cursor > 0
        self.preview.follow(self.in_hand())

    def on_row_table_near_end(self, message: RowTable.NearEnd) -> None:
        """Fetch further rows before the reader needs them; a fetch under way goes on."""
        message.stop()
        if self._paging is None or self._paging is not self.view:
            self.load_more()

    def action_open_row(self) -> None:
        """Open the card of the row under the cursor."""
        repo = self.in_hand()
        if repo is None:
            self.say("no repo is highlighted")
        else:
            self.hubscope.open_card(repo.kind, repo.id)

    def action_back(self) -> None:
        """Out of a search first, then one level back."""
        if not self.leave_search():
            super().action_back()

    def action_leave(self) -> None:
        """Out of a search first, then one level back; at the root the app ends."""
        if not self.leave_search():
            super().action_leave()

    def action_mark(self) -> None:
        """Mark the row, and go on to the next."""
        self.rows.toggle_mark()
        self.action_move(1)

    def action_refresh_view(self) -> None:
        """Show what waits; with nothing waiting, ask again."""
        if self.waiting is not None:
            self.display_view(self.waiting)
            self.rows.move_to(0)
            self._reading = False
        else:
            self.load()

    # the panes

    def on_resize(self) -> None:
        """One pane or two."""
        self._arrange(self.size.width)

    def _arrange(self, width: int) -> None:
        wide = width >= _WIDE
        reading = self.preview.display and self.preview.pane.has_focus
        self.preview.set_class(not wide and reading, "-alone")
        self.preview.display = self._preview if wide else reading
        self.rows.display = wide or not reading
        self.preview.follow(self.in_hand())

    def action_preview(self) -> None:
        """Show or hide the preview; on a narrow screen, in place of the list."""
        if self.size.width >= _WIDE:
            self._preview = not self._preview
            self._arrange(self.size.width)
            self.rows.focus()
        else:
            self.action_next_pane()

    def action_next_pane(self) -> None:
        """Go between the list and the preview."""
        wide, reading = self.size.width >= _WIDE, self.preview.pane.has_focus
        if wide and not self._preview:
            self.say("the preview is hidden; p shows it")
            return
        self.preview.set_class(not wide, "-alone")
        self.preview.display = wide or not reading
        self.rows.display = wide or reading
        (self.rows if reading else self.preview.pane).focus()
        self.preview.follow(self.in_hand())

    # elsewhere

    def last_look(self) -> bool:
        """Make the screen fit to be shown again before the next start; False if it must not be."""
        if self.view is None or any(row.repo.private for row in self.rows.values):
            return False
        self.left = True
        self.frame()
        return True

    def position(self) -> dict[str, str | None]:
        """Where the reader was, for the next start."""
        row = self.rows.value
        cursor = row.repo.id if row and not row.repo.private else None
        return {"kind": self.query_now.kind, "cursor": cursor}
