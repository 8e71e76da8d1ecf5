"""Repos by a line of words and fields: the rows at hand at each key, then the Hub's."""

from collections.abc import AsyncIterator, Iterable

from tui.analysis.origins.origins import label, weights
from tui.analysis.query.query_line import RowIndex
from tui.ask.lists import trending
from tui.ask.sources import Sources
from tui.model import Lens, Query, Repo, Row, View

STORED = 10_000  # stored rows that a search at hand looks through
SHOWN = 500


def at_hand(sources: Sources, kind: str, shown: Iterable[Repo]) -> RowIndex:
    """The rows in sight and the stored ones of a kind, each once, ready to be narrowed."""
    rows = {repo.id: repo for repo in sources.store.cache.search((), kind, sources.who, STORED)}
    rows.update((repo.id, repo) for repo in shown)
    return RowIndex(rows.values())


def narrow(sources: Sources, shelf: RowIndex, query: Query) -> View[Row]:
    """The rows at hand that ``query`` names. Asks for nothing. Raises BadInput as terms do."""
    found = shelf.select(query, sources.registry, sources.now())
    return View(
        rows=tuple(_row(sources, repo) for repo in found[:SHOWN]),
        source=sources.held,
        as_of=None,
        query=query,
        complete=len(found) <= SHOWN,
    )


async def join(
    sources: Sources, query: Query, local: View[Row], lens: Lens
) -> AsyncIterator[View[Row]]:
    """The Hub's answer to ``query`` with the rows at hand in front, each repo once.

    The rows keep the places that the reader saw them at; what the Hub adds comes behind them.
    """
    async for view in trending.stream(sources, query, lens):
        fresh = {row.repo.id: row for row in view.rows}
        held = [
            row._replace(repo=fresh[row.repo.id].repo) if row.repo.id in fresh else row
            for row in local.rows
        ]
        known = {row.repo.id for row in held}
        added = [row._replace(rank=None) for row in view.rows if row.repo.id not in known]
        yield view._replace(rows=(*held, *added))


def _row(sources: Sources, repo: Repo) -> Row:
    return Row(None, repo, label(weights(repo, "uploader", sources.registry)))
