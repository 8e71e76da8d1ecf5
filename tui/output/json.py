"""The stable JSON shapes of ``hubscope/1``. What is not known is null, never left out."""

from collections.abc import Iterable
from typing import Any

from tui.analysis.memory.parameters import of_repo
from tui.model import Measure, Row, View
from tui.model.when import iso
from tui.output.forms import Context

SCHEMA = "hubscope/1"
ROW_KEYS = (
    "rank",
    "id",
    "author",
    "origin",
    "task",
    "library",
    "license",
    "downloads",
    "likes",
    "trending_score",
    "created_at",
    "last_modified",
    "params",
    "gated",
    "move",
)


def lines(body: dict[str, Any]) -> Iterable[str]:
    """The answer as one JSON object on one line."""
    return [_text(body)]


def pieces(body: dict[str, Any], key: str, items: Iterable[Any]) -> Iterable[str]:
    """The same line piece by piece, with ``items`` in the empty list that stands under ``key``."""
    empty = f"{_text(key)}: []"  # in a text its quotes would be escaped
    head, _, tail = _text(body).partition(empty)
    yield head + empty[:-1]
    for place, item in enumerate(items):
        yield (", " if place else "") + _text(item)
    yield "]" + tail


def _text(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def envelope(context: Context, view: View[object], body: dict[str, Any]) -> dict[str, Any]:
    """What every JSON answer begins with, and then its body."""
    return {
        "schema": SCHEMA,
        "command": context.command,
        "endpoint": context.endpoint,
        "as_of": None if view.as_of is None else iso(view.as_of),
        "source": view.source,
        "stale": view.stale,
        **body,
    }


def row(value: Row) -> dict[str, Any]:
    """A Row as JSON, every key of ROW_KEYS always there."""
    repo = value.repo
    cells = (
        value.rank,
        repo.id,
        repo.author,
        value.origin,
        repo.task,
        repo.library,
        repo.license,
        repo.downloads,
        repo.likes,
        repo.trending_score,
        repo.created_at,
        repo.last_modified,
        of_repo(repo).count,
        repo.gated,
        value.move,
    )
    return dict(zip(ROW_KEYS, cells, strict=True))


def measure(value: Measure) -> dict[str, Any]:
    """A Measure as JSON; what does not apply is null."""
    fields = value._asdict()
    fields["as_of"] = None if value.as_of is None else iso(value.as_of)
    fields["lens"] = None if value.lens is None else value.lens._asdict()
    fields["coverage"] = None if value.coverage is None else value.coverage._asdict()
    return fields
