"""Putting the values of a snapshot file into the store, each only where it is newer."""

from collections.abc import Iterable, Sequence

from tui.ask.calls import pages
from tui.ask.calls.pages import Pages
from tui.ask.snapshots.lines import Counts, KeptPage, ListPage, Look, RepoLine, Seen, Value
from tui.ask.sources import Sources
from tui.model import Repo
from tui.store import dump
from tui.store.history import Point

_Newest = dict[tuple[str, str], tuple[Repo, float]]  # by kind and id in lower case


class Keeper:
    """Puts values into the store, each only where it is newer than what is there."""

    def __init__(self, sources: Sources) -> None:
        self._cache = sources.store.cache
        self._history = sources.store.history
        self._sources = sources
        self._older = 0

    def keep(self, values: Sequence[Value]) -> int:
        """Keep what is newer; say how many were not."""
        rows = self._rows(value for value in values if isinstance(value, RepoLine))
        self._lists([value for value in values if isinstance(value, ListPage)], rows)
        by_age: dict[float, list[Repo]] = {}
        for repo, at in rows.values():
            by_age.setdefault(at, []).append(repo)
        for at, repos in by_age.items():
            self._cache.put_repos(repos, "", at)
        self._pages([value for value in values if isinstance(value, KeptPage)])
        for value in values:
            if isinstance(value, Counts):
                self._counts(value)
            elif isinstance(value, Look):
                dump.restore(self._history, value.snapshot, value.members)
        self._history.add_points(value for value in values if isinstance(value, Point))
        self._edges([value for value in values if isinstance(value, Seen)])
        return self._older

    def _rows(self, imported: Iterable[RepoLine]) -> _Newest:
        """Of each row the newer: the file's or the stored one."""
        newest: _Newest = {}
        for row in imported:
            key = (row.repo.kind, row.repo.id.lower())
            held = newest.get(key) or self._cache.repo(*key, "")
            if held is not None and held[1] >= row.at:
                newest[key] = held
                self._older += 1
            else:
                newest[key] = (row.repo, row.at)
        return newest

    def _lists(self, list_pages: list[ListPage], rows: _Newest) -> None:
        for key in dict.fromkeys(page.key for page in list_pages):
            stored = self._cache.list(key, "")
            listed = sorted(
                (page for page in list_pages if page.key == key), key=lambda page: page.page
            )
            if stored is not None and stored.fetched_at >= min(page.at for page in listed):
                self._older += len(listed)
                continue
            kind = key.partition("&")[0]
            for page in listed:
                stored_rows = [rows.get((kind, repo_id.lower())) for repo_id in page.ids]
                repos = [row[0] for row in stored_rows if row]
                self._cache.put_list(key, kind, "", page.page, repos, page.next, page.at)

    def _pages(self, kept_pages: list[KeptPage]) -> None:
        for name in dict.fromkeys(page.name for page in kept_pages):
            stored = pages.stored(self._sources, name)
            listed = [page for page in kept_pages if page.name == name]
            if stored is not None and stored.at >= min(page.at for page in listed):
                self._older += len(listed)
                continue
            for page in listed:
                single = Pages(page.rows, page.at, page.next, 1, (page.url,))
                pages.keep(self._sources, name, page.page, single)

    def _counts(self, value: Counts) -> None:
        stored = self._cache.child_counts(value.parent, "")
        if stored is not None and stored.fetched_at >= value.at:
            self._older += 1
        else:
            self._cache.put_child_counts(value.parent, value.counts, "", value.at)

    def _edges(self, entries: list[Seen]) -> None:
        by_child: dict[str, list[Seen]] = {}
        for entry in entries:
            by_child.setdefault(entry.edge.child.lower(), []).append(entry)
        for child, of_child in by_child.items():
            stored, at = self._cache.edges(child, ""), max(entry.at for entry in of_child)
            if stored.seen_at is not None and stored.seen_at >= at:
                self._older += len(of_child)
            else:
                self._cache.put_edges([entry.edge for entry in of_child], "", at)
