"""What a model takes in memory: its dossier, and config.json where that is wanted.

The Hub counts a read of config.json as a download, so it is read only when the caller says so,
and not again while the model's commit is the one it was read from.
"""

import json
from collections.abc import AsyncIterator

from tui.ask import dossier
from tui.ask.dossier import Dossier
from tui.ask.sources import Sources
from tui.model import Offline, Problem, RateLimited, View


def peek(sources: Sources, repo_id: str) -> View | None:
    """What the store has of the model, with its config.json where that was once read."""
    view = dossier.peek(sources, "model", repo_id)
    return None if view is None else _with_stored(sources, view)[0]


async def stream(sources: Sources, repo_id: str, *, config: bool = False) -> AsyncIterator[View]:
    """What is stored, then what the Hub says; ``config`` reads config.json too, which counts.

    A config.json that cannot be had is a problem of that file, not of the model.
    """
    view: View | None = None
    current = False
    async for part in dossier.stream(sources, "model", repo_id):
        view, current = _with_stored(sources, part)
        yield view
    if view is not None and config and not current:
        yield await _read_config(sources, view)


def _with_stored(sources: Sources, view: View) -> tuple[View, bool]:
    """The view with a stored config.json, and whether that is of the commit shown."""
    one: Dossier = view.rows[0]
    body = sources.store.cache.body(_key(one.id), sources.who)
    stored = None if body is None else _stored(body.text)
    if stored is None:
        return view, False
    sha = one.detail.sha if one.detail else None
    return view._replace(rows=(one._replace(config=stored[1]),)), sha is not None and (
        stored[0] == sha
    )


async def _read_config(sources: Sources, view: View) -> View:
    one: Dossier = view.rows[0]
    try:
        if sources.offline:
            raise Offline("offline: config.json is not stored; run it once with the Hub in reach")
        hub = await sources.hub()
        got = await hub.config_file(one.id)
    except Problem as problem:
        return view._replace(
            rows=(one._replace(config_problem=problem),),
            problems=(*view.problems, problem),
            complete=view.complete and not isinstance(problem, RateLimited),
        )
    _keep(sources, one, got.value, got.fetched_at)
    return view._replace(rows=(one._replace(config=got.value),), requests=(*view.requests, got.url))


def _keep(sources: Sources, one: Dossier, config: dict[str, object], at: float) -> None:
    """Store a config.json; a private repo's under its reader's account, or not at all."""
    private = one.detail is None or one.detail.repo.private is not False
    if sources.universe == "sample" or (private and not sources.who):
        return
    text = json.dumps({"sha": one.detail.sha if one.detail else None, "config": config})
    sources.store.cache.put_body(_key(one.id), sources.who if private else "", text, at)


def _stored(text: str) -> tuple[str | None, dict[str, object]] | None:
    try:
        held = json.loads(text)
        return held["sha"], dict(held["config"])
    except (ValueError, TypeError, KeyError):
        return None


def _key(repo_id: str) -> str:
    return f"config model {repo_id.lower()}"
