"""What a list page lets its reader choose: order, task, rule of origins, form of a file."""

from asyncio import to_thread
from functools import partial
from typing import TYPE_CHECKING

from tui.ask.export import keep
from tui.output.forms import Context, lines
from tui.output.lists import long_lines, output
from tui.screens import menus
from tui.screens.answers import run_for

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
            run_for(page, partial(_write, page, form), "export", alone=False)

    page.app.push_screen(menus.formats(), chosen)


async def _write(page: "TrendingScreen", form: str) -> None:
    sources, view = page.hubscope.sources, page.view
    if view is None:
        return
    context = Context("trending", sources.endpoint, sources.now())
    view = view._replace(query=page.options.written._replace(limit=0))  # all, as it stands
    write = partial(keep, name=f"hubscope-{page.query_now.kind}s", ending=form, now=sources.now())
    whole, source = len(page.rows.values), page.loader.source
    if source is not None and not source.of_census:
        from tui.ask.lists.long import AllRows

        written = long_lines(view, AllRows(source), whole, context, form)
        page.say(await to_thread(write, written))
        return
    rows = tuple(page.rows.values) if source is None else view.rows
    text = write(lines(output(view._replace(rows=rows), context), form))
    first = "" if len(rows) == whole else f"the first {len(rows)} of {whole:,} (Y has all) "
    page.say(f"{first}{text}")
