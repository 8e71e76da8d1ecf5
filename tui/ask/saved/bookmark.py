"""A bookmark with a note and tags, kept or taken away in so many words."""

from typing import TYPE_CHECKING

from tui.ask.repo import card
from tui.ask.repo.facts_and_files import drain
from tui.ask.sources import Sources
from tui.model import Note, NotFound, Problem, Repo
from tui.store import notes

if TYPE_CHECKING:
    from tui.store.receipt import Receipt


async def known(sources: Sources, kind: str, repo_id: str) -> Repo:
    """The repo as the Hub names it, else as the store does, else as it was typed.

    Raises NotFound where the Hub has none of this id.
    """
    stored = card.peek(sources, kind, repo_id)
    known_card = stored.rows[0] if stored else None
    if not sources.offline:
        try:
            known_card = (await drain(card.stream(sources, kind, repo_id, readme=False))).rows[0]
        except NotFound:
            raise
        except Problem as problem:
            sources.tell(f"{str(problem).partition(';')[0]}; {repo_id} is kept as it was typed")
    repo = known_card and (known_card.detail.repo if known_card.detail else known_card.repo)
    return repo or Repo(repo_id, kind)


def note(sources: Sources, repo: Repo) -> Note:
    """What is written beside it; an empty note where nothing is."""
    written = notes.notes(sources.store.library, sources.who)
    return written.get((repo.kind, repo.id.lower()), Note())


def keep(sources: Sources, repo: Repo, text: str | None, tags: tuple[str, ...] | None) -> "Receipt":
    """Bookmark it; a note or tags of None leave those that are there."""
    return notes.annotate(sources.store.library, _of(sources, repo), sources.now(), text, tags)


def forget(sources: Sources, kind: str, repo_id: str) -> "Receipt":
    """Take a bookmark away with its note; the answer is whether there was either."""
    marked = notes.Repo(kind, repo_id, sources.who)
    return notes.erase(sources.store.library, marked)


def _of(sources: Sources, repo: Repo) -> notes.Repo:
    """Not known to be public, with a login: it is the account's."""
    private = repo.private is not False and sources.token is not None
    return notes.Repo(repo.kind, repo.id, sources.who, private or bool(repo.private))
