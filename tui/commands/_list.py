"""What ``trending`` and ``search`` do alike: ask for a list and print it."""

import os
from argparse import Namespace
from collections.abc import AsyncIterator, Callable

from tui.ask.lists import trending as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.model import Query, View
from tui.output.forms import Context, Output
from tui.output.lists import output
from tui.output.streams import pass_by, point

MOST_CALLS = 100  # 100,000 rows; the Hub gives some 500 calls in five minutes

Peek = Callable[[Sources, Query], View | None]


def print_list(
    command: str, args: Namespace, sources: Sources, query: Query, peek: Peek = ask.peek
) -> int:
    """Ask for the list that ``query`` names and print it, or what it groups to.

    Offline it is what ``peek`` finds.
    """
    if query.terms:
        from tui.ask.lists import memory

        memory.find(sources, query)
    view = answer(
        args,
        sources,
        lambda: peek(sources, query),
        lambda: _told(ask.stream(sources, query, max_calls=args.max_calls or MOST_CALLS)),
    )
    code = write(args, sources, view, _made(command, args, sources, view))
    if not view.rows and os.isatty(2):
        from tui.ask.lists.advice import doubted

        if meant := doubted(sources, view.query):
            point(meant)
    return code


def _made(command: str, args: Namespace, sources: Sources, view: View) -> Output:
    query = view.query
    if getattr(args, "by", None):
        from tui.output.groups import output as grouped

        return grouped(view, context(command, sources), args.by, sources.registry)
    document = output(view, context(command, sources))
    if query.terms:
        from tui.analysis.query.terms import meanings

        document = document._replace(remarks=(*document.remarks, *meanings(query.terms)))
    if query.author is not None:
        document = _added_up(document, context(command, sources), sources, view)
    if not view.rows:
        from tui.ask.lists.advice import advice

        document = document._replace(warnings=(*document.warnings, *advice(sources, query)))
    return document


def _added_up(document: Output, output_context: Context, sources: Sources, view: View) -> Output:
    """``document`` with the totals of the author's repos, where the list has one author alone."""
    from tui.ask.lists import totals
    from tui.output.totals import beside

    author_totals = None
    if totals.of_author(view.query):
        author_totals = totals.counted(sources, view.query)
        author_totals = author_totals or totals.listed(view, [row.repo for row in view.rows])
    labels = {family.key: family.label for family in sources.registry.families}
    return beside(document, author_totals, labels, output_context)


async def _told(views: AsyncIterator[View]) -> AsyncIterator[View]:
    """The same views; on a terminal a line on standard error says how far a long look is."""
    live = os.isatty(2)
    async for view in views:
        if live and view.progress is not None:
            count, noun = view.progress.done, view.progress.what
            pass_by(f"{count:,} {noun}, {len(view.rows):,} found")
        elif live:
            pass_by("")
        yield view
