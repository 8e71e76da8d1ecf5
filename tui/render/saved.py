"""The columns of what is saved."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from tui.model import Repo
from tui.model.when import seconds
from tui.render import cells
from tui.render.spans import cut
from tui.render.table import Column

_SHELF_WORDS = {"bookmark": "bookmark", "search": "search", "recent": "opened", "local": "on disk"}


class Shown(NamedTuple):
    """One row: an entry of a shelf, and what changed on it in words (None: nothing known)."""

    entry: Any
    changed: str | None = None


def _name(entry: Any) -> str:
    return entry.name if entry.line is None else f"{entry.name}: {entry.line}"


def note(entry: Any) -> str:
    """The tags, then the note; of what lies on this machine its size and its sets."""
    if entry.size is not None:
        return " ".join([cells.size(entry.size), *entry.sets])
    return " ".join([*(f"#{tag}" for tag in entry.note.tags), entry.note.text]).strip()


def _created(repo: Repo | None) -> float | None:
    return seconds(repo.created_at) if repo else None


COLUMNS = (
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
)


def columns(entries: Iterable[Any]) -> tuple[Column, ...]:
    """The columns for these entries: without notes there is none for them."""
    noted = any(note(entry) for entry in entries)
    return COLUMNS if noted else tuple(one for one in COLUMNS if one.key != "note")
