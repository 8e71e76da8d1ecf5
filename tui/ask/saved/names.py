"""Names that the reader may mean by their beginning: stored repos, kept searches."""

from collections.abc import Iterable

from tui.ask.sources import Sources

_MOST = 500


def repos(sources: Sources, begin: str, kind: str) -> list[str]:
    """Stored ids that begin so in any case; of owners with several repos ``owner/`` alone.

    One owner's repos are named whole.
    """
    ids = sources.store.cache.ids(begin, kind, sources.who, _MOST)
    if "/" in begin or len(set(map(_owner, ids))) == 1:
        return list(ids)
    owners = [_owner(repo_id) for repo_id in ids]
    several = {owner for owner in owners if owners.count(owner) > 1 and owner.endswith("/")}
    pairs = zip(ids, owners)
    return list(dict.fromkeys(owner if owner in several else repo_id for repo_id, owner in pairs))


def authors(sources: Sources, begin: str, kind: str) -> list[str]:
    """The owners of stored repos that begin so in any case."""
    ids: Iterable[str] = sources.store.cache.ids(begin, kind, sources.who, _MOST)
    return list(dict.fromkeys(_owner(repo_id)[:-1] for repo_id in ids if "/" in repo_id))


def searches(sources: Sources) -> list[str]:
    """The names of the kept searches, the newest first."""
    queries = sorted(sources.store.library.queries(), key=lambda query: -query.at)
    return [query.name for query in queries]


def _owner(repo_id: str) -> str:
    owner, slash, _ = repo_id.partition("/")
    return f"{owner}{slash}"
