"""Everything that is stored and may leave this home, table by table; and looks brought back.

An account's own rows are read with the public ones, so that a login changes nothing; what is
private is for the caller to leave out.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.model import Edge, Repo
from tui.store.history import History, Member, Point, Snapshot, _coverage, _insert
from tui.store.repo_text import read_repo, stored_ids

if TYPE_CHECKING:
    from tui.store.cache import Cache
    from tui.store.connection import Link


class StoredRepo(NamedTuple):
    """One stored row and when it was fetched."""

    repo: Repo
    at: float


class StoredPage(NamedTuple):
    """One page of a list: the ids that it added to the pages before it."""

    query_key: str
    page: int
    next: str | None
    ids: tuple[str, ...]
    at: float


class StoredBody(NamedTuple):
    """One body that everybody may read."""

    key: str
    at: float
    text: str


class StoredCounts(NamedTuple):
    """One repo's counted children."""

    parent: str
    counts: dict[str, int]
    at: float


def repos(cache: "Cache", who: str) -> Iterator[StoredRepo]:
    """Every stored row, the private ones of ``who`` among them."""
    for facts, at in cache._database.read(
        "SELECT facts, fetched_at FROM repo WHERE who IN ('', ?) ORDER BY kind, id_lower", (who,)
    ):
        repo = read_repo(facts)
        if repo is not None:
            yield StoredRepo(repo, at)


def pages(cache: "Cache", who: str) -> Iterator[StoredPage]:
    """The pages of every list: of the account's copy and the public one, the newer."""
    keys = cache._database.read(
        "SELECT DISTINCT query_key FROM list WHERE who IN ('', ?) ORDER BY query_key", (who,)
    )
    for (key,) in keys:
        for page, after, ids, at in cache._database.read(
            "SELECT page, next, ids, fetched_at FROM list WHERE query_key = ? AND who = (SELECT who"
            " FROM list WHERE query_key = ? AND page = 0 AND who IN ('', ?)"
            " ORDER BY fetched_at DESC, who DESC LIMIT 1) ORDER BY page",
            (key, key, who),
        ):
            yield StoredPage(key, page, after, tuple(stored_ids(ids)), at)


def bodies(cache: "Cache", prefix: str) -> Iterator[StoredBody]:
    """The public bodies whose key begins with ``prefix``."""
    keys = cache._database.read(
        "SELECT key FROM body WHERE who = '' AND substr(key, 1, ?) = ? ORDER BY key",
        (len(prefix), prefix),
    )
    for (key,) in keys:
        body = cache.body(key, "")
        if body is not None:
            yield StoredBody(key, body.fetched_at, body.text)


def counts(cache: "Cache") -> Iterator[StoredCounts]:
    """The Hub's public counts of children, parent by parent."""
    parents = cache._database.read("SELECT DISTINCT parent FROM child_count WHERE who = ''")
    for (parent,) in parents:
        count = cache.child_counts(parent, "")
        if count is not None:
            yield StoredCounts(parent, count.counts, count.fetched_at)


def edges(cache: "Cache") -> Iterator[tuple[Edge, float]]:
    """The public edges and when each was seen."""
    for child, parent, relation, guessed, at in cache._database.read(
        "SELECT child, parent, relation, guessed, seen_at FROM edge WHERE who = ''"
        " ORDER BY child, parent"
    ):
        yield Edge(child, parent, relation, bool(guessed)), at


def points(history: History) -> Iterator[Point]:
    """Every dated figure, oldest first."""
    for row in history._database.read(
        "SELECT family, measure, definition, at, value, kind, lens, registry, endpoint, coverage"
        " FROM point ORDER BY at, rowid"
    ):
        yield Point(*row)._replace(coverage=_coverage(row[-1]))


def restore(history: History, look: Snapshot, members: Sequence[Member]) -> None:
    """Keep a look with the ranks it had; one of the same list and moment is not kept again."""

    def job(link: "Link") -> None:
        known = link.rows(
            "SELECT 1 FROM snapshot WHERE query_key = ? AND endpoint = ? AND who = ?"
            " AND abs(at - ?) < 1 LIMIT 1",
            (look.query_key, look.endpoint, look.who, look.at),
        )
        if not known:
            _insert(link, look.query_key, look.endpoint, look.who, look.at, members)

    history._database.write(job)
