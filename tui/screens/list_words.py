"""The words above and below a list."""

from typing import TYPE_CHECKING

from tui.ask.lists.rows import counted
from tui.model import View
from tui.render import cells
from tui.render import trending as render
from tui.render.spans import Line, both_ends, line_width
from tui.screens.list_options import ListOptions
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.ask.census.browse import Shown
    from tui.screens.list_loader import ListLoader
    from tui.screens.trending import TrendingScreen


def heading(options: ListOptions, view: View | None, loader: "ListLoader", width: int) -> Line:
    """What the list is, and whose its first rows are."""
    options_shown = options._replace(query=view.query) if view and counted(view) else options
    title = render.title(options_shown.written)
    tab: Line = ((f" {options.search} ", "tab.on"), ("·", "muted")) if options.search else ()
    left: Line = (*tab, (f" {title}", "title"))
    room = width - line_width(left) - 3  # two cells between the two, one at the edge
    right: Line = ()
    if loader.author is not None:
        right = ((render.author(loader.author), "muted"),)
    elif loader.origins is not None and options.is_trending:
        right = render.origin_strip(loader.origins, options.depth, options.rule, room)
    elif view is not None and not options.written.at_hand:  # the first of an own order lead nothing
        right = render.origin_strip(view, options.depth, "uploader", room)
    return both_ends(left, (*right, (" ", "text")), width)


def definition(page: "TrendingScreen", now: float) -> Line:
    """What waits for the reader's key, the news of the row, else what the figures are."""
    view, rows, options = page.view, page.rows, page.options
    waiting, doubt = page.loader.waiting, page.loader.doubt
    news = page.hubscope.news.of(page.in_hand())
    if waiting is not None:
        return ((f" {_news(waiting, rows)}, press r", "good"),)
    if view is None:
        return ((" asking the Hub …", "muted"),)
    if news:
        return ((f" Δ changed: {news}", "text"),)
    if (shown := counted(view)) is not None:
        return _counted(shown, rows)
    left = render.left_out(view)
    if not view.rows:
        return ((f" {doubt}" if doubt else f" nothing found{left}", "muted"),)
    place = f" {rows.cursor + 1} of {len(rows.values)}" + ("+" if view.more else "")
    if options.written.at_hand:
        listed = render.SORT_WORDS[options.query.sort].partition(",")[0]
        more = f" (Hub: {listed}); + reads on" if view.more else ", all there are"
        words = f"ordered over {len(rows.values):,} rows at hand{more}"
        return ((f"{place} · {words}{left}", "muted"),)
    if left:
        return ((f"{place}{left}", "muted"),)
    if view.baseline:
        moves = f" · moves since {cells.age(view.baseline, now)} ago"
    else:  # a search has neither places nor moves
        ranked = view.rows[0].rank is not None
        moves = " · moves need an earlier look" if ranked else ""
    return ((f"{place} · ↓30d: downloads of the last 30 days{moves}", "muted"),)


def _counted(shown: "Shown", rows: RowTable) -> Line:
    """How many rows of a census a list names, as far as they are counted."""
    if not rows.values:
        words = "looking through" if shown.listed.counting else "nothing found in"
        return ((f" {words} the census {shown.listed.date}", "muted"),)
    total = f"{len(rows.values):,}{'+' if shown.listed.counting else ''}"
    ahead = f", {len(shown.ahead)} not in it ahead" if shown.ahead else ""
    text = f" {rows.cursor + 1:,} of {total} match · census {shown.listed.date}{ahead} · ↓30d:"
    return ((f"{text} downloads of 30 days", "muted"),)


def _news(waiting: View, rows: RowTable) -> str:
    known = {row.repo.id for row in rows.at_hand}
    new = sum(row.repo.id not in known for row in waiting.rows)
    return f"{new} new" if new else "the order has changed"
