"""Repos of a census by what their ids hold: by the index of names, else by looking at each."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.ask.census.held import Held
from tui.model import Repo
from tui.store.census.reader import ROWS

_ID = "CASE WHEN a.name = '' THEN r.name ELSE a.name || '/' || r.name END"
_BY_NAME = (
    "trigram CROSS JOIN repo r ON r.rank = trigram.rowid CROSS JOIN author a ON a.id = r.author"
)
_LEAST = 3  # characters that the index of names knows


class Holding(NamedTuple):
    """A question for the ids that hold some words: its tables, its condition, its values."""

    tables: str
    where: str
    params: tuple[str, ...]


def holding(held: Held, words: Iterable[str]) -> Holding:
    """Ids that hold every word, in any case, in the order of downloads.

    The index knows words of three characters and more; its numbers are ranks, so the first rows
    are found first. What it finds holds the parts of a word; whether the word is looked at.
    """
    wanted = [word.lower() for word in words if word]
    terms = {word[at : at + _LEAST] for word in wanted for at in range(len(word) - _LEAST + 1)}
    clauses = [f"{_ID} LIKE ? ESCAPE '\\'" for _ in wanted]
    params = [f"%{_escaped(word)}%" for word in wanted]
    if not terms or not indexed(held):
        return Holding(ROWS, " AND ".join(clauses) or "1", tuple(params))
    quoted = " AND ".join('"' + term.replace('"', '""') + '"' for term in sorted(terms))
    return Holding(_BY_NAME, " AND ".join(["trigram MATCH ?", *clauses]), (quoted, *params))


def indexed(held: Held) -> bool:
    """Say whether the index of names is made."""
    return held.census.meta.get("names") == "yes"


def first(held: Held, words: Sequence[str], limit: int) -> list[tuple[int, Repo]]:
    """The most downloaded repos whose ids hold every word, with their ranks."""
    asked = holding(held, words)
    order = "trigram.rowid" if asked.tables is _BY_NAME else "r.rank"
    sql = f"WHERE {asked.where} ORDER BY {order} LIMIT ?"
    return held.census.repos(sql, (*asked.params, limit), asked.tables)


def containing(held: Held, word: str, apart: frozenset[str]) -> int:
    """The number of repos whose name, behind its namespace, holds a word; without ``apart``'s."""
    asked = holding(held, [word])
    marks = ", ".join("?" * len(apart))
    sql = (
        f"SELECT COUNT(*) FROM {asked.tables} WHERE {asked.where} AND r.name LIKE ? ESCAPE '\\'"
        f" AND lower(a.name) NOT IN ({marks})"
    )
    found = held.census.ask(sql, (*asked.params, f"%{_escaped(word)}%", *sorted(apart)))
    return int(found[0][0])


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
