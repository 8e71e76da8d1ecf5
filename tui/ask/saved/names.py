"""Names that the reader may mean by their beginning: stored repos, kept searches."""

from collections.abc import Iterable

from tui.ask.sources import Sources

_MOST = 500


def repos(sources: Sources, begin: str, kind: str) -> list[str]:
    """Stored ids that begin so in any case; of owners with several repos ``owner/`` alone.

    One owner's repos are named whole.
    """
    found = sources.store.cache.ids(begin, kind, sources.who, _MOST)
    if "/" in begin or len(set(map(_owner, found))) == 1:
        return list(found)
    owners = [_owner(repo_id) for repo_id in found]
    several = {owner for owner in owners if owners.count(owner) > 1 and owner.endswith("/")}
    pairs = zip(found, owners)
    return list(dict.fromkeys(owner if owner in several else one for one, owner in pairs))


def authors(sources: Sources, begin: str, kind: str) -> list[str]:
    """The owners of stored repos that begin so in any case."""
    found: Iterable[str] = sources.store.cache.ids(begin, kind, sources.who, _MOST)
    return list(dict.fromkeys(_owner(one)[:-1] for one in found if "/" in one))


def searches(sources: Sources) -> list[str]:
    """The names of the kept searches, the newest first."""
    kept = sorted(sources.store.library.queries(), key=lambda one: -one.at)
    return [one.name for one in kept]


def _owner(repo_id: str) -> str:
    owner, slash, _ = repo_id.partition("/")
    return f"{owner}{slash}"
