"""What a database is made of, and how a file gets there: journal, versions, steps forward."""

from typing import NamedTuple

from tui.model import StoreTrouble
from tui.store.connection import Link

_WAL_KEPT = 16 * 1024 * 1024  # bytes of log left on disk after a checkpoint


class Plan(NamedTuple):
    """What a database is. ``steps[n]`` holds the statements that lead from version n to n + 1."""

    name: str
    title: str  # how a notice calls it
    steps: tuple[tuple[str, ...], ...]
    disposable: bool = False  # can be fetched again: one file per host, no wait for the disk


def set_journal(link: Link, plan: Plan, wal: bool) -> bool:
    """Choose how ``link`` writes; False where write-ahead logging is not wanted or not to be had.

    A file of a newer version is not touched. Raises as ``upgrade``.
    """
    if _version(link, plan) == 0:
        # Of effect only before the journal mode writes the first page. Not INCREMENTAL: that one
        # frees a page a step, and Python takes a single step of a statement without columns.
        link.rows("PRAGMA auto_vacuum=FULL")
    if plan.disposable:
        link.rows("PRAGMA synchronous=NORMAL")
    if wal and link.rows("PRAGMA journal_mode=WAL") == [("wal",)]:
        link.rows(f"PRAGMA journal_size_limit={_WAL_KEPT}")
        return True
    link.rows("PRAGMA journal_mode=TRUNCATE")
    return False


def upgrade(link: Link, plan: Plan, make: bool) -> bool:
    """Bring the file to our version; False where it is empty and we are not to ``make`` it.

    Raises StoreTrouble where it is of a newer version, sqlite3.Error as SQLite does.
    """
    version = _version(link, plan)
    if version == len(plan.steps) or (version == 0 and not make):
        return version > 0
    link.transact(lambda link: _step(link, plan))
    return True


def _step(link: Link, plan: Plan) -> None:
    # the version is read again: another process may have gone forward while this one waited
    for step in plan.steps[_version(link, plan) :]:
        for statement in step:
            link.rows(statement)
    link.rows(f"PRAGMA user_version={len(plan.steps)}")


def _version(link: Link, plan: Plan) -> int:
    ((version,),) = link.rows("PRAGMA user_version")
    if version > len(plan.steps):
        raise StoreTrouble(
            f"{plan.title} was made by a newer hubscope; going on without it, upgrade to use it"
        )
    return int(version)
