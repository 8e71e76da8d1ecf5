"""What the reader keeps: bookmarks, named searches, repos opened of late. Asks for nothing."""

from collections.abc import Iterable
from typing import NamedTuple

from tui.ask.sources import Sources
from tui.model import KINDS, Repo, View

SHELVES = ("bookmark", "search", "recent")


class Entry(NamedTuple):
    """One line of a shelf. ``line`` is a search's query line, ``repo`` what is stored of a repo."""

    shelf: str  # one of SHELVES
    name: str
    at: float  # seconds since 1970, UTC: when it was kept
    kind: str = "model"
    line: str | None = None
    repo: Repo | None = None


def peek(sources: Sources) -> View:
    """Every entry, shelf by shelf, the newest first in each."""
    library, who = sources.store.library, sources.who
    marks = [("bookmark", mark) for mark in library.bookmarks(who)]
    marks += [("recent", mark) for mark in library.recent(who)]
    stored = _stored(sources, {(mark.kind, mark.id) for _, mark in marks})
    entries = [
        Entry(shelf, mark.id, mark.at, mark.kind, repo=stored.get((mark.kind, mark.id)))
        for shelf, mark in marks
    ]
    entries += [Entry("search", s.name, s.at, line=s.text) for s in library.queries()]
    entries.sort(key=lambda entry: (SHELVES.index(entry.shelf), -entry.at))
    return View(rows=tuple(entries), source="cache", as_of=sources.now())


def _stored(
    sources: Sources, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Repo | None]:
    """The stored row of each repo by kind and id, hundreds of them in one read."""
    found: dict[tuple[str, str], Repo | None] = {}
    for kind in KINDS:
        ids = [repo_id for one, repo_id in wanted if one == kind]
        rows = sources.store.cache.rows(kind, ids, sources.who)
        found.update(((kind, repo_id), row) for repo_id, row in zip(ids, rows))
    return found
