"""The files that the store lies in: where, how large, and what may be dropped of them."""

from tui.ask.sources import Sources
from tui.model import View


def peek(sources: Sources) -> View[tuple[str, int, str]]:
    """Path, bytes on disk (0: not made yet) and contents in words, of each file."""
    return View(rows=sources.store.files(), source="cache", as_of=None)


def prune(sources: Sources, most: int) -> None:
    """Keep the newest answers within ``most`` bytes. Raises StoreTrouble where that failed."""
    sources.store.cache.prune(most)
    sources.store.confirm()


def clear(sources: Sources) -> None:
    """Drop all answers. Raises StoreTrouble where that failed."""
    sources.store.cache.clear()
    sources.store.confirm()
