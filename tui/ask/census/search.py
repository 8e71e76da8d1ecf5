"""Repos of a census that a query names: over all ids, by every field that a census has."""

from tui.analysis.query.query_line import RowIndex
from tui.analysis.query.tokens import ROW_TERMS
from tui.ask.census.held import Held
from tui.ask.census.names import Holding, holding
from tui.ask.lists import memory
from tui.ask.sources import Sources
from tui.model import Query, Repo
from tui.store.census.reader import ROWS

_ORDERS = {
    "downloads": "r.rank",
    "trending": "r.trending DESC, r.rank",
    "likes": "r.likes DESC, r.rank",
    "created": "r.created DESC, r.rank",
    "modified": "r.modified DESC, r.rank",
}
_TERMS = (*ROW_TERMS, "name", "author", "task")  # the rest asks for tags, which are not kept
_LOOKED = 20_000  # rows that terms of our own are tried on


def rows(sources: Sources, held: Held, query: Query, limit: int) -> tuple[Repo, ...] | None:
    """At most ``limit`` rows in the query's order; None where a census cannot answer it."""
    asked = _asked(held, query)
    if asked is None:
        return None
    order = _ORDERS[query.sort]
    if query.sort == "downloads" and asked.tables != ROWS:
        order = "trigram.rowid"  # the same number, in the order of the index
    most = _LOOKED if query.terms else limit
    sql = f"WHERE {asked.where} ORDER BY {order} LIMIT ?"
    found = held.census.repos(sql, (*asked.params, most), asked.tables)
    repos = tuple(repo for _, repo in found)
    if not query.terms:
        return repos
    own = Query(kind="model", terms=query.terms, sort=query.sort)
    known = memory.known(sources, own)
    return tuple(RowIndex(repos).select(own, sources.registry, sources.now(), known=known)[:limit])


def _asked(held: Held, query: Query) -> Holding | None:
    if query.kind != "model" or any(term.field not in _TERMS for term in query.terms):
        return None
    asked = holding(held, query.words)
    clauses, params = [asked.where], list(asked.params)
    if query.author is not None:
        clauses.append("r.author IN (SELECT id FROM author WHERE name = ?)")
        params.append(query.author)
    if query.task is not None:
        clauses.append("r.task IN (SELECT id FROM word WHERE text = ?)")
        params.append(query.task)
    for tag in query.filters:
        clause = _filter(tag)
        if clause is None:
            return None
        clauses.append(clause[0])
        params.append(clause[1])
    return Holding(asked.tables, " AND ".join(clauses), tuple(params))


def _filter(tag: str) -> tuple[str, str] | None:
    head, _, value = tag.partition(":")
    if head == "license" and value:
        return "r.license IN (SELECT id FROM word WHERE text = ?)", value
    return None
