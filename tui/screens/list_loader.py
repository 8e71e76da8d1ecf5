"""What a list asks: its rows, further ones, its author, and where the first rows come from."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker

from tui.analysis.origins.origins import RULE_WORDS
from tui.ask.lists import author as ask_author
from tui.ask.lists import search as ask_search
from tui.ask.lists import totals
from tui.ask.lists import trending as ask
from tui.ask.lists.rows import counted, outgrown, paged
from tui.model import Author, BadInput, Problem, Query, Repo, Row, View
from tui.screens.answers import follow, run_for
from tui.screens.laid_rows import LaidRows

if TYPE_CHECKING:
    from tui.ask.lists.long import Long
    from tui.ask.lists.source import Source
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
        self._rows = LaidRows(page)

    def forget(self) -> None:
        """Another question is asked: nothing waits, and nothing is known of its origins."""
        self.waiting, self.origins, self.doubt = None, None, ""

    def stored(self) -> View | None:
        """What is stored of the list, at once."""
        page = self._page
        sources = page.hubscope.sources
        view = ask.peek(sources, page.query_now, page.options.depth, count=False)
        if view is None or not outgrown(view):
            return view
        from tui.ask.lists.long import shortened

        return shortened(sources, view, stored=True)

    def load(self, hub: bool = False) -> Worker[None]:
        """Ask for the list and show what comes, unless the question has changed.

        A census answers where it can, with the Hub's newer facts; ``hub``: it alone is asked, and
        what a search still waits for comes no more.
        """
        if hub:
            self.leave_search()
        return run_for(self._page, partial(self._load, hub), "list")

    def load_more(self, *, asked: bool = False) -> None:
        """Ask for the page behind the last row; a question for it under way goes on.

        Where the rows stand in an order of the reader's own that moves them: only if he ``asked``.
        """
        page = self._page
        if not asked and page.options.written.at_hand:
            return
        if asked and (page.view is None or not page.view.more):
            page.say("the list ends here; there is no more to read")
        elif self._paging is None or self._paging is not page.view:
            run_for(page, self._load_more, "more")

    def join(self, query: Query, local: View) -> None:
        """Let the Hub's rows join those at hand, when the keys rest."""
        asked = self._page.hubscope.config.refresh == "auto"
        if asked and query != Query(kind=query.kind, limit=query.limit):
            run_for(self._page, partial(self._join, query, local), "search")
        else:
            self.leave_search()

    def leave_search(self) -> None:
        """Wait no longer for what was searched."""
        self._page.workers.cancel_group(self._page, "search")

    def load_author(self, name: str) -> None:
        """Ask who the author is; a list stands without it."""
        run_for(self._page, partial(self._load_author, name), "author")

    def walk_up(self) -> None:
        """Ask where the first rows come from by their roots, or by the nearest lab."""
        run_for(self._page, self._walk_up, "origins")

    async def _show_at_hand(self) -> None:
        """Of a search that was not asked before, show what the stored rows give."""
        page, query = self._page, self._page.query_now
        if page.view is not None or query.of_all:
            return
        many = query._replace(limit=ask_search.SHOWN)
        try:
            view = await asyncio.to_thread(ask_search.found, page.hubscope.sources, many)
        except BadInput:
            return  # what asks the Hub says the same
        if view is not None and page.view is None and query == page.query_now:
            page.display_view(view._replace(query=query))

    def look_for_news(self) -> None:
        """Look up what changed on bookmarks, and mark their rows."""
        run_for(self._page, self._look_for_news, "news")

    async def _look_for_news(self) -> None:
        await self._page.hubscope.news.look(self._page.hubscope.sources)
        if self._page.view is not None:
            self._rows.redress()

    @property
    def source(self) -> "Source | None":
        """What the rows that are shown are read from, in their order; None where all are held."""
        return self._rows.source

    def to_search(self) -> "tuple[list[Repo], Long | None]":
        """The rows whose facts are at hand, and the long list that the others are of."""
        from tui.ask.lists.long import Long

        view = self._page.view
        rows = view.rows if view is not None else ()
        if not isinstance(source := paged(view), Long):
            return [row.repo for row in rows], None
        at_hand = [row.repo for row in self._page.rows.at_hand]
        return [*at_hand, *source.whole.values()], source

    def laid(self, view: View) -> "tuple[Sequence[str], Sequence[Row | None]]":
        """The keys and rows of a view as the table takes them."""
        if totals.of_author(self._page.query_now):
            run_for(self._page, partial(self._add_up, view), "totals")
        else:
            self._page.totals = []
        return self._rows.laid(view)

    async def _load(self, hub: bool) -> None:
        page, query = self._page, self._page.query_now
        if not hub and await self._count(query):
            return
        await self._show_at_hand()
        from tui.ask.lists.long import short

        asked = ask.stream(page.hubscope.sources, query, page.options.depth)
        answers = short(page.hubscope.sources, asked)

        def take(view: View) -> bool:
            if query == page.query_now:
                self._arrived(view)
            return query == page.query_now

        again = None if page.view is not None and page.view.rows else self.load
        answered = await follow(page, answers, take, again)
        if not answered and page.view is None and query == page.query_now:
            await self._count(query, instead=True)

    async def _count(
        self, query: Query, local: View | None = None, *, instead: bool = False
    ) -> bool:
        """Show what a census has of a list, then with what the Hub says of it; False: nothing.

        ``instead``: the Hub gave no answer.
        """
        page, sources = self._page, self._page.hubscope.sources
        latest: list[View] = []

        def take(view: View) -> bool:
            if query == page.query_now:
                latest[:] = [view]
                page.display_view(view)
            return query == page.query_now

        problem = page.problem
        counted = ask_search.counted(sources, query, local, instead=instead)
        await follow(page, counted, take)
        if not latest:
            page.problem = page.problem or problem
            page.frame()
            return False
        if not instead and not sources.offline and page.hubscope.config.refresh == "auto":
            if local is not None:
                await asyncio.sleep(_PAUSE)
            await follow(page, ask_search.join(sources, query, latest[0]), take)
        return True

    def _arrived(self, view: View) -> None:
        """Take fresh rows. The order under a reader who has moved changes only by his key."""
        page = self._page
        if page.reading and page.view is not None and view.rows:
            census = counted(page.view) is not None
            at_hand = page.rows.at_hand if census or paged(page.view) is None else page.view.rows
            shown = [row.repo.id for row in at_hand]
            fresh = [row.repo.id for row in view.rows]
            moved = fresh[: len(shown)] != shown[: len(fresh)]
            shorter = not census and len(fresh) < len(page.rows.values)
            if moved or shorter:  # what was read on stays
                self.waiting = view if moved else None
                self._rows.merge({row.repo.id.lower(): row.repo for row in view.rows})
                return
        page.display_view(view)

    async def _load_more(self) -> None:
        page, view, options = self._page, self._page.view, self._page.options
        if view is None or not view.more or self.waiting:
            return
        page.busy, self._paging = True, view
        page.frame()
        try:
            from tui.ask.lists import long

            longer = await long.more(page.hubscope.sources, view, options.depth)
            if options.query == page.query_now and page.view is view:
                page.display_view(longer)
        except Problem as problem:
            page.problem = problem
        finally:
            page.busy, self._paging = False, None
            page.frame()

    async def _join(self, query: Query, local: View) -> None:
        page, sources = self._page, self._page.hubscope.sources
        if (
            await self._count(query, local)
            or sources.offline
            or page.hubscope.config.refresh != "auto"
        ):
            return
        await asyncio.sleep(_PAUSE)

        def take(view: View) -> bool:
            if query == page.query_now:
                page.pointed = (0, 0) if view.rows else page.pointed
                page.show_found(query, view)
            return query == page.query_now

        await follow(page, ask_search.join(page.hubscope.sources, query, local), take)

    async def _add_up(self, view: View) -> None:
        """Say what the author of the list has in all: by a census, else by the rows that came."""
        page, query, sources = self._page, self._page.query_now, self._page.hubscope.sources
        author_totals = await asyncio.to_thread(totals.counted, sources, query)
        if author_totals is None:
            from tui.ask.lists.long import repos_of

            author_totals = await asyncio.to_thread(totals.listed, view, repos_of(view))
        if author_totals is None or query != page.query_now:
            return
        from tui.render.totals import lines

        labels = {family.key: family.label for family in sources.registry.families}
        page.totals = lines(author_totals, labels, sources.now())
        page.frame()

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
