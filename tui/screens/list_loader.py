"""What a list asks: its rows, further ones, its author, and where the first rows come from."""

import asyncio
from typing import TYPE_CHECKING

from textual.worker import Worker

from tui.analysis.origins.origins import RULE_WORDS
from tui.ask.lists import author as ask_author
from tui.ask.lists import search as ask_search
from tui.ask.lists import trending as ask
from tui.model import Author, BadInput, Lens, Problem, Query, View
from tui.screens.answers import follow

if TYPE_CHECKING:
    from tui.screens.trending import TrendingScreen


_PAUSE = 0.4  # seconds without a key before the Hub is asked


class ListLoader:
    """Asks for a list page, one question of a kind at a time, and keeps what stands beside it."""

    def __init__(self, page: "TrendingScreen") -> None:
        self._page = page
        self.waiting: View | None = None  # fresher rows in another order, shown on the reader's key
        self.author: Author | None = None
        self.doubt = ""  # what may be meant by a search that finds nothing
        self.origins: View | None = None  # the strip by another rule, as far as it is known
        self._paging: View | None = None  # the view whose next page is on its way

    def forget(self) -> None:
        """Another question is asked: nothing waits, and nothing is known of its origins."""
        self.waiting, self.origins, self.doubt = None, None, ""

    def load(self) -> Worker[None]:
        """Ask the Hub for the list and show what comes, unless the question has changed."""
        return self._page.run_worker(self._load(), group="list", exclusive=True)

    def load_more(self) -> None:
        """Ask for the page behind the last row; a question for it under way goes on."""
        if self._paging is None or self._paging is not self._page.view:
            self._page.run_worker(self._load_more(), group="more", exclusive=True)

    def join(self, query: Query, local: View) -> None:
        """Let the Hub's rows join those at hand, when the keys rest."""
        asked = self._page.hubscope.config.refresh == "auto"
        if asked and query != Query(kind=query.kind, limit=query.limit):
            self._page.run_worker(self._join(query, local), group="search", exclusive=True)
        else:
            self.leave_search()

    def leave_search(self) -> None:
        """Wait no longer for what was searched."""
        self._page.workers.cancel_group(self._page, "search")

    def load_author(self, name: str) -> None:
        """Ask who the author is; a list stands without it."""
        self._page.run_worker(self._load_author(name), group="author", exclusive=True)

    def walk_up(self) -> None:
        """Ask where the first rows come from by their roots, or by the nearest lab."""
        self._page.run_worker(self._walk_up(), group="origins", exclusive=True)

    async def _show_at_hand(self) -> None:
        """Of a search that was not asked before, show what the stored rows give."""
        page, query = self._page, self._page.query_now
        plain = Query(kind=query.kind, sort=query.sort, limit=query.limit)
        if page.view is not None or query == plain:
            return
        many = query._replace(limit=ask_search.SHOWN)
        try:
            view = await asyncio.to_thread(ask_search.found, page.hubscope.sources, many)
        except BadInput:
            return  # what asks the Hub says the same
        if view is not None and page.view is None and query == page.query_now:
            page.display_view(view._replace(query=query))

    async def _load(self) -> None:
        page, query = self._page, self._page.query_now
        await self._show_at_hand()
        answers = ask.stream(page.hubscope.sources, query, Lens(), page.options.depth)

        def take(view: View) -> bool:
            if query == page.query_now:
                self._arrived(view)
            return query == page.query_now

        again = None if page.view is not None and page.view.rows else self.load
        await follow(page, answers, take, again)

    def _arrived(self, view: View) -> None:
        """Take fresh rows. The order under a reader who has moved changes only by his key."""
        page = self._page
        if page.reading and page.view is not None and view.rows:
            shown = [row.repo.id for row in page.rows.values]
            fresh = [row.repo.id for row in view.rows]
            if fresh[: len(shown)] != shown[: len(fresh)]:
                self.waiting = view
                self._merge(view)
                return
        page.display_view(view)

    def _merge(self, view: View) -> None:
        """Bring the facts of the rows in sight up to date, in the order they have."""
        table = self._page.rows
        fresh = {row.repo.id: row.repo for row in view.rows}
        rows = [row._replace(repo=fresh.get(row.repo.id, row.repo)) for row in table.values]
        table.show([row.repo.id for row in rows], rows)

    async def _load_more(self) -> None:
        page, view, options = self._page, self._page.view, self._page.options
        if view is None or not view.more or self.waiting or options.reversed:
            return
        page.busy, self._paging = True, view
        page.frame()
        try:
            longer = await ask.more(page.hubscope.sources, view, Lens(), options.depth)
            if options.query == page.query_now and page.view is view:
                page.display_view(longer)
        except Problem as problem:
            page.problem = problem
        finally:
            page.busy, self._paging = False, None
            page.frame()

    async def _join(self, query: Query, local: View) -> None:
        page, sources = self._page, self._page.hubscope.sources
        counted = await asyncio.to_thread(ask_search.counted, sources, query, local)
        if counted is not local and query == page.query_now:
            local = counted
            page.show_found(query, local)
        if sources.offline or page.hubscope.config.refresh != "auto":
            return
        await asyncio.sleep(_PAUSE)

        def take(view: View) -> bool:
            if query == page.query_now:
                page.pointed = (0, 0) if view.rows else page.pointed
                page.show_found(query, view)
            return query == page.query_now

        await follow(page, ask_search.join(page.hubscope.sources, query, local, Lens()), take)

    async def _load_author(self, name: str) -> None:
        page = self._page
        try:
            async for view in ask_author.stream(page.hubscope.sources, name):
                self.author = view.rows[0]
                page.frame()
        except Problem as problem:
            page.problem = page.problem or problem

    async def _walk_up(self) -> None:
        from tui.ask.lists import origins as ask_origins

        page, options = self._page, self._page.options
        page.say("walking up the bases of these models …")
        sources, lens = page.hubscope.sources, page.hubscope.lens
        try:
            async for view in ask_origins.stream(sources, "trending", lens, options.depth):
                self.origins = view
                page.frame()
            page.say(f"origins by {RULE_WORDS[options.rule]}; from: by uploader, row by row")
        except Problem as problem:
            page.say(str(problem))
