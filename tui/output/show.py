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
    """Discussions and access, each a request of its own, with the second of its answer."""

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
    fact_list = facts.of_detail(detail, context.now, bundled=view.bundled)
    if not view.bundled:
        beside = shown.extras
        fact_list = facts.with_extras(
            fact_list, beside.discussions, beside.access, context.now, login=context.login
        )
    values = {fact.value for fact in fact_list}
    return fact_list + [fact for fact in _above(shown.tree) if fact.value not in values]


def _above(tree: Tree | None) -> list[facts.Fact]:
    """The roots of a model and the notes on its bases, as facts."""
    if tree is None:
        return []
    above = []
    if tree.ancestors:
        roots = ", ".join(tree.roots) if tree.roots else "not known"
        left = len(tree.unresolved)
        above.append(facts.Fact("roots", roots + (f" ({left} not looked up)" if left else "")))
    return above + [facts.Fact("note", note) for note in tree.notes]


def _model(detail: Detail, registry: Registry, shown: Shown) -> dict[str, Any]:
    """One repo as JSON; a parent that is ``missing`` null was not looked up."""
    repo, tree = detail.repo, shown.tree
    row = Row(None, repo, label(weights(repo, "uploader", registry)))
    parameters = of_detail(detail)
    return {
        **json.row(row),
        "params": parameters.count,
        "params_kind": parameters.how,
        "params_doubt": parameters.doubt or None,
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
    """Providers, dtypes, architecture, context and bytes of storage, as JSON.

    A GGUF header of a projector or another helper is not the model's.
    """
    repo = detail.repo
    header = None if repo.gguf is None or repo.gguf.of_helper else repo.gguf
    names = (*detail.architectures, *((header.architecture,) if header else ()), detail.model_type)
    return {
        "providers": [provider._asdict() for provider in detail.providers],
        "dtypes": detail.dtypes or dict(repo.dtypes) or None,
        "architecture": next((name for name in names if name), None),
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
                "id": ancestor.id,
                "relation": ancestor.relation,
                "missing": None if ancestor.id in tree.unresolved else ancestor.missing,
                "license": ancestor.license,
            }
            for ancestor in tree.ancestors
            if ancestor.depth == 1
        ],
        "children": detail.children,
        "roots": None if tree.unresolved else list(tree.roots),
    }


def _text(repo_id: str, fact_list: list[facts.Fact], width: int) -> Iterator[str]:
    yield repo_id
    yield from plain_lines(facts.lines(fact_list, width))


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
