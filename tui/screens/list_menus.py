"""What a list page lets its reader choose: order, task, rule of origins, form of a file."""

from typing import TYPE_CHECKING

from tui.ask.export import keep
from tui.ask.lists.rows import paged
from tui.output.forms import Context, lines
from tui.output.lists import output
from tui.screens import menus

if TYPE_CHECKING:
    from tui.screens.trending import TrendingScreen


def choose_sort(page: "TrendingScreen") -> None:
    """Choose the order, and ask for the list in it."""

    def chosen(orders: tuple[str, ...] | None) -> None:
        if orders:
            page.ask_for(page.options.of(page.query_now.ordered(orders)))

    kind, now = page.query_now.kind, page.options.written.orders
    page.app.push_screen(menus.sorts(kind, now, page.panes.order_under_cursor), chosen)


def choose_task(page: "TrendingScreen") -> None:
    """Choose a task, and ask for its list."""

    def chosen(task: str | None) -> None:
        if task is not None:
            page.ask_for(page.options.of(page.query_now._replace(task=task or None)))

    repos = [row.repo for row in page.rows.at_hand]
    page.app.push_screen(menus.tasks(repos, page.query_now.task), chosen)


def next_rule(page: "TrendingScreen") -> None:
    """Count the origins of the first rows by the next rule."""
    if not page.options.is_trending:
        page.say("origins by root are counted for the trending models; 1 goes there")
        return
    page.options, page.loader.origins = page.options.next_rule(), None
    if page.options.rule == "uploader":
        page.say("origins by uploader")
    else:
        page.hubscope.lens = page.hubscope.lens._replace(origin=page.options.rule)
        page.loader.walk_up()


def export(page: "TrendingScreen") -> None:
    """Write the rows at hand to a file in the working folder; of a census list the first page."""

    def chosen(form: str | None) -> None:
        if form and page.view is not None:
            sources = page.hubscope.sources
            context = Context("trending", sources.endpoint, sources.now())
            query = page.options.written._replace(limit=0)  # all that is in sight, as it stands
            shown = paged(page.view)
            rows = page.view.rows if shown else tuple(page.rows.values)
            written = output(page.view._replace(rows=rows, query=query), context)
            name = f"hubscope-{page.query_now.kind}s"
            text = keep(lines(written, form), name, form, sources.now())
            whole = len(page.rows.values)
            if shown and len(rows) < whole:
                text = f"the first {len(rows)} of {whole:,} (Y has all) {text}"
            page.say(text)

    page.app.push_screen(menus.formats(), chosen)
