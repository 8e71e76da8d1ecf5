"""Bookmarks and saved searches, looked at anew: what changed on each since the look before."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from tui.analysis.query.query_line import RowIndex, parse
from tui.ask.lists import memory, trending
from tui.ask.repo.facts_and_files import drain
from tui.ask.saved import saved
from tui.ask.saved.saved import Entry
from tui.ask.snapshots import changes
from tui.ask.snapshots.changes import GONE, Between
from tui.ask.sources import Sources
from tui.model import BadInput, NotFound, Offline, Problem, Query, RateLimited, View
from tui.store.history import Snapshot
from tui.store.looks import looks_at

_LOOKED_AT = 100  # rows of a search, as view 1 opens it
Value = str | float | bool | None


class Changed(NamedTuple):
    """One fact that is another now; None is what is not known, or not there."""

    field: str
    before: Value
    after: Value


class Watched(NamedTuple):
    """One bookmark or search after the look. ``first``: there is no earlier look to hold it to."""

    shelf: str  # bookmark or search
    name: str
    kind: str
    changes: tuple[Changed, ...] = ()
    first: bool = False


async def stream(sources: Sources) -> AsyncIterator[View[Watched]]:
    """Views of Watched rows, one more each time; ``complete`` with the last.

    What one entry alone cannot give is a problem of the view. Raises the Problem that prevents
    every look.
    """
    entries = [entry for entry in saved.peek(sources).rows if entry.shelf in ("bookmark", "search")]
    rows: list[Watched] = []
    problems: list[Problem] = []
    view = View(rows=(), source=sources.fresh, as_of=sources.now(), complete=not entries)
    yield view
    for place, entry in enumerate(entries, 1):
        try:
            rows.append(await _look(sources, entry))
        except Problem as problem:
            problems.append(problem)
            if isinstance(problem, Offline | RateLimited):
                break
        last = place == len(entries)
        yield view._replace(rows=tuple(rows), problems=tuple(problems), complete=last)
    if entries and not rows:
        raise problems[0]
    yield view._replace(rows=tuple(rows), problems=tuple(problems), complete=not problems)


async def _look(sources: Sources, entry: Entry) -> Watched:
    watched = Watched(entry.shelf, entry.name, entry.kind)
    if entry.line is not None:
        return await _search(sources, watched, parse(entry.line)._replace(limit=_LOOKED_AT))
    return await _repo(sources, watched)


async def _repo(sources: Sources, watched: Watched) -> Watched:
    before = looks_at(sources.store.history, watched.kind, watched.name, sources.who)
    try:
        view = await drain(changes.stream(sources, watched.kind, watched.name))
    except NotFound:
        if not before:
            raise
        return watched._replace(changes=(Changed("repo", "there", "gone, or private"),))
    missing = next((problem for problem in view.problems if isinstance(problem, NotFound)), None)
    if missing is not None:
        return watched._replace(changes=(Changed("repo", "there", "gone, or private"),))
    if view.problems:
        raise view.problems[0]
    since: changes.Since = view.rows[0]
    if not before:
        return watched._replace(first=True)
    if since.before is None or since.after.at <= before[0].at:
        return watched  # no look is newer than the one before
    rows = changes.changed(before[0].detail, since.after.detail)
    return watched._replace(
        changes=tuple(
            Changed(row.field, row.values[0], row.values[1])
            for row in rows
            if row.same is False and row.field not in changes.ROLLING
        )
    )


async def _search(sources: Sources, watched: Watched, query: Query) -> Watched:
    before = _newest(sources, query)
    view = await drain(trending.stream(sources, query))
    if view.problems:
        raise view.problems[0]
    sources.store.flush(1.0)
    after = _newest(sources, query)
    if before is None or after is None:
        return watched._replace(first=True)
    if before.id == after.id:
        return watched
    between = changes.between(sources, before, after)
    return watched._replace(changes=tuple(_came_and_went(sources, query, between)))


def _newest(sources: Sources, query: Query) -> Snapshot | None:
    looks = sources.store.history.snapshots(sources.who, query.key)
    return next((look for look in looks if look.endpoint == sources.realm), None)


def _came_and_went(sources: Sources, query: Query, between: Between) -> list[Changed]:
    """The repos that are new to the search's rows, or gone from them."""
    changed = []
    for row in between.rows:
        if row.move in ("new", GONE) and _wanted(sources, query, row.id):
            new = row.move == "new"
            changed.append(Changed("row", None if new else row.id, row.id if new else None))
    return changed


def _wanted(sources: Sources, query: Query, repo_id: str) -> bool:
    """Whether the search's own terms, which the Hub knows nothing of, take this row."""
    if not query.terms:
        return True
    stored = sources.store.cache.repo(query.kind, repo_id, sources.who)
    rows = RowIndex([stored[0]] if stored else [])
    known = memory.known(sources, query)
    try:
        return bool(rows.select(query, sources.registry, sources.now(), known=known))
    except BadInput:
        return False
