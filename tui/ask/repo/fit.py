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
    kept = None if body is None else _read(body.text)
    return kept.config if kept else None


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
    one: FactsAndFiles = view.value
    body = sources.store.cache.body(_key(one.id), sources.who)
    kept = None if body is None else _read(body.text)
    if kept is None:
        return view, False
    shown = one._replace(config=kept.config, config_of=kept.repo_id)
    return view._replace(rows=(shown,)), kept.sha is not None and kept.sha == _sha(one)


async def _read_config(sources: Sources, view: View[FactsAndFiles]) -> View[FactsAndFiles]:
    one: FactsAndFiles = view.value
    try:
        if sources.offline:
            raise Offline("offline: config.json is not stored; run it once with the Hub in reach")
        repo_id, got = await _ask(sources, one)
    except Problem as problem:
        return view._replace(
            rows=(one._replace(config_problem=problem),),
            problems=(*view.problems, problem),
            complete=view.complete and not isinstance(problem, RateLimited),
        )
    _keep(sources, one, _Kept(_sha(one), repo_id, got.value), got.fetched_at)
    shown = one._replace(config=got.value, config_of=repo_id)
    return view._replace(rows=(shown,), requests=(*view.requests, got.url))


async def _ask(sources: Sources, one: FactsAndFiles) -> "tuple[str, Got[Config]]":
    """The model's config.json, or where it has none its base's."""
    hub = await sources.hub()
    try:
        return one.id, await hub.config_file(one.id)
    except NotFound:
        edges = parents_of(one.detail.repo) if one.detail else []
        bases = [edge.parent for edge in edges if edge.relation in _SAME_CACHE]
        if len(bases) != 1:
            raise
        return bases[0], await hub.config_file(bases[0])


def _keep(sources: Sources, one: FactsAndFiles, kept: _Kept, at: float) -> None:
    """Store a config.json under its reader's account, unless all may read the repo it is of."""
    import json

    private = one.detail is None or one.detail.repo.private is not False
    if sources.bundled or (private and not sources.who):
        return
    owner = sources.who if private or kept.repo_id != one.id else ""
    sources.store.cache.put_body(_key(one.id), owner, json.dumps(kept), at)


def _read(text: str) -> _Kept | None:
    import json

    try:
        sha, repo_id, config = json.loads(text)
        return _Kept(sha, repo_id, dict(config))
    except (ValueError, TypeError):
        return None


def _sha(one: FactsAndFiles) -> str | None:
    return one.detail.sha if one.detail else None


def _key(repo_id: str) -> str:
    return f"config model {repo_id.lower()}"
