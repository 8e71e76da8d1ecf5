"""View 4: bookmarks, named searches, repos opened of late, and what changed on each."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from tui.analysis.query.query_line import parse
from tui.ask.saved import saved as ask
from tui.ask.snapshots.changes import in_words
from tui.keys import SAVED
from tui.model import BadInput, Repo, View
from tui.render import table
from tui.render.saved import COLUMNS, Shown
from tui.render.spans import Line
from tui.screens.acting import Acting
from tui.screens.page import bindings
from tui.widgets.table import RowTable


class SavedScreen(Acting):
    """What the reader keeps."""

    PLACE = SAVED
    VIEW = "Saved"
    BINDINGS: ClassVar[list[BindingType]] = bindings(SAVED)

    def __init__(self) -> None:
        super().__init__()
        self._changed: Mapping[str, str | None] = {}  # by key of a row

    def body(self) -> Iterable[Widget]:
        """The table."""
        yield RowTable(self.hubscope.painter, self._head, self._row, id="rows")

    def reader(self) -> RowTable:
        """The table."""
        return self.query_one(RowTable)

    def _entry(self) -> ask.Entry | None:
        """The highlighted entry."""
        shown: Shown | None = self.reader().value
        return shown and shown.entry

    def in_hand(self) -> Repo | None:
        """The highlighted repo; None on a search."""
        entry = self._entry()
        if entry is None or entry.line is not None:
            return None
        return entry.repo or Repo(entry.name, entry.kind)

    def _head(self, width: int) -> Line:
        return table.header(table.layout(COLUMNS, width))

    def _row(self, shown: Shown, width: int, cursor: bool, marked: bool) -> Line:
        now = self.hubscope.sources.now()
        return table.row(table.layout(COLUMNS, width), shown, now, cursor=cursor, marked=marked)

    def heading(self, width: int) -> Line:
        """What is listed."""
        return ((" saved · bookmarks, searches, opened of late", "title"),)

    def definition(self, width: int) -> Line:
        """What changed on the highlighted entry, else how entries come here and go."""
        shown: Shown | None = self.reader().value
        if shown is not None and shown.changed:
            return ((f" changed: {shown.changed}", "text"),)
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
        self.hubscope.sources.settle(1.0)
        self.view = ask.peek(self.hubscope.sources)
        self._show(self.view)
        self._look(self.view)

    def _show(self, view: View) -> None:
        keys = _keys(view)
        shown = [Shown(entry, self._changed.get(key)) for key, entry in zip(keys, view.rows)]
        self.reader().show(keys, shown)
        self.frame()

    @work(group="changes", exclusive=True, exit_on_error=False)
    async def _look(self, view: View) -> None:
        """Tell what changed on each entry, once the list is in sight."""
        sources = self.hubscope.sources
        found = [await asyncio.to_thread(in_words, sources, entry) for entry in view.rows]
        self._changed = dict(zip(_keys(view), found))
        self._show(view)

    def action_open_row(self) -> None:
        """Open the card, or run the search."""
        entry = self._entry()
        if entry is None:
            self.say("nothing is kept yet")
        elif entry.line is not None:
            try:
                self.hubscope.visit("list", parse(entry.line)._replace(limit=100))
            except BadInput as problem:
                self.say(str(problem))
        else:
            self.hubscope.open_card(entry.kind, entry.name)

    def action_bookmark(self) -> None:
        """Take a search away, or a bookmark."""
        entry = self._entry()
        if entry is not None and entry.line is not None:
            words = f"search {entry.name} taken away"
            self.keep(ask.forget(self.hubscope.sources, entry.name), words, words)
        else:
            super().action_bookmark()

    def kept(self) -> None:
        """The list is what is kept now."""
        self.action_refresh_view()

    def command_line(self) -> str:
        """The shell has its own list of what is saved."""
        return "hubscope saved"


def _keys(view: View) -> list[str]:
    return [f"{entry.shelf} {entry.kind} {entry.name}" for entry in view.rows]
