"""What lies on this machine: the Hugging Face cache, which sets of weights it holds, deletion."""

from collections.abc import Sequence
from typing import NamedTuple

from tui.analysis.memory.variants import Variant, variants
from tui.ask.saved.saved import LOCAL, Entry
from tui.ask.sources import Sources
from tui.ask.take import download
from tui.hub import local_cache
from tui.hub.local_cache import LocalRepo, Removal
from tui.hub.token import hub_cache
from tui.model import File, Problem, View


class Here(NamedTuple):
    """A repo in the cache, and the sets of weights that its files there make."""

    repo: LocalRepo
    sets: tuple[Variant, ...] = ()


class Shelf(NamedTuple):
    """The cache: where, its repos, bytes of files that never came to their end, troubles."""

    folder: str
    repos: tuple[Here, ...]
    unfinished: int = 0
    damaged: tuple[str, ...] = ()


ORDERS = {
    "size": lambda here: (-here.repo.size, here.repo.id),
    "used": lambda here: (-here.repo.used_at, here.repo.id),
    "name": lambda here: (here.repo.id.lower(), here.repo.kind),
}


def peek(sources: Sources, order: str = "size") -> View[Shelf]:
    """A view whose one row is the Shelf, in one of ORDERS. Reads the disk: not on a loop."""
    cache = local_cache.scan(hub_cache())
    repos = sorted((_here(sources, repo) for repo in cache.repos), key=ORDERS[order])
    shelf = Shelf(cache.folder, tuple(repos), cache.unfinished, cache.damaged)
    return View(rows=(shelf,), source="cache", as_of=sources.now())


def entries(sources: Sources, order: str = "size") -> tuple[Entry, ...]:
    """The cache as entries of a shelf of its own, in one of ORDERS; none without a cache."""
    if not sources.on_this_machine:
        return ()
    return tuple(_entry(here) for here in peek(sources, order).rows[0].repos)


def removal(repos: Sequence[tuple[str, str]]) -> Removal:
    """What deleting these (kind, id) would free. Raises NotFound for one that is not there."""
    return local_cache.removal(hub_cache(), repos)


def remove(repos: Sequence[tuple[str, str]], state_folder: str) -> Removal:
    """Delete these repos from the cache, none of them while its files are being taken.

    Raises NotFound, and Problem where a file stayed.
    """
    coming = {(state.kind, state.id) for state in download.states(state_folder)}
    if busy := coming & set(repos):
        names = ", ".join(sorted(repo_id for _, repo_id in busy))
        raise Problem(f"files of {names} are on their way; stop that first, nothing was deleted")
    return local_cache.remove(hub_cache(), repos)


def _entry(here: Here) -> Entry:
    names = dict.fromkeys(
        variant.quant or variant.name for variant in here.sets if not variant.helper
    )
    return Entry(
        LOCAL,
        here.repo.id,
        here.repo.used_at,
        here.repo.kind,
        size=here.repo.size,
        sets=tuple(names),
    )


def _here(sources: Sources, repo: LocalRepo) -> Here:
    if repo.kind != "model":
        return Here(repo)
    files = [File(file.path, file.size) for file in repo.files]
    detail = sources.store.cache.detail(repo.kind, repo.id, sources.who)
    return Here(repo, variants(files, detail[0] if detail else None))
