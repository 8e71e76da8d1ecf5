"""What the reader keeps: bookmarks, named searches, repos opened of late. Asks for nothing.

What is to be kept, or taken away, is so once its receipt says so: the shell waits for it
(``wait``), the app lets it come (``answered``).
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tui.ask.sources import Sources
from tui.model import KINDS, BadInput, Entry, Note, Query, Repo, View
from tui.store.notes import notes

if TYPE_CHECKING:
    from tui.store.receipt import Receipt

__all__ = [
    "LISTED",
    "SHELVES",
    "Entry",
    "Receipt",
    "answered",
    "forget",
    "opened",
    "peek",
    "save",
    "searches",
    "toggle",
]

SHELVES = ("bookmark", "search", "recent")
LISTED = 100  # rows of a named search that are asked for at once
LOCAL = "local"  # the shelf of what lies on this machine; see tui.ask.take.local


def peek(sources: Sources) -> View[Entry]:
    """Every entry, shelf by shelf, the newest first in each."""
    library, who = sources.store.library, sources.who
    written = notes(library, who)
    marks = [("bookmark", mark) for mark in library.bookmarks(who)]
    marks += [("recent", mark) for mark in library.recent(who)]
    stored = _stored(sources, {(mark.kind, mark.id) for _, mark in marks})
    entries = [
        Entry(
            shelf,
            mark.id,
            mark.at,
            mark.kind,
            repo=stored.get((mark.kind, mark.id)),
            note=written.get((mark.kind, mark.id.lower()), Note()),
        )
        for shelf, mark in marks
    ]
    entries += [Entry("search", s.name, s.at, line=s.text) for s in library.queries()]
    entries.sort(key=lambda entry: (SHELVES.index(entry.shelf), -entry.at))
    return View(rows=tuple(entries), source="cache", as_of=sources.now())


def searches(sources: Sources) -> "list[tuple[str, Query]]":
    """Name and query of each named search, by name; not the ones that cannot be understood."""
    from tui.analysis.query.query_line import parse

    queries = []
    for row in sorted(sources.store.library.queries(), key=lambda row: row.name.casefold()):
        with suppress(BadInput):
            queries.append((row.name, parse(row.text)._replace(limit=LISTED)))
    return queries


def toggle(sources: Sources, repo: Repo) -> "Receipt":
    """Bookmark a repo, or take its bookmark away; the answer is whether it has one now."""
    return sources.store.library.toggle_bookmark(
        repo.kind, repo.id, sources.now(), sources.who, private=bool(repo.private)
    )


def save(sources: Sources, name: str, line: str) -> "Receipt":
    """Keep a query line under a name, in place of an older one."""
    return sources.store.library.save_query(name, line, sources.now())


def forget(sources: Sources, name: str) -> "Receipt":
    """Take a named search away; the answer is whether there was one."""
    return sources.store.library.remove_query(name)


def opened(sources: Sources, repo: Repo) -> None:
    """Keep a repo among the recent ones; a private one for its own account only."""
    if not sources.bundled:
        sources.store.library.opened(
            repo.kind, repo.id, sources.now(), sources.who, private=bool(repo.private)
        )


async def answered(receipt: "Receipt") -> Any:
    """The answer of a receipt, for a loop that goes on meanwhile. Raises StoreTrouble."""
    import asyncio

    loop, settled = asyncio.get_running_loop(), asyncio.Event()

    def call() -> None:
        with suppress(RuntimeError):  # the loop has ended; who leaves asks the store itself
            loop.call_soon_threadsafe(settled.set)

    receipt.when_settled(call)
    await settled.wait()
    return receipt.result()


def _stored(
    sources: Sources, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Repo | None]:
    """The stored row of each repo by kind and id, hundreds of them in one read."""
    stored: dict[tuple[str, str], Repo | None] = {}
    for kind in KINDS:
        ids = [repo_id for wanted_kind, repo_id in wanted if wanted_kind == kind]
        rows = sources.store.cache.rows(kind, ids, sources.who)
        stored.update(((kind, repo_id), row) for repo_id, row in zip(ids, rows))
    return stored
