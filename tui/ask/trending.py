"""Which repos, in which order: trending, search, an author's repos. One list, one question.

The Hub's order is kept. A list that arrives is stored and kept as a dated snapshot, so that the
next look can say what moved.
"""

from collections.abc import AsyncIterator, Sequence

from tui.analysis.movement import Member, Rank, members, movement
from tui.analysis.origins import Origins, label, shares, weights
from tui.ask.sources import Sources
from tui.model import Lens, Measure, Offline, Problem, Query, Repo, Row, View

PAGE = 100  # rows asked for at once
DEEPEST_PAGE = 1000  # the Hub's bound
BASELINE_AGE = 3600.0  # seconds: a look younger than this is the same look
STRIP_DEPTH = 10
_RULE = "uploader"  # until a row's lineage is known


def peek(sources: Sources, query: Query, lens: Lens, depth: int = STRIP_DEPTH) -> View | None:
    """The stored list, at once; None where nothing is stored. Asks for no request."""
    stored = sources.store.cache.listed(query.key, query.kind, sources.who, query.limit)
    if stored is None:
        return None
    return _view(
        sources,
        query,
        depth,
        stored.rows,
        source="cache",
        as_of=stored.fetched_at,
        stale=True,
        complete=stored.complete,
        next=stored.next,
    )


async def stream(
    sources: Sources, query: Query, lens: Lens, depth: int = STRIP_DEPTH
) -> AsyncIterator[View]:
    """The stored list, then the Hub's, page by page up to ``query.limit`` rows and no further.

    Where the Hub gives no answer the stored list comes again with the Problem in it; with nothing
    stored the Problem is raised.
    """
    stored = peek(sources, query, lens, depth)
    if stored is not None:
        yield stored
    view: View | None = None
    try:
        if sources.offline:
            raise Offline("offline: no request is sent; what is stored is shown")
        view = await _first(sources, query, depth)
        while True:
            yield view
            if view.next is None or len(view.rows) >= query.limit:
                return
            view = await more(sources, query, view, depth)
    except Problem as problem:
        yield _dimmed(query, view, stored, problem)


async def more(sources: Sources, query: Query, view: View, depth: int = STRIP_DEPTH) -> View:
    """``view`` with the Hub's next page behind its rows. Raises the Problem that prevents it."""
    if view.next is None:
        return view
    if sources.offline:
        raise Offline("offline: the stored rows end here")
    hub = await sources.hub()
    page = await hub.page(view.next, query.kind)
    known = {row.repo.id for row in view.rows}
    new = [repo for repo in page.rows if repo.id not in known]
    _keep(sources, query, 1 + len(view.rows) // PAGE, page.rows, page.next, page.fetched_at)
    repos = [row.repo for row in view.rows] + new
    return _view(
        sources,
        query,
        depth,
        repos,
        source=view.source if view.source == sources.fresh else "mixed",
        as_of=view.as_of or page.fetched_at,
        stale=view.stale,
        complete=page.next is None or len(repos) >= query.limit,
        next=page.next,
        requests=(*view.requests, page.url),
    )


async def _first(sources: Sources, query: Query, depth: int) -> View:
    from tui.hub.endpoints import models_list

    hub = await sources.hub()
    await sources.account()
    size = PAGE if query.limit <= PAGE else min(DEEPEST_PAGE, query.limit)
    page = await hub.page(models_list(query, size), query.kind)
    _keep(sources, query, 0, page.rows, page.next, page.fetched_at)
    return _view(
        sources,
        query,
        depth,
        page.rows,
        source=sources.fresh,
        as_of=page.fetched_at,
        complete=page.next is None or len(page.rows) >= query.limit,
        next=page.next,
        requests=(page.url,),
    )


def _keep(
    sources: Sources,
    query: Query,
    page: int,
    rows: Sequence[Repo],
    after: str | None,
    at: float,
) -> None:
    """Store a page, and the first one as a snapshot too; never a private row without its owner."""
    if sources.universe == "sample":
        return
    kept = rows if sources.who else [repo for repo in rows if not repo.private]
    sources.store.cache.put_list(query.key, query.kind, sources.who, page, kept, after, at)
    if page == 0:
        sources.store.history.add_snapshot(query.key, sources.realm, sources.who, at, kept)


def _view(
    sources: Sources,
    query: Query,
    depth: int,
    repos: Sequence[Repo],
    *,
    source: str,
    as_of: float,
    stale: bool = False,
    complete: bool,
    next: str | None,
    requests: tuple[str, ...] = (),
) -> View:
    baseline = sources.store.history.baseline(
        query.key, sources.realm, sources.who, as_of - BASELINE_AGE
    )
    moved = {} if baseline is None else _moves(sources, query, repos, baseline.id)
    rows = tuple(
        Row(rank, repo, label(weights(repo, _RULE, sources.registry)), moved.get(repo.id))
        for rank, repo in enumerate(repos, 1)
    )
    found = shares(repos[:depth], _RULE, sources.registry)
    return View(
        rows=rows,
        source=source,
        as_of=as_of,
        query=query,
        measures=_origin_measures(sources, found, as_of, source, requests),
        stale=stale,
        complete=complete,
        next=next,
        requests=requests,
        baseline=baseline.at if baseline else None,
    )


def _moves(
    sources: Sources, query: Query, repos: Sequence[Repo], snapshot: int
) -> dict[str, int | str | None]:
    """Movement against a stored look. Only a trending list has scores, and so ties."""
    if query.sort == "trending":
        now = members(repos)
    else:
        now = [Member(repo.id, Rank(place, place)) for place, repo in enumerate(repos, 1)]
    then = [
        Member(member.id, Rank(member.rank_lo, member.rank_hi))
        for member in sources.store.history.members(snapshot)
    ]
    return dict(movement(now, then))


def _origin_measures(
    sources: Sources, found: Origins, as_of: float, source: str, requests: tuple[str, ...]
) -> dict[str, Measure]:
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
            source=source,
            as_of=as_of,
            registry=sources.registry.version,
            requests=requests,
        )
        for share in found.shares
    }


def _dimmed(query: Query, view: View | None, stored: View | None, problem: Problem) -> View:
    """The best there is, with the problem in it: the fuller of what came and what was stored."""
    best = view if stored is None or (view and len(view.rows) >= len(stored.rows)) else stored
    if best is None:
        raise problem
    return best._replace(problems=(problem,))
