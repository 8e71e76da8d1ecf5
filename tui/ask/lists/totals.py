"""What an author has in all: from a census, else from the rows that the Hub listed."""

from collections.abc import Iterable
from typing import NamedTuple

from tui.ask.sources import Sources
from tui.model import Query, Row, View

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


def listed(view: View[Row]) -> Totals | None:
    """The totals of the rows of an author's list, as far as it is at hand."""
    rows = [row.repo for row in view.rows]
    query: Query = view.query
    if not rows or query.author is None:
        return None
    newest = max(rows, key=lambda repo: repo.created_at or "")
    ever = [repo.downloads_all_time for repo in rows if repo.downloads_all_time is not None]
    return Totals(
        author=query.author,
        repos=len(rows),
        downloads=_sum(repo.downloads for repo in rows),
        downloads_all_time=sum(ever) if len(ever) == len(rows) else None,
        likes=_sum(repo.likes for repo in rows),
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


def _sum(values: Iterable[int | None]) -> int:
    return sum(value or 0 for value in values)
