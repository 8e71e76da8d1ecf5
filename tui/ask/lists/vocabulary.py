"""The Hub's own lists of tasks, libraries, languages and licences, kept for days."""

import json

from tui.ask.sources import Sources
from tui.model import Problem

TYPES = {
    "task": "pipeline_tag",
    "library": "library",
    "has": "library",
    "lang": "language",
    "license": "license",
}
"""The Hub's type of tags for the fields of the query line that have one."""

AGE = 7 * 86_400.0  # seconds for which a list is not asked for again
_LANE = "background"


def peek(sources: Sources, field: str) -> tuple[str, ...]:
    """The stored list of a field's values; empty where none is stored. Asks for nothing."""
    stored = _stored(sources, field)
    return stored[1] if stored else ()


def told(sources: Sources) -> dict[str, tuple[str, ...]]:
    """The stored lists by field."""
    return {field: values for field in TYPES if (values := peek(sources, field))}


def lacking(sources: Sources, field: str, kind: str = "model") -> bool:
    """Whether the Hub can be asked for a field's values, and has not been for days."""
    if kind != "model" or field not in TYPES or sources.offline or sources.bundled:
        return False
    stored = _stored(sources, field)
    return stored is None or not 0 <= sources.now() - stored[0] < AGE


async def fetch(sources: Sources, field: str) -> tuple[str, ...]:
    """Ask the Hub for a field's values, behind all other questions; empty where none came."""
    try:
        answer = await (await sources.hub()).tags(TYPES[field], _LANE)
    except Problem:
        return ()  # what is at hand completes without it
    text = json.dumps(answer.value)
    sources.store.cache.put_body(_key(field), "", text, answer.fetched_at, etag=answer.etag)
    return answer.value


def _stored(sources: Sources, field: str) -> tuple[float, tuple[str, ...]] | None:
    body = sources.store.cache.body(_key(field), "") if field in TYPES else None
    try:
        values = json.loads(body.text) if body else None
    except ValueError:
        values = None
    if body is None or not isinstance(values, list):
        return None
    return body.fetched_at, tuple(value for value in values if isinstance(value, str))


def _key(field: str) -> str:
    return f"tags {TYPES[field]}"
