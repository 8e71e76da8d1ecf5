"""A list as it was read, and the view that is made of it: ranks, moves, origins, choice."""

from typing import NamedTuple

from tui.analysis.history.movement import Member, Rank, members, movement, rank_intervals
from tui.analysis.origins.origins import Origins, label, shares, weights
from tui.ask.sources import Sources
from tui.model import Measure, Query, Repo, Row, View

BASELINE_AGE = 3600.0  # seconds: a look younger than this is the same look
STRIP_DEPTH = 10
_RULE = "uploader"  # until a row's lineage is known


class Read(NamedTuple):
    """The rows of the Hub's list as far as they were read, before any choice among them."""

    repos: tuple[Repo, ...]
    next: str | None  # the Hub's further rows; opaque
    as_of: float
    source: str
    stale: bool = False
    pages: int = 1
    place: tuple[int, int] | None = None  # where the stored rows go on, where they do
    requests: tuple[str, ...] = ()
    etag: str | None = None  # of a first page that came; None too where it had not changed


def row(sources: Sources, rank: int | None, repo: Repo) -> Row:
    """A repo as a row of a list, with its uploader's origin."""
    here = (repo.kind, repo.id.lower()) in sources.held
    return Row(rank, repo, label(weights(repo, _RULE, sources.registry)), here=here)


def view(
    sources: Sources,
    query: Query,
    read: Read,
    depth: int = STRIP_DEPTH,
    shorter: View | None = None,
) -> View:
    """The view of a list as far as it was read. A rank is a place in the Hub's whole list.

    ``shorter`` is the view of the same list before its last page came; its rows are not made again.
    """
    at, then = _earlier(sources, query, read.as_of)
    moved = _moves(query, read.repos, then) if then else {}
    again = _again(query)
    known: tuple[Row, ...] = () if shorter is None or again.terms or again.filters else shorter.rows
    rows = known + tuple(
        row(sources, rank, repo)._replace(move=moved.get(repo.id))
        for rank, repo in enumerate(read.repos[len(known) :], len(known) + 1)
    )
    if again.terms or again.filters:
        rows = _chosen(sources, again, rows)
    found = shares([row.repo for row in rows[:depth]], _RULE, sources.registry)
    return View(
        rows=rows,
        source=read.source,
        as_of=read.as_of,
        query=query,
        measures=_origin_measures(sources, found, read),
        stale=read.stale,
        complete=read.next is None or len(rows) >= query.limit,
        more=read.next is not None,
        looked=len(read.repos),
        requests=read.requests,
        baseline=at,
        read=read,
    )


def _again(query: Query) -> Query:
    """What is asked of the Hub's rows again: own terms, and bases, which the Hub reads from tags.

    The Hub's own field outranks the tags, so a row may name another base than its tags do.
    """
    from tui.analysis.query.terms import HUB_ONLY

    bases = tuple(tag for tag in query.filters if tag.startswith("base_model:"))
    terms = tuple(term for term in query.terms if term.field != HUB_ONLY)
    return Query(kind=query.kind, terms=terms, filters=bases)


def _chosen(sources: Sources, asked: Query, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows that ``asked`` leaves; the Hub has answered the rest of the query."""
    from tui.analysis.query.query_line import RowIndex

    kept = RowIndex(row.repo for row in rows).select(asked, sources.registry, sources.now())
    names = {repo.id for repo in kept}
    return tuple(row for row in rows if row.repo.id in names)


def _earlier(sources: Sources, query: Query, as_of: float) -> tuple[float | None, list[Member]]:
    """The look that moves are counted from, and when it was taken; nothing where there is none."""
    if sources.earlier is not None:
        if query.key != Query().key:
            return None, []
        at, scored = sources.earlier()
        ranks = rank_intervals([score for _, score in scored])
        return at, [Member(repo_id, rank) for (repo_id, _), rank in zip(scored, ranks)]
    history = sources.store.history
    found = history.baseline(query.key, sources.realm, sources.who, as_of - BASELINE_AGE)
    if found is None:
        return None, []
    kept = history.members(found.id)
    return found.at, [Member(m.id, Rank(m.rank_lo, m.rank_hi)) for m in kept]


def _moves(
    query: Query, repos: tuple[Repo, ...], then: list[Member]
) -> dict[str, int | str | None]:
    """Movement since an earlier look. Only a trending list has scores, and so ties."""
    if query.sort == "trending":
        now = members(repos)
    else:
        now = [Member(repo.id, Rank(place, place)) for place, repo in enumerate(repos, 1)]
    return dict(movement(now, then))


def _origin_measures(sources: Sources, found: Origins, read: Read) -> dict[str, Measure]:
    """The weight of each origin among the first rows, as measures named ``origin.CN``."""
    return {
        f"origin.{share.origin}": Measure(
            value=share.weight,
            unit="repos",
            kind="exact",
            definition=f"repos of the first {found.n} whose uploader is at home in {share.origin}",
            universe=sources.universe,
            unknown=found.unknown,
            bound=share.bound,
            n=found.n,
            authors=found.authors,
            top_author_share=found.top_author_share,
            source=read.source,
            as_of=read.as_of,
            registry=sources.registry.version,
            requests=read.requests,
        )
        for share in found.shares
    }
