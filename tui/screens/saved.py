"""View 4: bookmarks, named searches, repos opened of late."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.analysis.select import parse
from tui.ask import saved as ask
from tui.keys import SAVED
from tui.model import Repo
from tui.render import table
from tui.render.saved import COLUMNS
from tui.render.spans import Line
from tui.screens.acting import Acting
from tui.screens.page import bindings
from tui.widgets.table import RowTable


class SavedScreen(Acting):
    """What the reader keeps."""

    PLACE = SAVED
    VIEW = "Saved"
    BINDINGS: ClassVar[list[BindingType]] = bindings(SAVED)

    def body(self) -> Iterable[Widget]:
        """The table."""
        yield RowTable(self.hubscope.painter, self._head, self._row, id="rows")

    def reader(self) -> RowTable:
        """The table."""
        return self.query_one(RowTable)

    def in_hand(self) -> Repo | None:
        """The highlighted repo; None on a search."""
        entry: ask.Entry | None = self.reader().value
        if entry is None or entry.line is not None:
            return None
        return entry.repo or Repo(entry.name, entry.kind)

    def _head(self, width: int) -> Line:
        return table.header(table.layout(COLUMNS, width))

    def _row(self, entry: ask.Entry, width: int, cursor: bool, marked: bool) -> Line:
        now = self.hubscope.sources.now()
        return table.row(table.layout(COLUMNS, width), entry, now, cursor=cursor, marked=marked)

    def heading(self, width: int) -> Line:
        """What is listed."""
        return ((" saved · bookmarks, searches, opened of late", "title"),)

    def definition(self, width: int) -> Line:
        """How entries come here and go."""
        if self.view is not None and not self.view.rows:
            return ((" nothing yet: b bookmarks a repo, B keeps a search", "muted"),)
        return ((" b takes a bookmark or a search away · figures as last stored", "muted"),)

    def on_mount(self) -> None:
        """List what is kept."""
        self.reader().focus()

    def on_screen_resume(self) -> None:
        """In sight again: something may have been kept meanwhile."""
        self.action_refresh_view()

    def action_refresh_view(self) -> None:
        """List what is kept now."""
        self.hubscope.sources.store.flush(1.0)
        self.view = ask.peek(self.hubscope.sources)
        keys = [f"{entry.shelf} {entry.kind} {entry.name}" for entry in self.view.rows]
        self.reader().show(keys, self.view.rows)
        self.frame()

    def action_open_row(self) -> None:
        """Open the card, or run the search."""
        entry: ask.Entry | None = self.reader().value
        if entry is None:
            self.say("nothing is kept yet")
        elif entry.line is not None:
            self.hubscope.visit("list", parse(entry.line)._replace(limit=100))
        else:
            self.hubscope.open_card(entry.kind, entry.name)

    def action_bookmark(self) -> None:
        """Take a search away, or a bookmark."""
        entry: ask.Entry | None = self.reader().value
        if entry is not None and entry.line is not None:
            self.hubscope.sources.store.library.remove_query(entry.name)
            self.say(f"search {entry.name} taken away")
        else:
            super().action_bookmark()
        self.action_refresh_view()

    def command_line(self) -> str:
        """The shell has its own list of what is saved."""
        return "hubscope saved"
