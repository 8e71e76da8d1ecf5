"""What a reader writes beside a bookmark, in library.db: a note and tags.

They stay where the bookmark is taken away by a key, and are there again with the next one: a key
pressed twice costs no words. A private repo's note is its account's, as its bookmark is.
"""

import json
from typing import TYPE_CHECKING, NamedTuple

from tui.model import Note, StoreTrouble
from tui.store.connection import Link
from tui.store.repo_text import stored_value

if TYPE_CHECKING:
    from tui.store.library import Library
    from tui.store.receipt import Receipt


class Repo(NamedTuple):
    """Which repo a note is of, and for whom it is kept."""

    kind: str
    id: str
    who: str = ""
    private: bool = False


def annotate(
    library: "Library", repo: Repo, at: float, text: str | None, tags: tuple[str, ...] | None
) -> "Receipt":
    """Bookmark a repo with a note and tags, all at once; None leaves what is there as it is."""
    marking = library.marking(repo.kind, repo.id, at, repo.who, repo.private)

    def job(link: Link) -> None:
        if repo.private and not repo.who:
            raise StoreTrouble("a private repo is kept for its account only; log in first")
        marking(link)
        before = _read(link.rows(_SELECT + _OF, _key(repo)))
        link.rows("DELETE FROM note" + _OF, _key(repo))
        after = Note(before.text if text is None else text, before.tags if tags is None else tags)
        if after != Note():
            owner = repo.who if repo.private else ""
            link.rows(
                "INSERT INTO note VALUES (?, ?, ?, ?, ?, ?)",
                (repo.kind, repo.id.lower(), owner, after.text, json.dumps(after.tags), at),
            )

    return library.keep(job)


def erase(library: "Library", repo: Repo) -> "Receipt":
    """Take a bookmark away with its note; the receipt tells whether there was either."""

    def job(link: Link) -> bool:
        marked = library.unmark(link, repo.kind, repo.id, repo.who)
        noted = link.rows("DELETE FROM note" + _OF + " RETURNING kind", _key(repo))
        return marked or bool(noted)

    return library.keep(job)


def notes(library: "Library", who: str = "") -> dict[tuple[str, str], Note]:
    """The notes that the account may see, by kind and id in lower case."""
    rows = library.rows(
        "SELECT kind, id_lower, text, tags FROM note WHERE who IN ('', ?) ORDER BY who", (who,)
    )
    return {(kind, id_lower): _read([(text, tags)]) for kind, id_lower, text, tags in rows}


_SELECT = "SELECT text, tags FROM note"
_OF = " WHERE kind = ? AND id_lower = ? AND who IN ('', ?)"


def _key(repo: Repo) -> tuple[str, str, str]:
    return repo.kind, repo.id.lower(), repo.who


def _read(rows: list[tuple[str, str]]) -> Note:
    for text, tags in rows:
        value = stored_value(tags)
        words = value if isinstance(value, list) else []
        return Note(str(text or ""), tuple(str(word) for word in words))
    return Note()
