"""What the store knows for a question about fitting: sets of weights, caches, this machine."""

from collections.abc import Iterator

from tui.analysis.memory import dtype_counts, kv_cache
from tui.analysis.memory.variants import variants
from tui.analysis.query import fits
from tui.ask.repo import files, fit
from tui.ask.sources import Sources
from tui.model import Query, Repo


def known(sources: Sources, query: Query) -> fits.Known:
    """What ``fits:`` may look at beside the rows; nothing where ``query`` does not ask it.

    Only what is at hand: files and config.json of models that were opened, children that were
    listed, and the machine's memory as its drivers told it, today or now.
    """
    asked = [term.value for term in query.terms if term.field == "fits"]
    if not asked:
        return fits.NOTHING
    here = _here(sources) if any(fits.HERE in value.split(",") for value in asked) else None

    def cache(repo: Repo, tokens: int) -> int | None:
        config = fit.stored_config(sources, repo.id)
        found = kv_cache.cache(config) if config is not None else None
        size = found.size(tokens) if found else None
        return None if found is None or size is None else size + (found.state() or 0)

    return fits.Known(here, lambda repo: _sets(sources, repo), cache)


def _here(sources: Sources) -> int | None:
    from tui.ask.machine import probe

    room: int | None = probe.peek(sources).rows[0].room
    return room


def _sets(sources: Sources, repo: Repo) -> Iterator[int]:
    """Bytes of the sets of a repo and of its quantized children, as far as they are stored."""
    yield from _own(sources, repo.id)
    cache = sources.store.cache
    below = {
        edge.child for edge in cache.edges(repo.id, sources.who, "parent").edges
        if edge.relation == "quantized"
    }  # fmt: skip
    for child in cache.rows("model", sorted(below), sources.who):
        if child is None:
            continue
        if size := dtype_counts.size(dict(child.dtypes)):
            yield size
        yield from _own(sources, child.id)


def _own(sources: Sources, repo_id: str) -> Iterator[int]:
    view = files.peek(sources, "model", repo_id)
    for one in variants(view.rows, None) if view is not None else ():
        if one.size and one.complete and not one.helper:
            yield one.size
