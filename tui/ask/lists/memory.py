"""What the store knows for a question about fitting: sets of weights, caches, this machine."""

from collections.abc import Iterator
from functools import cached_property

from tui.analysis.memory import dtype_counts, kv_cache
from tui.analysis.memory.kv_cache import Cache
from tui.analysis.memory.variants import Variant, variants
from tui.analysis.query import fits
from tui.ask.machine import probe
from tui.ask.repo import files, fit
from tui.ask.sources import Sources
from tui.model import BadInput, Query, Repo

ASKED = ("fits", "quant")  # the fields that look at more than the row


def known(sources: Sources, query: Query) -> fits.Known:
    """What ``fits:`` and ``quant:`` may look at beside the rows; nothing where neither is asked.

    Only what is at hand: files and config.json of models that were opened, children that were
    listed, and the machine's memory as the settings or its drivers told it. Runs no tool.
    """
    asked = any(term.field in ASKED for term in query.terms)
    return AtHand(sources).known if asked else fits.NOTHING


def ready(sources: Sources, query: Query) -> bool:
    """Whether the memory that ``fits:here`` means is known, where it is asked for."""
    return not _asks_here(query) or probe.room(sources) is not None


def find(sources: Sources, query: Query) -> None:
    """Find out what ``ready`` lacks: drivers may take seconds, so not on the event loop.

    Raises BadInput where this machine does not tell its memory.
    """
    if not ready(sources, query) and probe.peek(sources).rows[0].room is None:
        raise BadInput(fits.NO_MEMORY)


async def prepare(sources: Sources, query: Query) -> None:
    """``find``, on a thread of its own: the event loop goes on. Raises as it does."""
    if not ready(sources, query):
        from asyncio import to_thread

        await to_thread(find, sources, query)


def _asks_here(query: Query) -> bool:
    asked = [term.value for term in query.terms if term.field == "fits"]
    return any(fits.HERE in value.split(",") for value in asked)


class AtHand:
    """What the store has of files, quantized children and config.json; each is read once.

    Of thousands of rows few were ever opened: which, is read first.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._read: dict[str, tuple[Variant, ...]] = {}
        self._sizes: dict[str, tuple[int, ...]] = {}
        self._caches: dict[str, Cache | None] = {}

    @property
    def known(self) -> fits.Known:
        """What is stored, as the terms ``fits:`` and ``quant:`` take it."""
        return fits.Known(probe.room(self._sources), self._sets, self._cache, self._quants)

    @cached_property
    def _listed(self) -> frozenset[str]:
        return files.stored(self._sources, "model")

    @cached_property
    def _configured(self) -> frozenset[str]:
        return fit.stored(self._sources)

    @cached_property
    def _quantized(self) -> frozenset[str]:
        return self._sources.store.cache.parents("quantized", self._sources.who)

    def _variants(self, repo_id: str) -> tuple[Variant, ...]:
        """The whole sets of weights of a repo whose files are stored."""
        key = repo_id.lower()
        if key not in self._listed:
            return ()
        if key not in self._read:
            view = files.peek(self._sources, "model", repo_id)
            sets = variants(view.rows, None) if view is not None else ()
            self._read[key] = tuple(
                variant
                for variant in sets
                if variant.size and variant.complete and not variant.helper
            )
        return self._read[key]

    def _sets(self, repo: Repo) -> tuple[int, ...]:
        """Bytes of the sets of a repo and of its quantized children, as far as they are stored."""
        key = repo.id.lower()
        if key not in self._listed and key not in self._quantized:
            return ()
        if key not in self._sizes:
            self._sizes[key] = tuple(self._all_sets(repo.id))
        return self._sizes[key]

    def _all_sets(self, repo_id: str) -> Iterator[int]:
        yield from self._own(repo_id)
        cache, who = self._sources.store.cache, self._sources.who
        edges = cache.edges(repo_id, who, "parent").edges
        below = {edge.child for edge in edges if edge.relation == "quantized"}
        for child in cache.rows("model", sorted(below), who):
            if child is None:
                continue
            if size := dtype_counts.size(dict(child.dtypes)):
                yield size
            yield from self._own(child.id)

    def _own(self, repo_id: str) -> Iterator[int]:
        return (variant.size for variant in self._variants(repo_id) if variant.size)

    def _cache(self, repo: Repo, tokens: int) -> int | None:
        key = repo.id.lower()
        if key not in self._configured:
            return None
        if key not in self._caches:
            config = fit.stored_config(self._sources, repo.id)
            self._caches[key] = kv_cache.cache(config) if config is not None else None
        cache = self._caches[key]
        size = cache.size(tokens) if cache else None
        return None if cache is None or size is None else size + (cache.state() or 0)

    def _quants(self, repo: Repo) -> frozenset[str] | None:
        """The quantizations of a repo's sets; None where its files are not stored."""
        if repo.id.lower() not in self._listed:
            return None
        return frozenset(variant.quant for variant in self._variants(repo.id) if variant.quant)
