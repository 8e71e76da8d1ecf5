"""The rows of a list as its table takes them: all of them, or the pages around those in sight."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.ask.lists.rows import paged
from tui.model import Repo, Row, View

if TYPE_CHECKING:
    from tui.ask.lists.source import Source
    from tui.screens.paged_rows import Pages
    from tui.screens.trending import TrendingScreen


class LaidRows:
    """What a list page's table was given, and what becomes of rows that come later."""

    def __init__(self, page: "TrendingScreen") -> None:
        self._page = page
        self._pages: Pages | None = None  # of the long list that is shown
        self._lost: Source | None = None  # the list of which rows were missed, once said

    @property
    def source(self) -> "Source | None":
        """What the rows are read from; None where all are held."""
        return None if self._pages is None else self._pages.source

    def laid(self, view: View[Row]) -> "tuple[Sequence[str], Sequence[Row | None]]":
        """The keys and rows of a view as the table takes them; those of a long list by pages."""
        page, source = self._page, paged(view)
        if source is None:
            self._pages = None
            rows = self.dressed(page.options.placed(view.rows, page.hubscope.sources.registry))
            return [row.repo.id for row in rows], rows
        from tui.ask.lists.long import Long
        from tui.screens.paged_rows import PagedKeys, PagedRows, Pages

        turned = page.options.reversed
        long = source if isinstance(source, Long) else None
        if long is not None and turned:  # not only the other way around: what lacks the value
            source, turned = long.ordered(page.options.written.orders), False
        if self._pages is None or not self._pages.follow(source):
            self._pages = Pages(source, self)
            if long is None or source is long:
                self._pages.put(0, view.rows[len(source.ahead) :])
        if long is not None and source is long:
            self._pages.put(long.total - len(long.newest), long.newest)
        paged_rows = PagedRows(self._pages, turned=turned)
        return PagedKeys(paged_rows), paged_rows

    def merge(self, fresh: Mapping[str, Repo]) -> None:
        """Bring the facts of the rows at hand up to date, in the order they have.

        ``fresh`` holds them by id in lower case. A list of a census is left as it is.
        """
        from tui.ask.lists.long import Long

        page = self._page
        if page.view is not None and isinstance(page.view.read, Long):
            page.view = page.view._replace(read=page.view.read.brought(fresh))
            if self._pages is not None and isinstance(self._pages.source, Long):
                self._pages.source = self._pages.source.brought(fresh)
                self._pages.renew(fresh)
            page.rows.restyle()
        elif paged(page.view) is None:
            rows = [_newer(row, fresh) for row in page.rows.at_hand]
            page.rows.show([row.repo.id for row in rows], rows)

    def redress(self) -> None:
        """Mark the rows at hand by the news as they are now."""
        page = self._page
        if self._pages is not None:
            self._pages.renew({})
            page.rows.restyle()
        else:
            rows = self.dressed(page.rows.values)
            if rows is page.rows.values:
                return
            page.rows.show([row.repo.id for row in rows], rows)
        page.frame()

    # what the pages tell

    def arrived(self) -> None:
        """Paint the rows that came."""
        self._page.rows.arrived()

    def lost(self, rows: int) -> None:
        """Say once that rows of the list are stored no more."""
        if self._pages is not None and self._lost is not self._pages.source:
            self._lost = self._pages.source
            many = "a row is" if rows == 1 else f"{rows} rows are"
            self._page.say(f"{many} no longer in the store; r asks for the list again")

    def dressed(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows, with marks on those that changed."""
        return self._page.hubscope.news.marked(rows)


def _newer(row: Row, fresh: Mapping[str, Repo]) -> Row:
    return row._replace(repo=fresh.get(row.repo.id.lower(), row.repo))
