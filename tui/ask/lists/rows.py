"""A list as it was read, and the view that is made of it: ranks, moves, origins, choice."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from tui.analysis.history.movement import Member, Rank, members, movement, rank_intervals
from tui.analysis.origins.origins import label, shares, weights
from tui.ask.sources import Sources
from tui.model import Measure, Query, Repo, Row, View

if TYPE_CHECKING:
    from tui.ask.lists.source import Source

BASELINE_AGE = 3600.0  # seconds: a look younger than this is the same look
STRIP_DEPTH = 10
HELD = 300  # rows of a list that are simply held
AT_HAND = 100  # rows at least that stand in an order of our own
UNSENT = "params: the Hub sends no row whose size it does not know"
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
    here = (repo.kind, repo.id.lower()) in sources.on_this_machine
    return Row(rank, repo, label(weights(repo, _RULE, sources.registry)), here=here)


def view(
    sources: Sources,
    query: Query,
    read: Read,
    depth: int = STRIP_DEPTH,
    shorter: View[Row] | None = None,
) -> View[Row]:
    """The view of a list as far as it was read. A rank is a place in the Hub's whole list.

    ``shorter`` is the view of the same list before its last page came; its rows are not made again.
    """
    at, then = earlier(sources, query, read.as_of)
    moved = _moves(query, read.repos, then) if then else {}
    looked = (shorter.looked or 0) if shorter is not None else 0
    known: tuple[Row, ...] = () if shorter is None else shorter.rows
    fresh, lacking = chosen(sources, query, read.repos[looked:], looked, moved)
    rows = known + fresh
    if query.order:
        rows = _in_order(sources, query, rows)
    return View(
        rows=rows,
        source=read.source,
        as_of=read.as_of,
        query=query,
        measures=origins_of(sources, [row.repo for row in rows[:depth]], read),
        stale=read.stale,
        complete=read.next is None or len(rows) >= enough(query),
        more=read.next is not None,
        looked=len(read.repos),
        left_out=summed(query, shorter.left_out if shorter else {}, lacking),
        requests=read.requests,
        baseline=at,
        read=read,
    )


def enough(query: Query) -> int:
    """How many rows a list is read for: an order of our own is over a page of them at least."""
    return max(AT_HAND, query.wanted) if query.order else query.wanted


def _in_order(sources: Sources, query: Query, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    from tui.analysis.query.order import in_order

    as_listed = sorted(rows, key=lambda row: row.rank or 0)  # the last word where all is equal
    return tuple(in_order(as_listed, query.order, sources.registry))


def chosen(
    sources: Sources,
    query: Query,
    repos: Sequence[Repo],
    done: int,
    moved: Mapping[str, int | str | None],
) -> tuple[tuple[Row, ...], dict[str, int]]:
    """The rows that stay of ``repos``, and what the others lack.

    They stand behind ``done`` others in the Hub's list.
    """
    places, left = _chosen(sources, _again(query), repos)
    return tuple(
        row(sources, done + place + 1, repos[place])._replace(move=moved.get(repos[place].id))
        for place in places
    ), left


def read_of(view: View[Row]) -> Read | None:
    """The rows of the Hub's list that a view was chosen from; None of one of rows at hand."""
    return view.read if isinstance(view.read, Read) else None


def paged(view: View[Row] | None) -> "Source | None":
    """The long list behind a view, whose rows are read by pages; None of any other view."""
    if view is None or view.read is None or isinstance(view.read, Read):
        return None
    return cast("Source", view.read)


def counted(view: View[Row] | None) -> Any:
    """The list of a census behind a view; None of any other view."""
    source = paged(view)
    return source if source is not None and source.of_census else None


def outgrown(view: View[Row]) -> bool:
    """Whether a view of the Hub's list holds more rows than are simply held."""
    read = read_of(view)
    return read is not None and max(len(view.rows), len(read.repos)) > HELD


def looks_through(query: Query) -> bool:
    """Whether something is asked of the Hub's rows again, so that not all of them are kept."""
    again = _again(query)
    return bool(again.terms or again.filters)


def _again(query: Query) -> Query:
    """What is asked of the Hub's rows again: own terms, and bases, which the Hub reads from tags.

    The Hub's own field outranks the tags, so a row may name another base than its tags do.
    """
    from tui.analysis.query.terms import HUB_ONLY

    bases = tuple(tag for tag in query.filters if tag.startswith("base_model:"))
    terms = tuple(term for term in query.terms if term.field != HUB_ONLY)
    return Query(kind=query.kind, terms=terms, filters=bases)


def _chosen(
    sources: Sources, asked: Query, repos: Sequence[Repo]
) -> tuple[Sequence[int], dict[str, int]]:
    """The places of the rows that ``asked`` leaves, and what others lack for it.

    The Hub has answered the rest of the query.
    """
    if not (asked.terms or asked.filters):
        return range(len(repos)), {}
    from tui.analysis.query.choice import choose
    from tui.analysis.query.terms import Context
    from tui.ask.lists.memory import known

    context = Context(sources.registry, sources.now(), known=known(sources, asked))
    return choose(repos, asked, context)


def summed(
    query: Query, before: Mapping[str, int | None], now: Mapping[str, int]
) -> dict[str, int | None]:
    """What was left out so far; with None what the Hub did not even send."""
    unsent = {UNSENT: None} if any(name == "num_parameters" for name, _ in query.asked) else {}
    counts = Counter({why: n for why, n in before.items() if n}) + Counter(now)
    return {**counts, **unsent}


def earlier(sources: Sources, query: Query, as_of: float) -> tuple[float | None, list[Member]]:
    """The look that moves are counted from, and when it was taken; nothing where there is none."""
    if sources.earlier is not None:
        if query.key != Query().key:
            return None, []
        at, scored = sources.earlier()
        ranks = rank_intervals([score for _, score in scored])
        return at, [Member(repo_id, rank) for (repo_id, _), rank in zip(scored, ranks)]
    history = sources.store.history
    look = history.baseline(query.key, sources.realm, sources.who, as_of - BASELINE_AGE)
    if look is None:
        return None, []
    stored = history.members(look.id)
    return look.at, [Member(member.id, Rank(member.rank_lo, member.rank_hi)) for member in stored]


def _moves(
    query: Query, repos: tuple[Repo, ...], then: list[Member]
) -> dict[str, int | str | None]:
    """Movement since an earlier look. Only a trending list has scores, and so ties."""
    if query.sort == "trending":
        now = members(repos)
    else:
        now = [Member(repo.id, Rank(place, place)) for place, repo in enumerate(repos, 1)]
    return dict(movement(now, then))


def origins_of(sources: Sources, first: Sequence[Repo], read: Read) -> dict[str, Measure]:
    """The weight of each origin among the first rows, as measures named ``origin.CN``."""
    origins = shares(first, _RULE, sources.registry)
    return {
        f"origin.{share.origin}": Measure(
            value=share.weight,
            unit="repos",
            kind="exact",
            definition=(
                f"repos of the first {origins.n} whose uploader is at home in {share.origin}"
            ),
            universe=sources.universe,
            unknown=origins.unknown,
            bound=share.bound,
            n=origins.n,
            authors=origins.authors,
            top_author_share=origins.top_author_share,
            source=read.source,
            as_of=read.as_of,
            registry=sources.registry.version,
            requests=read.requests,
        )
        for share in origins.shares
    }
