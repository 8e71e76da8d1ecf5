"""Repos of a census by what their ids hold: by the index of names, else by looking at each."""

from collections.abc import Iterable, Sequence

from tui.ask.census.conditions import PLAIN
from tui.ask.census.held import Held
from tui.model import Repo
from tui.model.query import loosely
from tui.store.census.hits import MATCH, Named
from tui.store.census.reader import ROWS

_BY_NAME = (
    "trigram CROSS JOIN repo r ON r.rank = trigram.rowid CROSS JOIN author a ON a.id = r.author"
)
_LEAST = 3  # characters that the index of names knows
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-./"  # of ids, as they are indexed


def holding(held: Held, words: Iterable[str]) -> Named:
    """Ids that hold every word, in any case and with ``_`` for ``-``, in the order of downloads.

    The index knows parts of three characters; its numbers are ranks, so the first rows are found
    first. What it finds holds the parts of a word; whether the word is looked at.
    """
    wanted = [word for word in loosely(words) if word]
    terms = {word[at : at + _LEAST] for word in wanted for at in range(len(word) - _LEAST + 1)}
    looked = [word for word in wanted if len(word) != _LEAST or not indexed(held)]
    clauses = [f"instr({PLAIN}, ?) > 0" for _ in looked]
    asked = " AND ".join(map(_quoted, sorted(terms)))
    if not asked and any(len(word) == _LEAST - 1 for word in wanted):
        asked = " AND ".join(map(_longer, (word for word in wanted if len(word) == _LEAST - 1)))
    if not asked or not indexed(held) or _stands_alone(held, wanted):
        return Named(ROWS, " AND ".join(clauses) or "1", tuple(looked))
    where = " AND ".join([MATCH, *clauses])
    return Named(_BY_NAME, where, (asked, *looked), "trigram.rowid")


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _longer(word: str) -> str:
    """Every part of three that an id can have before or behind these two characters."""
    parts = {part for letter in _LETTERS for part in (word + letter, letter + word)}
    return f"({' OR '.join(map(_quoted, sorted(parts)))})"


def _stands_alone(held: Held, words: Iterable[str]) -> bool:
    """Whether an id is so short that the index knows no part of it, and one of the words."""
    short = [word for word in words if len(word) < _LEAST]
    return any(held.census.find(word) is not None for word in short)


def indexed(held: Held) -> bool:
    """Say whether the index of names is made."""
    return held.census.meta.get("names") == "yes"


def first(held: Held, words: Sequence[str], limit: int) -> list[tuple[int, Repo]]:
    """The most downloaded repos whose ids hold every word, with their ranks."""
    asked = holding(held, words)
    sql = f"WHERE {asked.where} ORDER BY {asked.number} LIMIT ?"
    return held.census.repos(sql, (*asked.params, limit), asked.tables)


def containing(held: Held, word: str, apart: frozenset[str]) -> int:
    """The number of repos whose name, behind its namespace, holds a word; without ``apart``'s."""
    asked = holding(held, [word])
    marks = ", ".join("?" * len(apart))
    sql = (
        f"SELECT COUNT(*) FROM {asked.tables} WHERE {asked.where} AND instr(lower(r.name), ?) > 0"
        f" AND lower(a.name) NOT IN ({marks})"
    )
    ((count,),) = held.census.ask(sql, (*asked.params, word.lower(), *sorted(apart)))
    return int(count)
