"""Keeping cache.db below its cap: the oldest answers go first, the repos' facts last."""

from tui.store.connection import Link

_ROOM = 0.9  # prune to this share of the cap, so that not every write has to
_ANSWERS = "SELECT fetched_at AS at FROM body UNION ALL SELECT fetched_at FROM list"
_FACTS = (
    "SELECT fetched_at AS at FROM repo UNION ALL SELECT seen_at FROM edge"
    " UNION ALL SELECT fetched_at FROM child_count"
)
_DROP = (
    (
        _ANSWERS,
        (
            "DELETE FROM body WHERE fetched_at <= ?",
            # a list goes whole: one without its first page is none
            "DELETE FROM list WHERE (query_key, who) IN"
            " (SELECT query_key, who FROM list WHERE fetched_at <= ?)",
        ),
    ),
    (
        _FACTS,
        (
            "DELETE FROM repo WHERE fetched_at <= ?",
            "DELETE FROM edge WHERE seen_at <= ?",
            "DELETE FROM child_count WHERE fetched_at <= ?",
        ),
    ),
)


def prune(link: Link, cap_bytes: int) -> None:
    """Drop what is oldest if the database uses more than ``cap_bytes``.

    Bodies and lists go first, oldest first, then facts; freed pages leave the file at the commit.
    Raises sqlite3.Error.
    """
    if _used(link) <= cap_bytes:
        return
    for ages, deletes in _DROP:
        while _used(link) > cap_bytes * _ROOM:
            # the oldest tenth at a time: sizes differ too much to count in rows
            ((cutoff,),) = link.rows(
                f"SELECT max(at) FROM (SELECT at FROM ({ages}) ORDER BY at"
                f" LIMIT max(1, (SELECT count(*) / 10 FROM ({ages}))))"
            )
            if cutoff is None:
                break
            for delete in deletes:
                link.rows(delete, (cutoff,))


def clear(link: Link) -> None:
    """Drop everything. Raises sqlite3.Error."""
    for table in ("body", "list", "repo", "edge", "child_count"):
        link.rows(f"DELETE FROM {table}")


def _used(link: Link) -> int:
    ((pages,),) = link.rows("PRAGMA page_count")
    ((free,),) = link.rows("PRAGMA freelist_count")
    ((size,),) = link.rows("PRAGMA page_size")
    return int((pages - free) * size)
