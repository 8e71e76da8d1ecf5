"""Stored repos by where they stand, most downloaded first: eight bytes each until they are read."""

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from tui.model import Repo
from tui.store.answers import BOUND_AT_ONCE
from tui.store.database import Database
from tui.store.repo_text import read_repo


class Ranked(NamedTuple):
    """Rows by their numbers, read some hundreds at a time."""

    database: Database
    numbers: "array[int]"

    def names(self) -> Iterator[str | None]:
        """The ids; None for one that is gone."""
        for part in self._parts():
            yield from map(dict(self._read("id", part)).get, part)

    def each(self, held: Collection[str] = ()) -> Iterator[tuple[str, Repo | None]]:
        """The repos that are there with their ids; None for those of ``held``, in lower case."""
        for part in self._parts():
            names = dict(self._read("id", part))
            wanted = [number for number, name in names.items() if name.lower() not in held]
            repos = {number: read_repo(text) for number, text in self._read("facts", wanted)}
            yield from ((names[number], repos.get(number)) for number in part if number in names)

    def at(self, places: Iterable[int]) -> "Ranked":
        """Only those at these places."""
        return self._replace(numbers=array("q", (self.numbers[place] for place in places)))

    def _parts(self) -> "Iterator[array[int]]":
        for start in range(0, len(self.numbers), BOUND_AT_ONCE):
            yield self.numbers[start : start + BOUND_AT_ONCE]

    def _read(self, column: str, numbers: Sequence[int]) -> Sequence[tuple[int, Any]]:
        if not numbers:
            return ()
        marks = ",".join("?" * len(numbers))
        return self.database.read(
            f"SELECT rowid, {column} FROM repo WHERE rowid IN ({marks})", tuple(numbers)
        )


def ranked(database: Database, words: Iterable[str], kind: str, who: str, limit: int) -> Ranked:
    """The rows of a kind whose id holds every word, in any case."""
    wanted = [word.lower() for word in words]
    holds = "".join(" AND instr(id_lower, ?)" for _ in wanted)
    lines = database.read(
        # The rows are chosen by their short columns; max() picks the newer of a public row and
        # the account's. One text: thousands of small values would leave holes in memory.
        "SELECT group_concat(number) FROM (SELECT rowid AS number, max(fetched_at) FROM repo"
        f" WHERE kind = ? AND who IN ('', ?){holds} GROUP BY id_lower"
        " ORDER BY downloads DESC, id_lower LIMIT ?)",
        (kind, who, *wanted, limit),
    )
    text = lines[0][0] if lines else None
    return Ranked(database, array("q", map(int, text.split(",")) if text else ()))
