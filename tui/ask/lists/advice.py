"""Advice for a query that finds nothing, from the rows at hand. Asks for nothing."""

from tui.analysis.query import advice as analysis
from tui.ask.lists import memory
from tui.ask.lists.search import STORED
from tui.ask.sources import Sources
from tui.model import BadInput, Query


def advice(sources: Sources, query: Query) -> list[str]:
    """What to drop or spell otherwise; nothing where no row is stored, or no question was put."""
    rows = sources.store.cache.search((), query.kind, sources.who, STORED)
    if not rows:
        return ["nothing found; drop a word or a field"] if analysis.parts(query) else []
    try:
        known = memory.known(sources, query)
        said = analysis.advice(query, rows, sources.registry, sources.now(), known)
    except BadInput:  # fits:here on a machine of unknown memory
        return []
    return [f"nothing found; {line}" for line in said]
