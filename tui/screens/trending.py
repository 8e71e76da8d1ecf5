"""A list of repos: ranked, with what moved, where it comes from and how old it is."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.ask.lists import trending as ask
from tui.ask.lists.rows import counted
from tui.ask.saved import saved
from tui.model import Query, View
from tui.places import DiffPlace, ListPlace
from tui.render.spans import Line
from tui.screens import list_tabs, list_words
from tui.screens.bound import bindings
from tui.screens.list_loader import ListLoader
from tui.screens.list_options import ListOptions
from tui.screens.list_panes import ListPanes
from tui.screens.repo_page import RepoPage
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.screens.search_bar import SearchBar


class TrendingScreen(RepoPage):
    """Models, datasets or Spaces: trending, searched for, or of one author."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(ListPlace)

    def __init__(self, place: ListPlace) -> None:
        super().__init__(place)
        self.options = list_tabs.first(self.hubscope.sources, self.hubscope.session, place)
        self.loader = ListLoader(self)
        self.bar: SearchBar | None = None  # while it is open
        self._line = ""  # the search in force
        self._before: tuple[ListOptions, View | None] | None = None  # what Esc brings back
        self.reading = False  # the reader has moved: the order is his

    @property
    def query_now(self) -> Query:
        """The question that is answered."""
        return self.options.query

    def body(self) -> Iterable[Widget]:
        """The table, and beside it the preview."""
        painter = self.hubscope.painter
        self.panes = ListPanes(self, painter)
        self.rows, self.preview = self.panes.rows, self.panes.preview
        self.parts = {"panes": self.panes}
        yield self.panes

    def reader(self) -> RowTable | Pane:
        """What has the keyboard: the table, or the preview."""
        return self.panes.reader

    def heading(self, width: int) -> Line:
        """What the list is, and whose its first rows are."""
        return list_words.heading(self.options, self.view, self.loader, width)

    def definition(self, width: int) -> Line:
        """What the figures are and how old; what waits for the reader's key."""
        return list_words.definition(self, self.hubscope.sources.now())

    def first_keys(self) -> Sequence[str]:
        """The fresh rows that wait, then what the marks are for."""
        waits = ("data.refresh",) if self.loader.waiting is not None else ()
        return (*waits, *(("row.compare",) if len(self.rows.marked) > 1 else ()))

    # asking

    def begin(self) -> None:
        """Show what is stored before anything is asked."""
        stored = self.loader.stored()
        if stored is not None:
            self.display_view(stored)
            if self.place == ListPlace():
                self.rows.move_to_key(self.hubscope.session.get("cursor") or "")
        if self.hubscope.config.refresh == "auto" or stored is None:
            self.hubscope.when_painted(self.loader.load)
        if self.query_now.author:
            self.loader.load_author(self.query_now.author)

    def display_view(self, view: View) -> None:
        """Show the rows of a view."""
        self.view, self.loader.waiting = view, None
        self.rows.show(*self.loader.laid(view))
        self.frame()

    def resume(self) -> None:
        """In sight again: a card may have shown what changed."""
        self.hubscope.when_painted(self.loader.look_for_news)

    def ask_for(self, options: ListOptions) -> None:
        """Show the list of another question, from the store at once and then from the Hub."""
        self.options, self.view, self.reading = options, None, False
        self.loader.forget()
        self.rows.show([], ())
        self.rows.restyle()
        stored = self.loader.stored()
        if stored is not None:
            self.display_view(stored)
        self.loader.load()

    # searching

    async def action_search(self) -> None:
        """Open the search bar, with the search in force."""
        if self.bar is not None:
            return
        from tui.screens.search_bar import SearchBar  # the toolkit's input: not in the first frame

        if self._before is None:
            self._before = (self.options, self.view)
        self.bar = SearchBar(self._line, self.query_now.kind, self.hubscope.sources)
        await self.mount(self.bar, before=self.bottom)
        self.set_focus(self.bar)
        self.bar.take(*self.loader.to_search())
        self.frame()

    def on_search_bar_found(self, message: "SearchBar.Found") -> None:
        """Show the rows at hand, and let the Hub's join them when the keys rest."""
        self.problem, self.loader.doubt = None, message.doubt
        self.show_found(message.query, message.view)
        self.loader.join(message.query, message.view)

    def show_found(self, query: Query, view: View) -> None:
        """Show the rows found, of another search the first one highlighted."""
        again = query == self.query_now
        self.options = self.options._replace(query=query, search="")
        self.display_view(view)
        if not again:
            self.rows.move_to(0)

    def on_search_bar_refused(self, message: "SearchBar.Refused") -> None:
        """Say what is wrong with the line."""
        self.loader.leave_search()
        self.problem = message.problem
        self.frame()

    async def on_search_bar_done(self, message: "SearchBar.Done") -> None:
        """Close the bar; keep the rows found, or bring back what was there before."""
        bar, self.bar, self._line = self.bar, None, message.line
        self.set_focus(self.rows)  # before the bar goes: the toolkit would choose its neighbour
        if bar is not None:
            await bar.remove()
        if not message.keep_rows:
            self._leave_search()
        if message.place is not None:
            self.hubscope.visit(message.place)
        self.frame()

    def _leave_search(self) -> bool:
        """Go from rows found back to the list; False where nothing was searched."""
        if self._before is None:
            return False
        (options, view), self._before = self._before, None
        self._line, self.problem = "", None
        self.loader.leave_search()
        if view is None:
            self.ask_for(options)
        else:
            self.options = options
            self.display_view(view)
        return True

    def action_up(self, leave: bool) -> None:
        """Out of a search first, then one level back."""
        if not self._leave_search():
            super().action_up(leave)

    # the reader's keys

    def moved(self) -> None:
        """The reader reads; the preview follows."""
        self.reading = self.reading or self.rows.cursor > 0
        self.preview.follow(self.in_hand())
        self.frame()

    def on_row_table_near_end(self, message: RowTable.NearEnd) -> None:
        """Fetch further rows before the reader needs them; a fetch under way goes on."""
        message.stop()
        self.loader.load_more()

    def fit_in(self) -> None:
        """One pane or two."""
        self.panes.fit_in(self.size.width, self.in_hand())

    def action_open_row(self) -> None:
        """Open the card of the row under the cursor."""
        self.open_repo()

    def action_mark(self) -> None:
        """Mark the row, and go on to the next."""
        self.rows.toggle_mark()
        self.action_move(1)
        self.frame()

    def action_compare(self) -> None:
        """Hold the marked models side by side."""
        from tui.screens.diff import MOST

        ids = tuple(self.rows.marked)
        if self.query_now.kind != "model":
            self.say("only models are held against each other")
        elif not 2 <= len(ids) <= MOST:
            self.say(f"{len(ids)} marked; mark 2 to {MOST} models with space, then c")
        else:
            self.hubscope.visit(DiffPlace(ids))

    def action_refresh_view(self) -> None:
        """Show what waits; with nothing waiting, ask again."""
        if self.loader.waiting is not None:
            self.display_view(self.loader.waiting)
            self.rows.move_to(0)
            self.reading = False
        else:
            self.loader.load(hub=True)

    def action_inner(self, step: int) -> None:
        """Go to the next of models, datasets, Spaces and the saved searches."""
        self.ask_for(list_tabs.beside(self.hubscope.sources, self.options, step))

    def action_sort(self) -> None:
        """Choose the order."""
        self._menus().choose_sort(self)

    def action_task(self) -> None:
        """Choose a task."""
        self._menus().choose_task(self)

    def action_export(self) -> None:
        """Write the rows at hand to a file in the working folder."""
        self._menus().export(self)

    def _menus(self) -> ModuleType:
        return import_module("tui.screens.list_menus")  # with the toolkit's input: not at the start

    def action_reverse(self) -> None:
        """Turn the rows at hand around."""
        self.options = self.options.turned()
        if self.view is not None:
            self.display_view(self.view)
            self.rows.move_to(0)

    def action_depth(self) -> None:
        """Count the origins of more rows, or of fewer."""
        self.options = self.options.next_depth()
        if self.loader.origins is not None:
            self.loader.walk_up()
        if self.view is not None:
            self.view = ask.again(self.hubscope.sources, self.view, self.options.depth)
        self.frame()

    def action_lens(self) -> None:
        """Count the origins of the first rows by another rule."""
        self._menus().next_rule(self)

    def action_save_search(self) -> None:
        """Keep this list's query under its own line as its name."""
        sources, line = self.hubscope.sources, self.options.line()
        words = f"search kept: {line or 'trending'}; 4 lists what is saved"
        self.keep(saved.save(sources, line or "trending", line), words, words)

    def command_line(self) -> str:
        """The shell command that prints this list."""
        return self.options.command_line(None if counted(self.view) else len(self.rows.values))

    def fit_to_keep(self) -> bool:
        """A list is kept without private repos, and with nothing over it or typed into it."""
        if self.view is None or self.app.focused is not self.reader():
            return False
        if any(row.repo.private for row in self.rows.at_hand):
            return False
        self.left = True
        self.frame()
        return True

    def position(self) -> dict[str, str | None]:
        """Where the reader was, for the next start."""
        row = self.rows.value
        cursor = row.repo.id if row and not row.repo.private else None
        search = self.options.search or None
        return {"kind": self.query_now.kind, "cursor": cursor, "search": search}
