"""The facts of one repo."""

from collections.abc import Iterator
from typing import Any, Protocol, cast

from tui.analysis.origins.origins import label, weights
from tui.analysis.registry.registry import Registry
from tui.model import Access, Detail, Repo, Row, View
from tui.output import json
from tui.output.forms import Cell, Context, Output
from tui.render import facts
from tui.render.spans import plain_lines


class Card(Protocol):
    """What is known of one repo, as the ask hands it out."""

    id: str
    repo: Repo | None
    detail: Detail | None


class Beside(Protocol):
    """What took a request of its own, each with when it was answered."""

    discussions: tuple[int, float] | None
    access: tuple[Access, float] | None


class Shown(Protocol):
    """One repo's facts with what is told beside them, as the ask hands it out."""

    card: Card
    extras: Beside
    access: bool | None


def output(view: View, context: Context, registry: Registry) -> Output:
    """One repo: a Row and what only its own page tells."""
    shown: Shown = view.rows[0]
    card = shown.card
    detail = card.detail or Detail(card.repo or Repo(card.id))
    model = _model(detail, registry, shown.access)
    said = facts.of_detail(detail, context.now)
    if view.source != "sample":
        beside = shown.extras
        said = facts.with_extras(
            said, beside.discussions, beside.access, context.now, login=context.login
        )
    return Output(
        body=json.envelope(context, view, {"model": model}),
        heads=("fact", "value"),
        rows=[(name, _flat(value)) for name, value in model.items()],
        text=_text(card.id, said, context.width),
        ids=[card.id],
    )


def _model(detail: Detail, registry: Registry, access: bool | None) -> dict[str, Any]:
    """One repo as JSON; a parent that is ``missing`` null was not looked up."""
    from tui.analysis.lineage import graph

    repo = detail.repo
    known = Row(None, repo, label(weights(repo, "uploader", registry)))
    edges = graph.parents_of(repo)
    return {
        **json.row(known),
        "access": access,
        "downloads_all_time": repo.downloads_all_time,
        "tags": list(repo.tags),
        "parents": [
            {"id": edge.parent, "relation": edge.relation, "missing": None} for edge in edges
        ],
        "children": detail.children,
        "roots": None if edges else [repo.id],
    }


def _text(repo_id: str, said: list[facts.Fact], width: int) -> Iterator[str]:
    yield repo_id
    yield from plain_lines(facts.lines(said, width))


def _flat(value: Any) -> Cell:
    """A JSON value in one cell: lists with spaces between, what has names as ``name=value``."""
    if isinstance(value, list):
        return " ".join(str(item["id"] if isinstance(item, dict) else item) for item in value)
    if isinstance(value, dict):
        return " ".join(f"{name}={item}" for name, item in value.items())
    return cast("Cell", value)
