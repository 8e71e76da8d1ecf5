"""``hubscope show ID``: the facts of one model, dataset or Space."""

import os
from argparse import ArgumentParser, Namespace
from typing import Any, cast

from tui.analysis.origins.origins import label, weights
from tui.analysis.registry.registry import Registry
from tui.analysis.repo import stricter
from tui.ask.lineage.family_tree import Tree
from tui.ask.repo import showing as ask
from tui.ask.sources import Sources
from tui.commands.answer import answer, note
from tui.commands.one import repo_argument, repo_of
from tui.commands.write import write
from tui.model import Detail, Repo, Row, View
from tui.render import facts, shapes
from tui.render.export import Cell, Output
from tui.render.spans import plain


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``show``."""
    repo_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the facts."""
    kind, repo_id = repo_of(args, sources)
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, kind, repo_id),
        lambda: ask.stream(sources, kind, repo_id),
    )
    form = args.format or ("text" if os.isatty(1) else "tsv")
    note(args, view, sources.now())
    write(_output(sources, view), form)
    return 0


def _model(detail: Detail, registry: Registry, tree: Tree | None) -> dict[str, Any]:
    """One repo as JSON: a Row and what only its own page tells. ``missing`` null: not looked up."""
    repo = detail.repo
    known = Row(None, repo, label(weights(repo, "uploader", registry)))
    return {
        **shapes.row(known),
        "downloads_all_time": repo.downloads_all_time,
        "tags": list(repo.tags),
        **_lineage(detail, tree),
        "licenses": list(stricter.keys(repo.license)),
        "license_name": detail.license_name,
        "license_link": detail.license_link,
        "needs": list(tree.needs) if tree else [],
        "notes": [*facts.remarks(repo), *(tree.notes if tree else ())],
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


def _output(sources: Sources, view: View) -> Output:
    shown: ask.Shown = view.rows[0]
    card = shown.card
    detail = card.detail or Detail(card.repo or Repo(card.id))
    now = sources.now()
    said = facts.of_detail(detail, now)
    told = {fact.value for fact in said}
    said += [fact for fact in _above(shown.tree) if fact.value not in told]
    model = _model(detail, sources.registry, shown.tree)
    return Output(
        body=shapes.envelope("show", sources.endpoint, view, {"model": model}),
        heads=("fact", "value"),
        rows=[(name, _flat(value)) for name, value in model.items()],
        text=[card.id, *(plain(line).rstrip() for line in facts.lines(said, 100))],
        ids=[card.id],
    )


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


def _flat(value: Any) -> Cell:
    """A JSON value in one cell: lists with spaces between, what has names as ``name=value``.

    Between sentences stands a semicolon.
    """
    if isinstance(value, list):
        items = [str(item["id"] if isinstance(item, dict) else item) for item in value]
        return ("; " if any(" " in item for item in items) else " ").join(items)
    if isinstance(value, dict):
        return " ".join(f"{name}={item}" for name, item in value.items())
    return cast("Cell", value)
