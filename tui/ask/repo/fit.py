"""What a model takes in memory: its facts and files, and config.json where that is wanted.

The Hub counts a read of config.json as a download, so it is read only when the caller says so,
and not again while the model's commit is the one it was read for. Quantizations and adapters often
have none; their cache is that of the base they declare, and so is the file.
"""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.analysis.lineage.edges import parents_of
from tui.ask.repo import facts_and_files
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.ask.sources import Sources
from tui.model import NotFound, Offline, Problem, RateLimited, View

if TYPE_CHECKING:
    from tui.hub.client import Got

Config = dict[str, Any]
_SAME_CACHE = ("quantized", "adapter")


def peek(sources: Sources, repo_id: str) -> View[FactsAndFiles] | None:
    """What the store has of the model, with its config.json where that was once read."""
    view = facts_and_files.peek(sources, "model", repo_id)
    return None if view is None else _with_stored(sources, view)[0]


async def stream(
    sources: Sources, repo_id: str, *, config: bool = False
) -> AsyncIterator[View[FactsAndFiles]]:
    """What is stored, then what the Hub says; ``config`` reads config.json too, which counts.

    A config.json that cannot be had is a problem of that file, not of the model.
    """
    view: View[FactsAndFiles] | None = None
    current = False
    async for part in facts_and_files.stream(sources, "model", repo_id):
        view, current = _with_stored(sources, part)
        yield view
    if view is not None and config and not current:
        yield await _read_config(sources, view)


def stored_config(sources: Sources, repo_id: str) -> Config | None:
    """The config.json that was once read for a model, its own or its base's; None: none was."""
    body = sources.store.cache.body(_key(repo_id), sources.who)
    entry = None if body is None else _read(body.text)
    return entry.config if entry else None


def stored(sources: Sources) -> frozenset[str]:
    """The ids, in lower case, of the models for which a config.json was once read."""
    return sources.store.cache.body_names(_key(""), sources.who)


class _Kept(NamedTuple):
    """A stored config.json: for which commit it was read, and which repo's it is."""

    sha: str | None
    repo_id: str
    config: Config


def _with_stored(sources: Sources, view: View[FactsAndFiles]) -> tuple[View[FactsAndFiles], bool]:
    """The view with a stored config.json, and whether that is of the commit shown."""
    repo: FactsAndFiles = view.value
    body = sources.store.cache.body(_key(repo.id), sources.who)
    entry = None if body is None else _read(body.text)
    if entry is None:
        return view, False
    shown = repo._replace(config=entry.config, config_of=entry.repo_id)
    return view._replace(rows=(shown,)), entry.sha is not None and entry.sha == _sha(repo)


async def _read_config(sources: Sources, view: View[FactsAndFiles]) -> View[FactsAndFiles]:
    repo: FactsAndFiles = view.value
    try:
        if sources.offline:
            raise Offline("offline: config.json is not stored; run it once with the Hub in reach")
        repo_id, config = await _ask(sources, repo)
    except Problem as problem:
        return view._replace(
            rows=(repo._replace(config_problem=problem),),
            problems=(*view.problems, problem),
            complete=view.complete and not isinstance(problem, RateLimited),
        )
    _keep(sources, repo, _Kept(_sha(repo), repo_id, config.value), config.fetched_at)
    shown = repo._replace(config=config.value, config_of=repo_id)
    return view._replace(rows=(shown,), requests=(*view.requests, config.url))


async def _ask(sources: Sources, repo: FactsAndFiles) -> "tuple[str, Got[Config]]":
    """The model's config.json, or where it has none its base's."""
    hub = await sources.hub()
    try:
        return repo.id, await hub.config_file(repo.id)
    except NotFound:
        edges = parents_of(repo.detail.repo) if repo.detail else []
        bases = [edge.parent for edge in edges if edge.relation in _SAME_CACHE]
        if len(bases) != 1:
            raise
        return bases[0], await hub.config_file(bases[0])


def _keep(sources: Sources, repo: FactsAndFiles, entry: _Kept, at: float) -> None:
    """Store a config.json under its reader's account, unless all may read the repo it is of."""
    import json

    private = repo.detail is None or repo.detail.repo.private is not False
    if sources.bundled or (private and not sources.who):
        return
    owner = sources.who if private or entry.repo_id != repo.id else ""
    sources.store.cache.put_body(_key(repo.id), owner, json.dumps(entry), at)


def _read(text: str) -> _Kept | None:
    import json

    try:
        sha, repo_id, config = json.loads(text)
        return _Kept(sha, repo_id, dict(config))
    except (ValueError, TypeError):
        return None


def _sha(repo: FactsAndFiles) -> str | None:
    return repo.detail.sha if repo.detail else None


def _key(repo_id: str) -> str:
    return f"config model {repo_id.lower()}"
