"""The repos that the store knows by some of their words."""

from collections.abc import Sequence

from tui.ask.sources import Sources
from tui.model import KINDS, Repo


def repos(sources: Sources, words: Sequence[str], most: int) -> list[Repo]:
    """At most ``most`` stored repos of each kind whose ids have all of ``words``."""
    cache, who = sources.store.cache, sources.who
    return [repo for kind in KINDS for repo in cache.search(words, kind, who, most)]
