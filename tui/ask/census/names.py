"""Repos of a census by what their ids hold: by the index of names, else by looking at each."""

from collections.abc import Iterable

from tui.ask.census.held import Held

_ID = "CASE WHEN a.name = '' THEN r.name ELSE a.name || '/' || r.name END"
_LEAST = 3  # characters that the index of names knows


def matching(words: Iterable[str]) -> tuple[str, list[str]]:
    """The end of a question about ``r`` and ``a``: ids that hold every word, in any case."""
    wanted = [word.lower() for word in words if word]
    terms = {word[at : at + _LEAST] for word in wanted for at in range(len(word) - _LEAST + 1)}
    clauses = [f"{_ID} LIKE ? ESCAPE '\\'" for _ in wanted]
    params = [f"%{_escaped(word)}%" for word in wanted]
    if terms:
        quoted = " AND ".join('"' + term.replace('"', '""') + '"' for term in sorted(terms))
        clauses.insert(0, "r.rank IN (SELECT rowid FROM trigram WHERE trigram MATCH ?)")
        params.insert(0, quoted)
    return " AND ".join(clauses) or "1", params


def indexed(held: Held) -> bool:
    """Say whether the index of names is made."""
    return held.census.meta.get("names") == "yes"


def containing(held: Held, word: str, apart: frozenset[str]) -> int:
    """The number of repos whose name, behind its namespace, holds a word; without ``apart``'s."""
    clause, params = matching([word]) if indexed(held) else ("1", [])
    marks = ", ".join("?" * len(apart))
    sql = (
        "SELECT COUNT(*) FROM repo r JOIN author a ON a.id = r.author"
        f" WHERE {clause} AND r.name LIKE ? ESCAPE '\\' AND lower(a.name) NOT IN ({marks})"
    )
    found = held.census.ask(sql, (*params, f"%{_escaped(word)}%", *sorted(apart)))
    return int(found[0][0])


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
