"""Repos of a census that a query names: over all ids, by every field that a census has."""

from collections.abc import Callable, Iterator

from tui.analysis.query.query_line import RowIndex
from tui.analysis.query.spans import number_span
from tui.analysis.query.terms import Context, predicate, tokens, values
from tui.ask.census import conditions
from tui.ask.census.held import Held
from tui.ask.census.names import holding
from tui.ask.lists import memory
from tui.ask.sources import Sources
from tui.model import Query, Repo, Term
from tui.store.census.hits import Named, numbers
from tui.store.census.reader import ROWS

_ORDERS = {
    "downloads": "",
    "trending": "r.trending DESC, r.rank",
    "likes": "r.likes DESC, r.rank",
    "created": "r.created DESC, r.rank",
    "modified": "r.modified DESC, r.rank",
}
_INDEXES = {"likes": "repo_likes", "created": "repo_created", "modified": "repo_modified"}
_LOOKED = 20_000  # rows that terms of our own are tried on in one breath


def rows(sources: Sources, held: Held, query: Query, limit: int) -> tuple[Repo, ...] | None:
    """At most ``limit`` rows in the query's order; None where a census cannot answer it."""
    named = asked(sources, held, query)
    if named is None:
        return None
    own = conditions.own_terms(query)
    most = _LOOKED if own else limit or -1
    sql = f"WHERE {named.where} ORDER BY {named.order or named.number} LIMIT ?"
    ranked = held.census.repos(sql, (*named.params, most), named.tables)
    repos = tuple(repo for _, repo in ranked)
    if not own:
        return repos
    own_query = Query(kind="model", terms=own, sort=query.sort)
    known = memory.known(sources, own_query)
    fitting = RowIndex(repos).select(own_query, sources.registry, sources.now(), known=known)
    return tuple(fitting[: limit or None])


def asked(sources: Sources, held: Held, query: Query) -> Named | None:
    """The question for the rows, but for ``conditions.own_terms``; None: not to be answered."""
    if query.kind != "model":
        return None
    clauses = conditions.of_query(sources, held, query)
    if clauses is None:
        return None
    named = holding(held, query.words)
    clauses += [_sized(term) for term in conditions.own_terms(query) if _may_be_sized(term)]
    return named._replace(
        where=" AND ".join([named.where, *(sql for sql, _ in clauses)]),
        params=(*named.params, *(param for _, params in clauses for param in params)),
        order=_ORDERS[query.sort],
        ordered=_INDEXES.get(query.sort, ""),
        few=query.author is not None and named.tables is ROWS,
        listing=any("FROM below" in sql for sql, _ in clauses),
    )


def found(sources: Sources, held: Held, query: Query) -> Iterator[list[int]]:
    """The numbers of all rows that a query names, in its order, piece by piece.

    A query that a census cannot answer has none; ask ``asked`` first.
    """
    named = asked(sources, held, query)
    if named is None:
        return
    fits = _own(sources, query)
    for piece in numbers(held.census, named):
        if fits is None:
            yield piece
            continue
        for at in range(0, max(1, len(piece)), 1000):
            known = held.census.bare(piece[at : at + 1000])
            yield [n for n in piece[at : at + 1000] if n in known and fits(known[n])]


def _own(sources: Sources, query: Query) -> Callable[[Repo], bool] | None:
    """What is asked of each row; None where nothing is."""
    own = conditions.own_terms(query)
    known = memory.known(sources, Query(terms=own))
    context = Context(sources.registry, sources.now(), known=known, tokens=tokens(own))
    tests = [predicate(term, context) for term in own]
    return (lambda repo: all(test(repo) for test in tests)) if tests else None


def _may_be_sized(term: Term) -> bool:
    return term.field == "params" and not term.negated


def _sized(term: Term) -> conditions.Condition:
    """Rows whose stored number is of the size asked for.

    A census keeps no counts by dtype and no headers: a size that is known is the number itself.
    """
    spans = [number_span(term.field, value) for value in values(term)]
    least = min((span.lo or 0.0) for span in spans)
    most = max(float("inf") if span.hi is None else span.hi for span in spans)
    return "r.params BETWEEN ? AND ?", (least, most if most < float("inf") else 1 << 62)
