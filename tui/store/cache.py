"""cache.db: what the Hub answered, to be shown at once next time. Anything here can be lost.

``who`` is the account the answer was for, ``""`` for none. A row of a private repo is kept under
its account only, and not at all without one; each read merges the account's rows with the public
ones, the newer first.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.model import Detail, Repo
from tui.store.answers import BOUND_AT_ONCE, Answers
from tui.store.connection import Link
from tui.store.kept_sizes import with_sizes
from tui.store.places import BEGIN, NEWER, Place, ids_from
from tui.store.prune import clear, prune
from tui.store.repo_text import detail_text, read_detail, read_repo, repo_text, stored_ids

if TYPE_CHECKING:
    from tui.store.ranked import Ranked


class StoredList(NamedTuple):
    """The ids of one list, all its stored pages joined without duplicates."""

    ids: tuple[str, ...]
    next: str | None  # the cursor after the last stored page; None: the list ends there
    fetched_at: float  # of the oldest page
    pages: int
    hi_created: str | None = None  # newest and oldest created_at among the rows
    lo_created: str | None = None


class Listed(NamedTuple):
    """Rows of one list from a place on, as stored."""

    rows: tuple[Repo, ...]
    fetched_at: float  # of the list's oldest page
    next: str | None  # the cursor after the last stored page
    complete: bool  # no row is missing: as many as asked for, or the list ends here
    after: Place | None = None  # where the stored rows go on
    pages: int = 1  # stored, of the whole list


class Cache(Answers):
    """Lists, repos and their details; bodies and lineage as ``Answers`` has them.

    Writes that take the file over ``cap_bytes`` make it prune the oldest answers.
    """

    __slots__ = ()

    def list(self, query_key: str, who: str) -> StoredList | None:
        """The stored list of a query: the account's or the public one, whichever is newer."""
        pages = self._database.read(
            "SELECT ids, next, fetched_at, hi_created, lo_created FROM list"
            f" WHERE query_key = ? AND {NEWER} ORDER BY page",
            (query_key, query_key, who),
        )
        if not pages:
            return None
        ids = tuple(repo_id for page in pages for repo_id in stored_ids(page[0]))
        newest = max((page[3] for page in pages if page[3]), default=None)
        oldest = min((page[4] for page in pages if page[4]), default=None)
        fetched_at = min(page[2] for page in pages)
        return StoredList(ids, pages[-1][1], fetched_at, len(pages), newest, oldest)

    def listed(
        self, query_key: str, kind: str, who: str, limit: int, place: Place = BEGIN
    ) -> Listed | None:
        """``limit`` rows of a stored list from a place on; None where no list is stored.

        Only the pages that hold these rows are read: a list may be as long as the Hub.
        """
        pages = self._database.read(
            f"SELECT page, next, fetched_at, who FROM list WHERE query_key = ? AND {NEWER}"
            " ORDER BY page",
            (query_key, query_key, who),
        )
        if not pages:
            return None
        owner, end = pages[0][3], pages[-1][1]
        ids, after = ids_from(self._database, (query_key, owner), limit, place)
        rows = tuple(row for row in self.rows(kind, ids, who) if row is not None)
        whole = len(rows) == len(ids) and (end is None or len(ids) == limit)
        fetched_at = min(page[2] for page in pages)
        return Listed(rows, fetched_at, end, whole, after, len(pages))

    def rows(self, kind: str, ids: Sequence[str], who: str) -> tuple[Repo | None, ...]:
        """The stored repo of each id, in the order of ``ids``; None where there is none."""
        among = self._among("id_lower, facts", kind, ids, who)
        by_id = {name: read_repo(text) for name, text in among}
        return tuple(by_id.get(repo_id.lower()) for repo_id in ids)

    def stored(self, kind: str, ids: Sequence[str], who: str) -> set[str]:
        """Which of these ids have a row, in lower case. No row is read."""
        return {name for (name,) in self._among("id_lower", kind, ids, who)}

    def _among(
        self, columns: str, kind: str, ids: Sequence[str], who: str
    ) -> Iterator[tuple[Any, ...]]:
        """Columns of the rows of these ids, some hundreds in one read; of an id the newest last."""
        for start in range(0, len(ids), BOUND_AT_ONCE):
            part = [repo_id.lower() for repo_id in ids[start : start + BOUND_AT_ONCE]]
            yield from self._database.read(
                f"SELECT {columns} FROM repo WHERE kind = ?"
                f" AND id_lower IN ({','.join('?' * len(part))}) AND who IN ('', ?)"
                " ORDER BY fetched_at",
                (kind, *part, who),
            )

    def repo(self, kind: str, repo_id: str, who: str) -> tuple[Repo, float] | None:
        """A repo and when it was fetched, by its id in any case; None where it is not stored."""
        for text, fetched_at in self._one(kind, repo_id, who, "facts, fetched_at"):
            if (row := read_repo(text)) is not None:
                return row, fetched_at
        return None

    def detail(self, kind: str, repo_id: str, who: str) -> tuple[Detail, float] | None:
        """A repo's detail and when it was fetched; None where none is stored."""
        for text, fetched_at in self._one(kind, repo_id, who, "detail, detail_at"):
            if text and (detail := read_detail(text)) is not None:
                return detail, fetched_at
        return None

    def search(
        self,
        words: Iterable[str],
        kind: str,
        who: str,
        limit: int,
        known: Mapping[str, Repo] | None = None,
    ) -> tuple[Repo, ...]:
        """Stored repos whose id holds every word, in any case, most downloaded first.

        Repos in ``known``, by their ids in lower case, are taken from there and not read.
        """
        held = known or {}
        rows = (
            held.get(repo_id.lower()) or row
            for repo_id, row in self.ranked(words, kind, who, limit).each(held)
        )
        return tuple(row for row in rows if row is not None)

    def ranked(self, words: Iterable[str], kind: str, who: str, limit: int) -> "Ranked":
        """The same rows by where they stand; nothing of them is read yet."""
        from tui.store.ranked import ranked

        return ranked(self._database, words, kind, who, limit)

    def ids(self, begin: str, kind: str, who: str, limit: int) -> tuple[str, ...]:
        """Stored ids that begin with ``begin`` in any case, most downloaded first."""
        lower = begin.lower()
        lines = self._database.read(
            "SELECT id FROM repo WHERE kind = ? AND id_lower >= ? AND id_lower < ?"
            " AND who IN ('', ?) GROUP BY id_lower ORDER BY downloads DESC, id_lower LIMIT ?",
            (kind, lower, f"{lower}\U0010ffff", who, limit),
        )
        return tuple(repo_id for (repo_id,) in lines)

    def put_list(
        self,
        query_key: str,
        kind: str,
        who: str,
        page: int,
        rows: Sequence[Repo],
        next: str | None,
        fetched_at: float,
    ) -> None:
        """Keep one page of a list and its rows. Page 0 begins the list anew.

        A later page replaces itself and what followed it; ids of earlier pages are not repeated.
        ``kind`` is the kind of every row.
        """
        rows = _allowed(rows, who)
        created = [row.created_at for row in rows if row.created_at]
        ids = [row.id for row in rows]

        def job(link: Link) -> None:
            link.rows(
                "DELETE FROM list WHERE query_key = ? AND who = ? AND page >= ?",
                (query_key, who, page),
            )
            known = _known_ids(link, query_key, who)
            fresh = [repo_id for repo_id in dict.fromkeys(ids) if repo_id not in known]
            link.rows(
                "INSERT INTO list VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(query_key, who, page, next, json.dumps(fresh)),
                    *(max(created, default=None), min(created, default=None), fetched_at),
                ),
            )
            _put_rows(link, rows, who, fetched_at)
            prune(link, self._cap)

        self._database.write(job)

    def put_repos(self, repos: Iterable[Repo], who: str, fetched_at: float) -> None:
        """Keep repos as rows; what was stored of them besides details is replaced."""
        rows = _allowed(repos, who)

        def job(link: Link) -> None:
            _put_rows(link, rows, who, fetched_at)
            prune(link, self._cap)

        self._database.write(job)

    def put_detail(self, detail: Detail, who: str, fetched_at: float) -> None:
        """Keep a repo's detail, and its row with it."""
        rows = _allowed([detail.repo], who)

        def job(link: Link) -> None:
            for row in rows:
                _put_rows(link, rows, who, fetched_at)
                link.rows(
                    "UPDATE repo SET detail = ?, detail_at = ?"
                    " WHERE kind = ? AND id_lower = ? AND who = ?",
                    (detail_text(detail), fetched_at, row.kind, row.id.lower(), _owner(row, who)),
                )
            prune(link, self._cap)

        self._database.write(job)

    def size(self) -> int:
        """Bytes on disk, the log included; 0 where nothing is stored."""
        return self._database.size()

    def where(self) -> str:
        """The path of the file, whether it exists or not."""
        return self._database.path

    def prune(self, cap_bytes: int) -> None:
        """Drop the oldest bodies and lists, then the oldest repos, until ``cap_bytes`` is kept."""
        self._database.write(lambda link: prune(link, cap_bytes))

    def clear(self) -> None:
        """Drop everything."""
        self._database.write(clear)

    def _one(self, kind: str, repo_id: str, who: str, columns: str) -> Sequence[tuple[Any, ...]]:
        return self._database.read(
            f"SELECT {columns} FROM repo WHERE kind = ? AND id_lower = ? AND who IN ('', ?)"
            " ORDER BY fetched_at DESC",
            (kind, repo_id.lower(), who),
        )


