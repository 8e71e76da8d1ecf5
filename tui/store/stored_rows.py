"""The stored repos: by their ids, by words of them, the most downloaded first.

``who`` is as ``Cache`` has it: an account's rows are merged with the public ones, the newer first.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.model import Detail, Repo
from tui.store.answers import BOUND_AT_ONCE, Answers
from tui.store.repo_text import read_detail, read_repo


class StoredRows(Answers):
    """What is stored of repos, read."""

    __slots__ = ()

    def rows(self, kind: str, ids: Sequence[str], who: str) -> tuple[Repo | None, ...]:
        """The stored repo of each id, in the order of ``ids``; None where there is none."""
        among = self._among("id_lower, facts", kind, ids, who)
        by_id = {name: read_repo(text) for name, text in among}
        return tuple(by_id.get(repo_id.lower()) for repo_id in ids)

    def stored(self, kind: str, ids: Sequence[str], who: str) -> set[str]:
        """Which of these ids have a row, in lower case. No row is read."""
        return {name for (name,) in self._among("id_lower", kind, ids, who)}

    def _among(
        self, columns: str, kind: str, ids: Sequence[str], who: str
    ) -> Iterator[tuple[Any, ...]]:
        """Columns of the rows of these ids, some hundreds in one read; of an id the newest last."""
        for start in range(0, len(ids), BOUND_AT_ONCE):
            part = [repo_id.lower() for repo_id in ids[start : start + BOUND_AT_ONCE]]
            yield from self._database.read(
                f"SELECT {columns} FROM repo WHERE kind = ?"
                f" AND id_lower IN ({','.join('?' * len(part))}) AND who IN ('', ?)"
                " ORDER BY fetched_at",
                (kind, *part, who),
            )

    def repo(self, kind: str, repo_id: str, who: str) -> tuple[Repo, float] | None:
        """A repo and when it was fetched, by its id in any case; None where it is not stored."""
        for text, fetched_at in self._one(kind, repo_id, who, "facts, fetched_at"):
            if (row := read_repo(text)) is not None:
                return row, fetched_at
        return None

    def detail(self, kind: str, repo_id: str, who: str) -> tuple[Detail, float] | None:
        """A repo's detail and when it was fetched; None where none is stored."""
        for text, fetched_at in self._one(kind, repo_id, who, "detail, detail_at"):
            if text and (detail := read_detail(text)) is not None:
                return detail, fetched_at
        return None

    def search(
        self,
        words: Iterable[str],
        kind: str,
        who: str,
        limit: int,
        known: Mapping[str, Repo] | None = None,
    ) -> tuple[Repo, ...]:
        """Stored repos whose id holds every word, in any case, most downloaded first.

        Repos in ``known``, by their ids in lower case, are taken from there and not read.
        """
        held = known or {}
        ranked = self.each(self.ranked(words, kind, who, limit), held)
        rows = (held.get(repo_id.lower()) or row for repo_id, row in ranked)
        return tuple(row for row in rows if row is not None)

    def ranked(self, words: Iterable[str], kind: str, who: str, limit: int) -> "array[int]":
        """Where the same rows stand; nothing of them is read, eight bytes each are held."""
        wanted = [word.lower() for word in words]
        holds = "".join(" AND instr(id_lower, ?)" for _ in wanted)
        lines = self._database.read(
            # The rows are chosen by their short columns; max() picks the newer of a public row
            # and the account's. One text: thousands of small values would leave holes behind.
            "SELECT group_concat(at) FROM (SELECT rowid AS at, max(fetched_at) FROM repo"
            f" WHERE kind = ? AND who IN ('', ?){holds} GROUP BY id_lower"
            " ORDER BY downloads DESC, id_lower LIMIT ?)",
            (kind, who, *wanted, limit),
        )
        text = lines[0][0] if lines else None
        return array("q", map(int, text.split(","))) if text else array("q")

    def names(self, rowids: "array[int]") -> Iterator[str | None]:
        """The ids of rows by where they stand; None for one that is gone."""
        for start in range(0, len(rowids), BOUND_AT_ONCE):
            part = rowids[start : start + BOUND_AT_ONCE]
            yield from map(dict(self._at("rowid, id", part)).get, part)

    def each(
        self, rowids: "array[int]", held: Collection[str] = ()
    ) -> Iterator[tuple[str, Repo | None]]:
        """Rows with their ids, by where they stand, some hundreds in memory at once.

        None for those of ``held``, ids in lower case: they are not read.
        """
        for start in range(0, len(rowids), BOUND_AT_ONCE):
            part = rowids[start : start + BOUND_AT_ONCE]
            names = dict(self._at("rowid, id", part))
            wanted = [at for at, repo_id in names.items() if repo_id.lower() not in held]
            read = {at: read_repo(text) for at, text in self._at("rowid, facts", wanted)}
            yield from ((names[at], read.get(at)) for at in part if at in names)

    def ids(self, begin: str, kind: str, who: str, limit: int) -> tuple[str, ...]:
        """Stored ids that begin with ``begin`` in any case, most downloaded first."""
        lower = begin.lower()
        lines = self._database.read(
            "SELECT id FROM repo WHERE kind = ? AND id_lower >= ? AND id_lower < ?"
            " AND who IN ('', ?) GROUP BY id_lower ORDER BY downloads DESC, id_lower LIMIT ?",
            (kind, lower, f"{lower}\U0010ffff", who, limit),
        )
        return tuple(repo_id for (repo_id,) in lines)

    def _at(self, columns: str, rowids: Sequence[int]) -> Sequence[tuple[Any, ...]]:
        """Columns of some hundreds of rows at most, by where they stand."""
        if not rowids:
            return ()
        marks = ",".join("?" * len(rowids))
        return self._database.read(
            f"SELECT {columns} FROM repo WHERE rowid IN ({marks})", tuple(rowids)
        )

    def _one(self, kind: str, repo_id: str, who: str, columns: str) -> Sequence[tuple[Any, ...]]:
        return self._database.read(
            f"SELECT {columns} FROM repo WHERE kind = ? AND id_lower = ? AND who IN ('', ?)"
            " ORDER BY fetched_at DESC",
            (kind, repo_id.lower(), who),
        )
