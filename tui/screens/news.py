"""What changed on bookmarks, for every page that lists repos."""

import asyncio
from collections.abc import Sequence

from tui.ask.sources import Sources
from tui.model import Repo, Row


class News:
    """The changes as far as they were looked up; looked up anew when a list comes in sight."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, str], str] = {}  # by kind and id in lower case

    def of(self, repo: Repo | None) -> str:
        """What changed on a repo, in words; "" where nothing is known to have."""
        return "" if repo is None else self._words.get((repo.kind, repo.id.lower()), "")

    def marked(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows, with a mark on those that changed and on no other."""
        if not self._words and not any(row.changed for row in rows):
            return rows
        changed = [bool(self.of(row.repo)) for row in rows]
        if all(row.changed == mark for row, mark in zip(rows, changed)):
            return rows
        return tuple(row._replace(changed=mark) for row, mark in zip(rows, changed))

    async def look(self, sources: Sources) -> None:
        """Look them up, off the loop."""
        from tui.ask.saved import news

        self._words = await asyncio.to_thread(news.peek, sources)
