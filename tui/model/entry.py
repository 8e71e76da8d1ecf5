"""What a reader keeps of the Hub: one bookmark, named search or repo opened of late."""

from typing import NamedTuple

from tui.model.repo import Repo


class Note(NamedTuple):
    """A text of one line, "" for none, and tags in the order in which they were given."""

    text: str = ""
    tags: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One kept entry. ``line`` is a search's query line, ``repo`` what is stored of a repo."""

    shelf: str  # "bookmark", "search", "recent" or "local"
    name: str
    at: float  # seconds since 1970, UTC: when it was kept
    kind: str = "model"
    line: str | None = None
    repo: Repo | None = None
    note: Note = Note()  # of a bookmark
    size: int | None = None  # bytes, of what lies on this machine
    sets: tuple[str, ...] = ()  # its sets of weights there
