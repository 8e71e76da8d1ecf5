"""What an author has in all: from a census, else from the rows that the Hub listed."""

from collections.abc import Iterable
from typing import NamedTuple

from tui.ask.sources import Sources
from tui.model import Query, Repo, Row, View

_FAMILIES = 6


class Share(NamedTuple):
    """The repos of an author that are a family's own or built on it; a merge is in several."""

    family: str  # its key
    repos: int
    downloads: int


class Totals(NamedTuple):
    """An author's repos together. What no row states counts as 0; ``newest`` is the latest created.

    ``whole`` is False where only some of the repos are at hand. ``families``: the most repos
    first; None where lineage is not known. ``command`` gives the figures again.
    """

    author: str
    repos: int
    downloads: int
    downloads_all_time: int | None
    likes: int
    newest: str | None
    created: str | None
    whole: bool
    families: tuple[Share, ...] | None
    source: str
    as_of: float | None
    command: str


def of_author(query: Query) -> bool:
    """Whether a list is all that an author has of a kind."""
    plain = Query(kind=query.kind, author=query.author, sort=query.sort, limit=query.limit)
    return query.author is not None and query == plain


def counted(sources: Sources, query: Query) -> Totals | None:
    """The totals from a census; None where there is none, or it has no such author.

    Not to be called on the loop.
    """
    if not sources.may_count or query.kind != "model" or query.author is None:
        return None
    from tui.ask.census.held import held

    census = held(sources)
    if census is None:
        return None
    from tui.ask.census.author import totals

    return totals(census, query.author, command(query))


def listed(view: View[Row], repos: Iterable[Repo]) -> Totals | None:
    """The totals of the rows of an author's list, as far as it is at hand: its ``repos``."""
    query: Query = view.query
    if query.author is None:
        return None
    count, downloads, likes = 0, 0, 0
    ever: int | None = 0  # None once a row does not state it
    newest: Repo | None = None
    for repo in repos:
        count += 1
        downloads += repo.downloads or 0
        likes += repo.likes or 0
        stated = repo.downloads_all_time
        ever = None if ever is None or stated is None else ever + stated
        if newest is None or (repo.created_at or "") > (newest.created_at or ""):
            newest = repo
    if newest is None:
        return None
    return Totals(
        author=query.author,
        repos=count,
        downloads=downloads,
        downloads_all_time=ever,
        likes=likes,
        newest=newest.id if newest.created_at else None,
        created=newest.created_at,
        whole=view.complete and not view.more,
        families=None,
        source=view.source,
        as_of=view.as_of,
        command=command(query),
    )


def most(families: Iterable[Share]) -> tuple[Share, ...]:
    """The families that most of the repos belong to."""
    ranked = sorted(families, key=lambda share: (-share.repos, -share.downloads, share.family))
    return tuple(ranked[:_FAMILIES])


def command(query: Query) -> str:
    """What prints the list with its totals."""
    from shlex import quote

    kind = "" if query.kind == "model" else f" kind:{query.kind}"
    return f"hubscope search {quote(f'author:{query.author}{kind} sort:{query.sort}')}"
