"""Dated looks at single repos, in history.db: what their pages said, to be compared later."""

from typing import NamedTuple

from tui.model import Detail
from tui.store.connection import Link
from tui.store.history import History
from tui.store.repo_text import detail_text, read_detail

_SAME_LOOK = 600.0  # seconds within which an unchanged page is the same look


class RepoLook(NamedTuple):
    """What a repo's page said at a moment."""

    detail: Detail
    at: float  # seconds since 1970, UTC


def add_look(history: History, detail: Detail, who: str, at: float) -> None:
    """Keep a look at a repo, a private one under its account and without one not at all.

    The configuration and the Spaces are left out. A look within 10 minutes of the newest one that
    says the same is that one, and not kept.
    """
    repo = detail.repo
    if repo.private and not who:
        return
    owner = who if repo.private else ""
    text = detail_text(detail._replace(config=None, spaces=()))
    key = (repo.kind, repo.id.lower(), owner)

    def job(link: Link) -> None:
        newest = link.rows(
            "SELECT at, facts FROM look WHERE kind = ? AND id_lower = ? AND who = ?"
            " ORDER BY at DESC LIMIT 1",
            key,
        )
        if not newest or abs(at - newest[0][0]) >= _SAME_LOOK or newest[0][1] != text:
            link.rows("INSERT INTO look VALUES (?, ?, ?, ?, ?)", (*key, at, text))

    history._database.write(job)


def looks_at(history: History, kind: str, repo_id: str, who: str) -> tuple[RepoLook, ...]:
    """The looks at a repo that the account may see, newest first."""
    lines = history._database.read(
        "SELECT facts, at FROM look WHERE kind = ? AND id_lower = ? AND who IN ('', ?)"
        " ORDER BY at DESC, rowid DESC",
        (kind, repo_id.lower(), who),
    )
    read = ((read_detail(text), at) for text, at in lines)
    return tuple(RepoLook(detail, at) for detail, at in read if detail is not None)
