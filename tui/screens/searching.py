"""The search box of a list: the rows at hand at each key, the Hub's after a pause."""

import asyncio
from typing import TYPE_CHECKING, cast

from textual import work

from tui.analysis.query.query_line import RowIndex, parse
from tui.ask.lists import search as ask
from tui.model import BadInput, Lens, Problem, Query, Repo, View
from tui.screens.acting import Acting

if TYPE_CHECKING:
    from textual.widgets import Input

    from tui.screens.boxes import SearchBox

_PAUSE = 0.4  # seconds without a key before the Hub is asked


class Searching(Acting):
    """A list page with a search box."""

    query_now: Query

    def __init__(self) -> None:
        super().__init__()
        self._shelf: RowIndex | None = None
        self._line = ""
        self._before: tuple[Query, View | None] | None = None  # what Esc brings back

    def show_found(self, query: Query, view: View) -> None:
        """Show the rows found for ``query``."""
        raise NotImplementedError

    def restore(self, query: Query, view: View | None) -> None:
        """Show the list that was there before the search."""
        raise NotImplementedError

    @property
    def box(self) -> "SearchBox | None":
        """The box, while it is open."""
        found = self.query("SearchBox")
        return cast("SearchBox", found.first()) if found else None

    async def action_search(self) -> None:
        """Open the box, with the search in force."""
        if self.box is not None:
            return
        shown = [row.repo for row in self.view.rows] if self.view else []
        self._shelf = RowIndex(shown)
        self.take_stored(shown)
        if self._before is None:
            self._before = (self.query_now, self.view)
        from tui.screens.boxes import SearchBox  # the toolkit's input is not for the first frame

        box = SearchBox()
        box.value = self._line
        await self.mount(box, before=self.query_one("#bottom"))
        box.focus()
        self.frame()

    @work(group="shelf", exclusive=True, exit_on_error=False)
    async def take_stored(self, shown: list[Repo]) -> None:
        """Put the stored rows beside the ones in sight; thousands take a while to read."""
        sources, kind = self.hubscope.sources, self.query_now.kind
        self._shelf = await asyncio.to_thread(ask.at_hand, sources, kind, shown)
        if self._line.strip():
            self.narrow()

    def on_input_changed(self, message: "Input.Changed") -> None:
        """Filter the rows at hand now; ask the Hub when the keys rest."""
        message.stop()
        self._line = message.value
        self.narrow()

    def narrow(self) -> None:
        """Show the rows at hand that the line names, then let the Hub's join them."""
        self.problem = None
        if "://" in self._line:
            self.say("⏎ opens this page")
            return
        try:
            query = self._query()
            assert self._shelf is not None  # made when the box was opened
            view = ask.narrow(self.hubscope.sources, self._shelf, query)
        except BadInput as problem:
            self.problem = problem
            self.frame()
            return
        self.show_found(query, view)
        if self._line.strip() and self.hubscope.config.refresh == "auto":
            self.ask_hub(query, view)

    @work(group="search", exclusive=True, exit_on_error=False)
    async def ask_hub(self, query: Query, local: View) -> None:
        """Let the Hub's rows join, unless another line has been written meanwhile."""
        await asyncio.sleep(_PAUSE)
        sources = self.hubscope.sources
        if sources.offline:
            return
        self.busy = True
        self.frame()
        try:
            async for view in ask.join(sources, query, local, Lens()):
                if query == self.query_now:
                    self.problem = next(iter(view.problems), None)
                    self.show_found(query, view)
        except Problem as problem:
            self.problem = problem
        finally:
            self.busy = False
            self.frame()

    def _query(self) -> Query:
        asked = parse(self._line, self.query_now.kind)
        return asked._replace(limit=100)

    async def action_keep_search(self) -> None:
        """Leave the box with the rows found; a Hub URL opens its page."""
        if await self._open_address():
            return
        await self._close_box()
        if not self._line.strip():
            self._put_back()

    async def action_close_search(self) -> None:
        """Leave the box and the search."""
        await self._close_box()
        self._put_back()

    def leave_search(self) -> bool:
        """Go from rows found back to the list; False where nothing was searched."""
        if self._before is None:
            return False
        self._put_back()
        return True

    async def _open_address(self) -> bool:
        if "://" not in self._line:
            return False
        from tui.model.address import parse_web_url

        found = parse_web_url(self._line.strip(), self.hubscope.sources.endpoint)
        if found is None:
            self.say("this address is no model, dataset or Space of the Hub")
            return True
        await self._close_box()
        self._put_back()
        self.hubscope.open_card(*found)
        return True

    async def _close_box(self) -> None:
        if self.box is not None:
            await self.box.remove()
        self.reader().focus()
        self.frame()

    def _put_back(self) -> None:
        self._line, self.problem = "", None
        if self._before is not None:
            before, self._before = self._before, None
            self.workers.cancel_group(self, "search")
            self.restore(*before)
