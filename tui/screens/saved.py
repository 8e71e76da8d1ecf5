"""View 4: bookmarks, named searches, repos opened of late, and what changed on each."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from tui.analysis.query.query_line import parse
from tui.ask.saved import saved as ask
from tui.ask.snapshots.changes import news
from tui.ask.sources import Sources
from tui.ask.take.local import entries as local_entries
from tui.ask.take.local import remove as local_remove
from tui.model import BadInput, Problem, Repo, View
from tui.places import CardPlace, ListPlace, SavedPlace
from tui.render import cells
from tui.render.columns import Catalogue
from tui.render.saved import CATALOGUE, NOTELESS, Shown, has_note, note
from tui.render.spans import Line
from tui.screens.bound import bindings
from tui.screens.column_table import ColumnTable
from tui.screens.repo_page import RepoPage
from tui.screens.shown_columns import ShownColumns

_AT_ONCE = 200  # entries whose changes are read in one step beside the loop
_KEPT = "local_order"  # among what a session keeps
_ORDERS = {"size": "by size", "used": "by last use", "name": "by name"}


class SavedScreen(RepoPage):
    """What the reader keeps."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(SavedPlace)

    def __init__(self, place: SavedPlace) -> None:
        super().__init__(place)
        self._changed: Mapping[str, str | None] = {}  # by key of a row
        self._here: tuple[ask.Entry, ...] = ()  # what lies on this machine
        self._noted = False  # whether a row has a note
        self.columns = ShownColumns(self.hubscope, self._catalogue)

    def body(self) -> Iterable[Widget]:
        """The table."""
        now = self.hubscope.sources.now
        self.rows = ColumnTable(self.hubscope.painter, self.columns.plan, now)
        yield self.rows

    def _catalogue(self) -> Catalogue:
        """Without notes there is no column for them, unless it is asked for."""
        return CATALOGUE if self._noted else NOTELESS

    def _entry(self) -> ask.Entry | None:
        """The highlighted entry."""
        shown: Shown | None = self.rows.value
        return shown and shown.entry

    def in_hand(self) -> Repo | None:
        """The highlighted repo; None on a search."""
        entry = self._entry()
        if entry is None or entry.line is not None:
            return None
        return entry.repo or Repo(entry.name, entry.kind)

    def heading(self, width: int) -> Line:
        """What is listed."""
        here = f", on this machine {_ORDERS[self._order]}" if self._here else ""
        return ((f" saved · bookmarks, searches, opened of late{here}", "title"),)

    def definition(self, width: int) -> Line:
        """What changed on the highlighted entry, else how entries come here and go."""
        shown: Shown | None = self.rows.value
        if shown is not None and shown.changed:
            return ((f" changed: {shown.changed}", "text"),)
        if shown is not None and (words := note(shown.entry)):
            return ((f" {words}", "text"),)
        if self.view is not None and not self.view.rows and not self._here:
            return ((" nothing yet: b bookmarks a repo, B keeps a search", "muted"),)
        return ((" b takes a bookmark or a search away · figures as last stored", "muted"),)

    def first_keys(self) -> Sequence[str]:
        """Of a bookmark its note."""
        entry = self._entry()
        return ("row.open", "row.note") if entry and entry.shelf == "bookmark" else ()

    def resume(self) -> None:
        """In sight again: something may have been kept meanwhile."""
        self.action_refresh_view()

    def action_refresh_view(self) -> None:
        """List what is kept now."""
        self._look()

    def _show(self) -> None:
        entries = (*(self.view.rows if self.view else ()), *self._here)
        keys = _keys(entries)
        shown = [Shown(entry, self._changed.get(key)) for key, entry in zip(keys, entries)]
        self._noted = any(map(has_note, entries))
        before = self.columns.names
        self.rows.show(keys, shown)
        if self.columns.names != before:
            self.rows.restyle()
        self.frame()

    @work(group="changes", exclusive=True)
    async def _look(self) -> None:
        """List what is kept, then what lies here, then what changed; drawn where it differs.

        All is read beside the loop, thousands of entries in few steps.
        """
        sources, before = self.hubscope.sources, self.view and self.view.rows
        view, same = await asyncio.to_thread(_peeked, sources, before)
        self.view = view
        if not same:
            self._show()
        here = await asyncio.to_thread(local_entries, sources, self._order)
        if here != self._here:
            self._here = here
            self._show()
        changed: dict[str, str | None] = {}
        for start in range(0, len(view.rows), _AT_ONCE):
            some = view.rows[start : start + _AT_ONCE]
            changed |= await asyncio.to_thread(_changes, sources, some)
        if changed != self._changed:
            self._changed = changed
            self._show()

    @property
    def _order(self) -> str:
        """How what lies on this machine is ordered."""
        order = self.hubscope.session.get(_KEPT)
        return order if order in _ORDERS else "size"

    def action_sort(self) -> None:
        """Choose the order of what lies on this machine."""
        from tui.screens.chooser import Choice, Chooser

        def chosen(order: str | None) -> None:
            if order is not None:
                self.hubscope.session[_KEPT] = order
                self.action_refresh_view()

        choices = [Choice(order, words) for order, words in _ORDERS.items()]
        offered = Chooser("Order of what lies on this machine", choices, start=self._order)
        self.app.push_screen(offered, chosen)

    def action_columns(self) -> None:
        """Choose the columns to show, and their order."""
        self.columns.choose(self.rows, self.rows.restyle)

    def action_open_row(self) -> None:
        """Open the card, or run the search."""
        entry = self._entry()
        if entry is None:
            self.say("nothing is kept yet")
        elif entry.line is not None:
            try:
                self.hubscope.visit(ListPlace(parse(entry.line)._replace(limit=ask.LISTED)))
            except BadInput as problem:
                self.say(str(problem))
        else:
            self.hubscope.visit(CardPlace(entry.kind, entry.name))

    def action_bookmark(self) -> None:
        """Take a search away, or a bookmark; what lies on this machine after a question."""
        entry = self._entry()
        if entry is not None and entry.shelf == ask.LOCAL:
            self._offer_to_delete(entry)
        elif entry is not None and entry.line is not None:
            words = f"search {entry.name} taken away"
            self.keep(ask.forget(self.hubscope.sources, entry.name), words, words)
        else:
            super().action_bookmark()

    def _offer_to_delete(self, entry: ask.Entry) -> None:
        """Name the bytes, then delete what lies on this machine."""
        from tui.screens.chooser import Choice, Chooser

        def chosen(wanted: bool | None) -> None:
            if wanted:
                self._delete(entry)

        bytes_ = f"{cells.size(entry.size)} ({entry.size:,} bytes)"
        choices = [Choice(False, "leave it"), Choice(True, "delete it", f"{bytes_} are freed")]
        title = f"Delete {entry.name} from this machine: {bytes_}"
        self.app.push_screen(Chooser(title, choices), chosen)

    @work(group="keep", exit_on_error=False)
    async def _delete(self, entry: ask.Entry) -> None:
        repos, folder = [(entry.kind, entry.name)], self.hubscope.state_folder
        try:
            freed = await asyncio.to_thread(local_remove, repos, folder)
            self.say(f"deleted {entry.name}: {cells.size(freed.bytes)} freed")
        except Problem as problem:
            self.say(str(problem))
        self.action_refresh_view()

    def kept(self) -> None:
        """The list is what is kept now."""
        self.action_refresh_view()

    def command_line(self) -> str:
        """The shell has its own list of what is saved, and of what lies on this machine."""
        entry = self._entry()
        if entry is None or entry.shelf != ask.LOCAL:
            return "hubscope saved"
        return "hubscope local" + ("" if self._order == "size" else f" --sort {self._order}")


def _peeked(sources: Sources, before: tuple[ask.Entry, ...] | None) -> tuple[View[ask.Entry], bool]:
    """What is kept, once what is on its way to the disk is there; whether it is as before."""
    sources.settle(1.0)
    view = ask.peek(sources)
    return view, view.rows == before


def _changes(sources: Sources, entries: Sequence[ask.Entry]) -> dict[str, str | None]:
    """What changed on each, by its key."""
    return dict(zip(_keys(entries), (news(sources, entry) for entry in entries)))


def _keys(entries: Iterable[ask.Entry]) -> list[str]:
    return [f"{entry.shelf} {entry.kind} {entry.name}" for entry in entries]
