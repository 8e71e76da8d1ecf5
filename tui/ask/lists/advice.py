"""Advice for a query that finds nothing, from the rows at hand. Asks for nothing."""

from collections.abc import Sequence

from tui.analysis.query import advice as analysis
from tui.analysis.query.doubts import doubt
from tui.analysis.query.query_line import text
from tui.analysis.query.vocabulary import Vocabulary
from tui.ask.lists import memory, vocabulary
from tui.ask.lists.search import STORED
from tui.ask.sources import Sources
from tui.model import BadInput, BadWord, Query, Repo


def advice(sources: Sources, query: Query) -> list[str]:
    """What to drop or spell otherwise; nothing where no row is stored, or no question was put."""
    rows = sources.store.cache.search((), query.kind, sources.who, STORED)
    if not rows:
        return ["nothing found; drop a word or a field"] if analysis.parts(query) else []
    try:
        known = memory.known(sources, query)
        lines = analysis.advice(query, rows, sources.registry, sources.now(), known)
    except BadInput:  # fits:here on a machine of unknown memory
        return []
    if not any("did you mean" in line for line in lines):
        doubt_line = doubted(sources, query, rows)
        lines = [str(doubt_line), *lines] if doubt_line else lines
    return [f"nothing found; {line}" for line in lines]


def doubted(sources: Sources, query: Query, rows: Sequence[Repo] | None = None) -> BadWord | None:
    """The first value of ``query`` that is near to a known one and none itself."""
    if rows is None:
        rows = sources.store.cache.search((), query.kind, sources.who, STORED)
    words = Vocabulary(sources.registry, rows, query.kind, vocabulary.told(sources))
    return doubt(text(query), words)
