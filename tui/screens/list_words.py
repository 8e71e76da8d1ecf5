"""The words above and below a list."""

from typing import TYPE_CHECKING

from tui.model import View
from tui.render import cells
from tui.render import trending as render
from tui.render.spans import Line, both_ends, line_width
from tui.screens.list_options import ListOptions
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.screens.list_loader import ListLoader
    from tui.screens.trending import TrendingScreen


def heading(options: ListOptions, view: View | None, loader: "ListLoader", width: int) -> Line:
    """What the list is, and whose its first rows are."""
    named = render.title(options.query) + (" · turned around" if options.reversed else "")
    left: Line = ((f" {named}", "title"),)
    room = width - line_width(left) - 2
    right: Line = ()
    if loader.author is not None:
        right = ((render.author(loader.author), "muted"),)
    elif loader.origins is not None and options.is_trending:
        right = render.origin_strip(loader.origins, options.depth, options.rule, room)
    elif view is not None:
        right = render.origin_strip(view, options.depth, "uploader", room)
    return both_ends(left, (*right, (" ", "text")), width)


def definition(page: "TrendingScreen", now: float) -> Line:
    """What the figures are and how old; what waits for the reader's key; what may be meant."""
    view, waiting, rows, doubt = page.view, page.loader.waiting, page.rows, page.loader.doubt
    if waiting is not None:
        return ((f" {_news(waiting, rows)}, press r", "good"),)
    if view is None:
        return ((" asking the Hub …", "muted"),)
    left = render.left_out(view)
    if not view.rows:
        return ((f" {doubt}" if doubt else f" nothing found{left}", "muted"),)
    place = f" {rows.cursor + 1} of {len(rows.values)}" + ("+" if view.more else "")
    if left:
        return ((f"{place}{left}", "muted"),)
    moves = (
        f"moves since {cells.age(view.baseline, now)} ago"
        if view.baseline
        else "moves need an earlier look"
    )
    return ((f"{place} · ↓30d: downloads of the last 30 days · {moves}", "muted"),)


def _news(waiting: View, rows: RowTable) -> str:
    known = {row.repo.id for row in rows.values}
    new = sum(row.repo.id not in known for row in waiting.rows)
    return f"{new} new" if new else "the order has changed"
