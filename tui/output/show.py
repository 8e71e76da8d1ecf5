"""The facts of one repo."""

from collections.abc import Iterator
from typing import Any, Protocol, cast

from tui.analysis.memory.parameters import of_detail
from tui.analysis.origins.origins import label, weights
from tui.analysis.registry.registry import Registry
from tui.analysis.repo import stricter
from tui.model import Access, Detail, Repo, Row, View
from tui.output import json
from tui.output.forms import Cell, Context, Output
from tui.output.tree import Tree
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
    tree: Tree | None


def output(view: View[Shown], context: Context, registry: Registry) -> Output:
    """One repo: a Row and what only its own page and the bases above it tell."""
    shown = view.value
    card = shown.card
    detail = card.detail or Detail(card.repo or Repo(card.id))
    model = _model(detail, registry, shown)
    return Output(
        body=json.envelope(context, view, {"model": model}),
        heads=("fact", "value"),
        rows=[(name, _flat(value)) for name, value in model.items()],
        text=_text(card.id, _facts(shown, detail, view, context), context.width),
        ids=[card.id],
    )


def _facts(shown: Shown, detail: Detail, view: View[Shown], context: Context) -> list[facts.Fact]:
    said = facts.of_detail(detail, context.now, bundled=view.bundled)
    if not view.bundled:
        beside = shown.extras
        said = facts.with_extras(
            said, beside.discussions, beside.access, context.now, login=context.login
        )
    told = {fact.value for fact in said}
    return said + [fact for fact in _above(shown.tree) if fact.value not in told]


def _above(tree: Tree | None) -> list[facts.Fact]:
    """What stands above a model, as facts."""
    if tree is None:
        return []
    found = []
    if tree.ancestors:
        roots = ", ".join(tree.roots) if tree.roots else "not known"
        left = len(tree.unresolved)
        found.append(facts.Fact("roots", roots + (f" ({left} not looked up)" if left else "")))
    return found + [facts.Fact("note", note) for note in tree.notes]


def _model(detail: Detail, registry: Registry, shown: Shown) -> dict[str, Any]:
    """One repo as JSON; a parent that is ``missing`` null was not looked up."""
    repo, tree = detail.repo, shown.tree
    known = Row(None, repo, label(weights(repo, "uploader", registry)))
    counted = of_detail(detail)
    return {
        **json.row(known),
        "params": counted.count,
        "params_kind": counted.how,
        "params_doubt": counted.doubt or None,
        "access": shown.access,
        **_told(detail),
        "downloads_all_time": repo.downloads_all_time,
        "tags": list(repo.tags),
        **_lineage(detail, tree),
        "licenses": list(stricter.keys(repo.license)),
        "license_name": detail.license_name,
        "license_link": detail.license_link,
        "needs": list(tree.needs) if tree else [],
        "notes": [*facts.remarks(repo), *(tree.notes if tree else ())],
    }


def _told(detail: Detail) -> dict[str, Any]:
    """What the weights and the servers of a repo are, of what its text tells.

    A GGUF header of a projector or another helper is not the model's.
    """
    repo = detail.repo
    header = None if repo.gguf is None or repo.gguf.of_helper else repo.gguf
    named = (*detail.architectures, *((header.architecture,) if header else ()), detail.model_type)
    return {
        "providers": [one._asdict() for one in detail.providers],
        "dtypes": detail.dtypes or dict(repo.dtypes) or None,
        "architecture": next((name for name in named if name), None),
        "context": detail.context_length or (header.context if header else None),
        "storage": detail.used_storage,
    }


def _lineage(detail: Detail, tree: Tree | None) -> dict[str, Any]:
    """Parents, children and roots; no roots while a base was not looked up."""
    if tree is None:
        return {"parents": [], "children": detail.children, "roots": None}
    return {
        "parents": [
            {
                "id": one.id,
                "relation": one.relation,
                "missing": None if one.id in tree.unresolved else one.missing,
                "license": one.license,
            }
            for one in tree.ancestors
            if one.depth == 1
        ],
        "children": detail.children,
        "roots": None if tree.unresolved else list(tree.roots),
    }


def _text(repo_id: str, said: list[facts.Fact], width: int) -> Iterator[str]:
    yield repo_id
    yield from plain_lines(facts.lines(said, width))


def _flat(value: Any) -> Cell:
    """A JSON value in one cell: lists with spaces between, what has names as ``name=value``.

    Between sentences stands a semicolon.
    """
    if isinstance(value, list):
        items = [
            str(item.get("id") or item["name"] if isinstance(item, dict) else item)
            for item in value
        ]
        return ("; " if any(" " in item for item in items) else " ").join(items)
    if isinstance(value, dict):
        return " ".join(f"{name}={item}" for name, item in value.items())
    return cast("Cell", value)
