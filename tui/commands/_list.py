"""What ``trending`` and ``search`` do alike: ask for a list and print it."""

from argparse import Namespace
from collections.abc import Callable

from tui.ask.lists import trending as ask
from tui.ask.sources import Sources
from tui.commands._answer import answer, context, write
from tui.model import Lens, Query, View
from tui.output.lists import output

Peek = Callable[[Sources, Query, Lens], View | None]


def print_list(
    command: str, args: Namespace, sources: Sources, query: Query, peek: Peek = ask.peek
) -> int:
    """Ask for the list that ``query`` names and print it; offline what ``peek`` finds."""
    lens = Lens()
    view = answer(
        args,
        sources,
        lambda: peek(sources, query, lens),
        lambda: ask.stream(sources, query, lens),
    )
    view = view._replace(rows=view.rows[: query.limit])
    made = output(view, context(command, sources))
    if query.terms:
        from tui.analysis.query.terms import meanings

        made = made._replace(remarks=(*made.remarks, *meanings(query.terms)))
    return write(args, sources, view, made)
