"""library.db: what a person keeps. Nothing here is ever pruned but the tail of "recent".

A private repo's id is kept under the account ``who`` that may see it, and not at all without one;
reads give the account's entries and the public ones. What a person asks to be kept, or taken away,
has a receipt: it is so once that says so.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.model import StoreTrouble
from tui.store.connection import Link
from tui.store.database import Database
from tui.store.repo_text import stored_value

if TYPE_CHECKING:
    from tui.store.receipt import Receipt

RECENT_KEPT = 200


class Mark(NamedTuple):
    """A repo that was bookmarked, or opened, and when (seconds since 1970, UTC)."""

    kind: str
    id: str
    at: float


class Saved(NamedTuple):
    """A named one-line query."""

    name: str
    text: str
    at: float


class Job(NamedTuple):
    """A long question on its way; ``state`` is a JSON value that its asker understands."""

    id: str
    question: str
    state: Any
    updated_at: float


class Library:
    """Bookmarks, saved queries, recently opened repos, the session and unfinished jobs."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def toggle_bookmark(
        self, kind: str, repo_id: str, at: float, who: str = "", private: bool = False
    ) -> "Receipt":
        """Bookmark a repo, or take its bookmark away; the receipt tells whether it has one now."""
        marking = _marking("bookmark", Mark(kind, repo_id, at), who, private)
        wanted: list[bool] = []  # decided once, also where it has to be written again

        def job(link: Link) -> bool:
            was_marked = _unmark(link, "bookmark", kind, repo_id, who)
            if not wanted:
                wanted.append(not was_marked)
            if wanted[0]:
                marking(link)
            return wanted[0]

        return self._database.keep(job)

    def bookmarks(self, who: str = "") -> tuple[Mark, ...]:
        """The bookmarked repos, newest first."""
        return self._marks("bookmark", who)

    def opened(
        self, kind: str, repo_id: str, at: float, who: str = "", private: bool = False
    ) -> None:
        """Note that a repo was opened; the oldest beyond RECENT_KEPT are forgotten."""
        if private and not who:
            return
        self._database.write(_marking("recent", Mark(kind, repo_id, at), who, private))
        self._run(
            "DELETE FROM mark WHERE shelf = 'recent' AND at < (SELECT at FROM mark"
            f" WHERE shelf = 'recent' ORDER BY at DESC LIMIT 1 OFFSET {RECENT_KEPT - 1})"
        )

    def recent(self, who: str = "") -> tuple[Mark, ...]:
        """The repos opened of late, newest first."""
        return self._marks("recent", who)

    def save_query(self, name: str, text: str, at: float) -> "Receipt":
        """Keep a query line under a name, in place of an older one of that name."""
        return self._database.keep(
            lambda link: link.rows(
                "INSERT OR REPLACE INTO saved VALUES (?, ?, ?)", (name, text, at)
            )
        )

    def remove_query(self, name: str) -> "Receipt":
        """Forget a named query; the receipt tells whether there was one."""
        return self._database.keep(
            lambda link: bool(link.rows("DELETE FROM saved WHERE name = ? RETURNING name", (name,)))
        )

    def queries(self) -> tuple[Saved, ...]:
        """The named queries, by name."""
        rows = self._database.read("SELECT name, text, at FROM saved ORDER BY name")
        return tuple(Saved(*row) for row in rows)

    def put_session(self, name: str, value: Any) -> None:
        """Keep one JSON value under a name. Raises TypeError where it is none."""
        self._run("INSERT OR REPLACE INTO session VALUES (?, ?)", (name, json.dumps(value)))

    def session(self, name: str) -> Any:
        """The JSON value kept under a name, None where there is none."""
        for (text,) in self._database.read("SELECT value FROM session WHERE name = ?", (name,)):
            return stored_value(text)
        return None

    def put_job(self, job: Job) -> None:
        """Keep a job in place of its earlier state. Raises TypeError where that is no JSON."""
        self._run(
            "INSERT OR REPLACE INTO job VALUES (?, ?, ?, ?)",
            (job.id, job.question, json.dumps(job.state), job.updated_at),
        )

    def job(self, job_id: str) -> Job | None:
        """A job by its id, None where there is none."""
        return next((job for job in self.jobs() if job.id == job_id), None)

    def jobs(self) -> tuple[Job, ...]:
        """All unfinished jobs, the one last worked on first."""
        rows = self._database.read(
            "SELECT id, question, state, updated_at FROM job ORDER BY updated_at DESC, id"
        )
        return tuple(Job(row[0], row[1], stored_value(row[2]), row[3]) for row in rows)

    def remove_job(self, job_id: str) -> None:
        """Forget a job, done or given up."""
        self._run("DELETE FROM job WHERE id = ?", (job_id,))

    def keep(self, job: Callable[[Link], object]) -> "Receipt":
        """Have ``job`` write; its receipt says whether that is on the disk."""
        return self._database.keep(job)

    def rows(self, sql: str, params: tuple[Any, ...] = ()) -> "list[tuple[Any, ...]]":
        """What a question to the library gives."""
        return list(self._database.read(sql, params))

    @staticmethod
    def marking(
        kind: str, repo_id: str, at: float, who: str, private: bool
    ) -> Callable[[Link], None]:
        """What puts a bookmark, as part of a larger write."""
        return _marking("bookmark", Mark(kind, repo_id, at), who, private)

    @staticmethod
    def unmark(link: Link, kind: str, repo_id: str, who: str) -> bool:
        """Take a bookmark away, as part of a larger write; whether there was one."""
        return _unmark(link, "bookmark", kind, repo_id, who)

    def _marks(self, shelf: str, who: str) -> tuple[Mark, ...]:
        rows = self._database.read(
            "SELECT kind, id, max(at) FROM mark WHERE shelf = ? AND who IN ('', ?)"
            " GROUP BY kind, id_lower ORDER BY at DESC, id_lower",
            (shelf, who),
        )
        return tuple(Mark(*row) for row in rows)

    def _run(self, sql: str, params: tuple[Any, ...] = ()) -> None:
        self._database.write(lambda link: link.rows(sql, params))


def _marking(shelf: str, mark: Mark, who: str, private: bool) -> Callable[[Link], None]:
    """What puts a mark on a shelf, in place of an older one. Raises StoreTrouble there."""
    owner = who if private else ""

    def job(link: Link) -> None:
        if private and not who:
            raise StoreTrouble("a private repo is kept for its account only; log in first")
        _unmark(link, shelf, mark.kind, mark.id, who)
        link.rows(
            "INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?)",
            (shelf, mark.kind, mark.id.lower(), owner, mark.id, mark.at),
        )

    return job


def _unmark(link: Link, shelf: str, kind: str, repo_id: str, who: str) -> bool:
    removed = link.rows(
        "DELETE FROM mark WHERE shelf = ? AND kind = ? AND id_lower = ? AND who IN ('', ?)"
        " RETURNING id",
        (shelf, kind, repo_id.lower(), who),
    )
    return bool(removed)
