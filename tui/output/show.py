"""The facts of one repo."""

from collections.abc import Iterator
from typing import Any, Protocol, cast

from tui.analysis.origins.origins import label, weights
from tui.analysis.registry.registry import Registry
from tui.model import Detail, Repo, Row, View
from tui.output import json
from tui.output.forms import Cell, Context, Output
from tui.render import facts
from tui.render.spans import plain_lines


class Card(Protocol):
    """What is known of one repo, as the ask hands it out."""

    id: str
    repo: Repo | None
    detail: Detail | None


def output(view: View, context: Context, registry: Registry) -> Output:
    """One repo: a Row and what only its own page tells."""
    card: Card = view.rows[0]
    detail = card.detail or Detail(card.repo or Repo(card.id))
    model = _model(detail, registry)
    return Output(
        body=json.envelope(context, view, {"model": model}),
        heads=("fact", "value"),
        rows=[(name, _flat(value)) for name, value in model.items()],
        text=_text(card.id, detail, context),
        ids=[card.id],
    )


def _model(detail: Detail, registry: Registry) -> dict[str, Any]:
    """One repo as JSON; a parent that is ``missing`` null was not looked up."""
    from tui.analysis.lineage import graph

    repo = detail.repo
    known = Row(None, repo, label(weights(repo, "uploader", registry)))
    edges = graph.parents_of(repo)
    return {
        **json.row(known),
        "downloads_all_time": repo.downloads_all_time,
        "tags": list(repo.tags),
        "parents": [
            {"id": edge.parent, "relation": edge.relation, "missing": None} for edge in edges
        ],
        "children": detail.children,
        "roots": None if edges else [repo.id],
    }


def _text(repo_id: str, detail: Detail, context: Context) -> Iterator[str]:
    yield repo_id
    yield from plain_lines(facts.lines(facts.of_detail(detail, context.now), context.width))


def _flat(value: Any) -> Cell:
    """A JSON value in one cell: lists with spaces between, what has names as ``name=value``."""
    if isinstance(value, list):
        return " ".join(str(item["id"] if isinstance(item, dict) else item) for item in value)
    if isinstance(value, dict):
        return " ".join(f"{name}={item}" for name, item in value.items())
    return cast("Cell", value)
