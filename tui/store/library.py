"""library.db: what a person keeps. Nothing here is ever pruned but the tail of "recent".

A private repo's id is kept under the account ``who`` that may see it, and not at all without one;
reads give the account's entries and the public ones.
"""

import json
from typing import Any, NamedTuple

from tui.store.connection import Link
from tui.store.database import Database

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

    def add_bookmark(
        self, kind: str, repo_id: str, at: float, who: str = "", private: bool = False
    ) -> None:
        """Bookmark a repo; a second time only moves it to the top."""
        self._mark("bookmark", Mark(kind, repo_id, at), who, private)

    def remove_bookmark(self, kind: str, repo_id: str, who: str = "") -> None:
        """Take a bookmark away, by its id in any case."""
        self._run(
            "DELETE FROM mark WHERE shelf = 'bookmark' AND kind = ? AND id_lower = ?"
            " AND who IN ('', ?)",
            (kind, repo_id.lower(), who),
        )

    def bookmarks(self, who: str = "") -> tuple[Mark, ...]:
        """The bookmarked repos, newest first."""
        return self._marks("bookmark", who)

    def opened(
        self, kind: str, repo_id: str, at: float, who: str = "", private: bool = False
    ) -> None:
        """Note that a repo was opened; the oldest beyond RECENT_KEPT are forgotten."""
        self._mark("recent", Mark(kind, repo_id, at), who, private)
        self._run(
            "DELETE FROM mark WHERE shelf = 'recent' AND at < (SELECT at FROM mark"
            f" WHERE shelf = 'recent' ORDER BY at DESC LIMIT 1 OFFSET {RECENT_KEPT - 1})"
        )

    def recent(self, who: str = "") -> tuple[Mark, ...]:
        """The repos opened of late, newest first."""
        return self._marks("recent", who)

    def save_query(self, name: str, text: str, at: float) -> None:
        """Keep a query line under a name, in place of an older one of that name."""
        self._run("INSERT OR REPLACE INTO saved VALUES (?, ?, ?)", (name, text, at))

    def remove_query(self, name: str) -> None:
        """Forget a named query."""
        self._run("DELETE FROM saved WHERE name = ?", (name,))

    def queries(self) -> tuple[Saved, ...]:
        """The named queries, by name."""
        found = self._database.read("SELECT name, text, at FROM saved ORDER BY name")
        return tuple(Saved(*row) for row in found)

    def put_session(self, name: str, value: Any) -> None:
        """Keep one JSON value under a name. Raises TypeError where it is none."""
        self._run("INSERT OR REPLACE INTO session VALUES (?, ?)", (name, json.dumps(value)))

    def session(self, name: str) -> Any:
        """The JSON value kept under a name, None where there is none."""
        for (text,) in self._database.read("SELECT value FROM session WHERE name = ?", (name,)):
            return json.loads(text)
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
        found = self._database.read(
            "SELECT id, question, state, updated_at FROM job ORDER BY updated_at DESC, id"
        )
        return tuple(Job(row[0], row[1], json.loads(row[2]), row[3]) for row in found)

    def remove_job(self, job_id: str) -> None:
        """Forget a job, done or given up."""
        self._run("DELETE FROM job WHERE id = ?", (job_id,))

    def _mark(self, shelf: str, mark: Mark, who: str, private: bool) -> None:
        if private and not who:
            return
        lowered, owner = mark.id.lower(), who if private else ""

        def job(link: Link) -> None:
            link.rows(
                "DELETE FROM mark WHERE shelf = ? AND kind = ? AND id_lower = ? AND who IN ('', ?)",
                (shelf, mark.kind, lowered, who),
            )
            link.rows(
                "INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?)",
                (shelf, mark.kind, lowered, owner, mark.id, mark.at),
            )

        self._database.write(job)

    def _marks(self, shelf: str, who: str) -> tuple[Mark, ...]:
        found = self._database.read(
            "SELECT kind, id, max(at) FROM mark WHERE shelf = ? AND who IN ('', ?)"
            " GROUP BY kind, id_lower ORDER BY at DESC, id_lower",
            (shelf, who),
        )
        return tuple(Mark(*row) for row in found)

    def _run(self, sql: str, params: tuple[Any, ...] = ()) -> None:
        self._database.write(lambda link: link.rows(sql, params))