def _allowed(repos: Iterable[Repo], who: str) -> tuple[Repo, ...]:
    # a private row without an account has no place where only its reader would find it
    return tuple(repo for repo in repos if who or not repo.private)


def _owner(repo: Repo, who: str) -> str:
    return who if repo.private else ""


def _known_ids(link: Link, query_key: str, who: str) -> set[str]:
    pages = link.rows("SELECT ids FROM list WHERE query_key = ? AND who = ?", (query_key, who))
    return {repo_id for (ids,) in pages for repo_id in stored_ids(ids)}


def _put_rows(link: Link, rows: Iterable[Repo], who: str, fetched_at: float) -> None:
    for repo in rows:
        lowered, owner = repo.id.lower(), _owner(repo, who)
        row = with_sizes(link, repo, lowered, owner)
        # gone public or private since, or renamed: the same repo under another key
        link.rows(
            "DELETE FROM repo WHERE kind = ? AND id_lower = ? AND who IN ('', ?) AND who <> ?",
            (row.kind, lowered, who, owner),
        )
        if row.hub_id:
            link.rows(
                "DELETE FROM repo WHERE hub_id = ? AND kind = ? AND id_lower <> ?",
                (row.hub_id, row.kind, lowered),
            )
        link.rows(
            "INSERT INTO repo (kind, id_lower, who, id, hub_id, downloads, facts, fetched_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id_lower, who) DO UPDATE SET"
            " id = excluded.id, hub_id = excluded.hub_id, downloads = excluded.downloads,"
            " facts = excluded.facts, fetched_at = excluded.fetched_at",
            (
                *(row.kind, lowered, owner, row.id, row.hub_id, row.downloads),
                *(repo_text(row), fetched_at),
            ),
        )
