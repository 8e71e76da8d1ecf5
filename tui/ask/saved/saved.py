"""What the reader keeps: bookmarks, named searches, repos opened of late. Asks for nothing."""

from typing import NamedTuple

from tui.ask.sources import Sources
from tui.model import Repo, View

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
    entries = [
        Entry(shelf, mark.id, mark.at, mark.kind, repo=_stored(sources, mark.kind, mark.id))
        for shelf, mark in marks
    ]
    entries += [Entry("search", s.name, s.at, line=s.text) for s in library.queries()]
    entries.sort(key=lambda entry: (SHELVES.index(entry.shelf), -entry.at))
    return View(rows=tuple(entries), source="cache", as_of=sources.now())


def _stored(sources: Sources, kind: str, repo_id: str) -> Repo | None:
    found = sources.store.cache.repo(kind, repo_id, sources.who)
    return found[0] if found else None
