"""What is kept on disk: cache.db (can be lost), library.db and history.db (never pruned).

Names are imported on first use: a start that only asks where the files are must not pay for
SQLite.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.store.answers import Body, ChildCount, Edges
    from tui.store.cache import Cache, Listed, StoredList
    from tui.store.history import History, Member, Point, Snapshot
    from tui.store.library import Job, Library, Mark, Saved
    from tui.store.paths import Home, home
    from tui.store.store import Store

_ROOMS = {
    "answers": ("Body", "ChildCount", "Edges"),
    "cache": ("Cache", "Listed", "StoredList"),
    "history": ("History", "Member", "Point", "Snapshot"),
    "library": ("Job", "Library", "Mark", "Saved"),
    "paths": ("Home", "home"),
    "store": ("Store",),
}

__all__ = [
    "Body",
    "Cache",
    "ChildCount",
    "Edges",
    "History",
    "Home",
    "Job",
    "Library",
    "Listed",
    "Mark",
    "Member",
    "Point",
    "Saved",
    "Snapshot",
    "Store",
    "StoredList",
    "home",
]


def __getattr__(name: str) -> Any:
    for room, names in _ROOMS.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(f"tui.store.{room}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
