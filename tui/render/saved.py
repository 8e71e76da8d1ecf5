"""The columns of what is saved."""

from tui.model.when import seconds
from tui.render import cells
from tui.render.table import Column

_SHELF_WORDS = {"bookmark": "bookmark", "search": "search", "recent": "opened"}

COLUMNS = (
    Column("shelf", "kept as", 8, lambda entry, now: _SHELF_WORDS[entry.shelf], right=False),
    Column("since", "since", 5, lambda entry, now: cells.age(entry.at, now)),
    Column(
        "id",
        "repo or search",
        24,
        lambda entry, now: entry.name if entry.line is None else f"{entry.name}: {entry.line}",
        right=False,
        elastic=True,
        role="id",
        is_id=True,
    ),
    Column("kind", "kind", 7, lambda entry, now: entry.kind, priority=3, right=False),
    Column(
        "downloads",
        "↓30d",
        5,
        lambda entry, now: cells.count(entry.repo.downloads if entry.repo else None),
        priority=1,
    ),
    Column(
        "age",
        "age",
        4,
        lambda entry, now: cells.age(seconds(entry.repo.created_at) if entry.repo else None, now),
        priority=2,
    ),
)
