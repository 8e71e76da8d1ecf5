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

    def _lists(self, found: list[ListPage], rows: _Newest) -> None:
        for key in dict.fromkeys(page.key for page in found):
            stored = self._cache.list(key, "")
            listed = sorted((page for page in found if page.key == key), key=lambda one: one.page)
            if stored is not None and stored.fetched_at >= min(page.at for page in listed):
                self._older += len(listed)
                continue
            kind = key.partition("&")[0]
            for page in listed:
                named = [rows.get((kind, one.lower())) for one in page.ids]
                repos = [held[0] for held in named if held]
                self._cache.put_list(key, kind, "", page.page, repos, page.next, page.at)

    def _pages(self, found: list[KeptPage]) -> None:
        for name in dict.fromkeys(page.name for page in found):
            stored = pages.stored(self._sources, name)
            listed = [page for page in found if page.name == name]
            if stored is not None and stored.at >= min(page.at for page in listed):
                self._older += len(listed)
                continue
            for page in listed:
                one = Pages(page.rows, page.at, page.next, 1, (page.url,))
                pages.keep(self._sources, name, page.page, one)

    def _counts(self, value: Counts) -> None:
        stored = self._cache.child_counts(value.parent, "")
        if stored is not None and stored.fetched_at >= value.at:
            self._older += 1
        else:
            self._cache.put_child_counts(value.parent, value.counts, "", value.at)

    def _edges(self, found: list[Seen]) -> None:
        by_child: dict[str, list[Seen]] = {}
        for one in found:
            by_child.setdefault(one.edge.child.lower(), []).append(one)
        for child, seen in by_child.items():
            stored, at = self._cache.edges(child, ""), max(one.at for one in seen)
            if stored.seen_at is not None and stored.seen_at >= at:
                self._older += len(seen)
            else:
                self._cache.put_edges([one.edge for one in seen], "", at)
