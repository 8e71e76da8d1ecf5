"""The columns of what is saved."""

from typing import Any, NamedTuple

from tui.model import Repo
from tui.model.when import seconds
from tui.render import cells
from tui.render.columns import Catalogue
from tui.render.spans import cut
from tui.render.table import Column

_SHELF_WORDS = {"bookmark": "bookmark", "search": "search", "recent": "opened", "local": "on disk"}


class Shown(NamedTuple):
    """One row: an entry of a shelf, and what changed on it in words (None: nothing known)."""

    entry: Any
    changed: str | None = None


def _name(entry: Any) -> str:
    return entry.name if entry.line is None else f"{entry.name}: {entry.line}"


def has_note(entry: Any) -> bool:
    """Whether ``note`` has words."""
    return entry.size is not None or bool(entry.note.tags or entry.note.text)


def note(entry: Any) -> str:
    """The tags, then the note; of what lies on this machine its size and its sets."""
    if entry.size is not None:
        return " ".join([cells.size(entry.size), *entry.sets])
    return " ".join([*(f"#{tag}" for tag in entry.note.tags), entry.note.text]).strip()


def _of(row: Any, name: str) -> Any:
    """A field of the repo of a row; None where it is not known."""
    return getattr(row.entry.repo, name) if row.entry.repo else None


def _size(entry: Any) -> str:
    return "" if entry.size is None else cells.size(entry.size)


def _created(repo: Repo | None) -> float | None:
    return seconds(repo.created_at) if repo else None


_EVERY = (
    Column("shelf", "kept as", 8, lambda row, now: _SHELF_WORDS[row.entry.shelf], right=False),
    Column("since", "since", 5, lambda row, now: cells.age(row.entry.at, now)),
    Column(
        "id",
        "repo or search",
        24,
        lambda row, now: _name(row.entry),
        right=False,
        elastic=True,
        role="id",
        is_id=True,
    ),
    Column("note", "note", 20, lambda row, now: cut(note(row.entry), 20), 1, right=False),
    Column("kind", "kind", 7, lambda row, now: row.entry.kind, priority=4, right=False),
    Column(
        "changed",
        "news",
        7,
        lambda row, now: "changed" if row.changed else "",
        priority=5,
        right=False,
    ),
    Column(
        "downloads",
        "↓30d",
        5,
        lambda row, now: cells.count(row.entry.repo.downloads if row.entry.repo else None),
        priority=2,
    ),
    Column(
        "age",
        "age",
        4,
        lambda row, now: cells.age(_created(row.entry.repo), now),
        priority=3,
    ),
    Column("size", "size", 9, lambda row, now: _size(row.entry), 6),
    Column("likes", "♥", 5, lambda row, now: cells.count(_of(row, "likes")), 7),
    Column("task", "task", 9, lambda row, now: cells.task(_of(row, "task"), 9), 8, right=False),
    Column(
        "license", "license", 11, lambda row, now: _of(row, "license") or cells.UNKNOWN, 9, False
    ),
)
_USUAL = ("shelf", "since", "id", "note", "kind", "changed", "downloads", "age")
CATALOGUE = Catalogue(
    "saved",
    {column.key: column for column in _EVERY},
    _USUAL,
    "id",
    {
        "shelf": "why it is here",
        "since": "time since it was kept, opened or used",
        "id": "the repo or the search",
        "note": "tags and note; of what is on this machine size and sets",
        "kind": "model, dataset or Space",
        "changed": "whether it changed since an earlier look",
        "downloads": "downloads of the last 30 days",
        "age": "time since it was made",
        "size": "bytes on this machine",
        "likes": "likes",
        "task": "what it is for (pipeline tag)",
        "license": "licence",
    },
    {"kept": "shelf", "news": "changed", "repo": "id"},
)

NOTELESS = CATALOGUE._replace(usual=tuple(name for name in _USUAL if name != "note"))
