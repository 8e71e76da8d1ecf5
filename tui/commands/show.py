"""``hubscope show ID``: the facts of one model, dataset or Space."""

import os
from argparse import ArgumentParser, Namespace
from typing import Any, cast

from tui.analysis.memory.parameters import of_detail
from tui.analysis.origins.origins import label, weights
from tui.analysis.registry.registry import Registry
from tui.ask.repo import card as ask
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
        lambda: ask.stream(sources, kind, repo_id, readme=False),
    )
    form = args.format or ("text" if os.isatty(1) else "tsv")
    note(args, view, sources.now())
    write(_output(sources, view), form)
    return 0


def _model(detail: Detail, registry: Registry) -> dict[str, Any]:
    """One repo as JSON: a Row and what only its own page tells. ``missing`` null: not looked up."""
    from tui.analysis.lineage import graph

    repo = detail.repo
    known = Row(None, repo, label(weights(repo, "uploader", registry)))
    edges = graph.parents_of(repo)
    counted = of_detail(detail)
    return {
        **shapes.row(known),
        "params": counted.count,
        "params_kind": counted.how,
        "params_doubt": counted.doubt or None,
        "downloads_all_time": repo.downloads_all_time,
        "tags": list(repo.tags),
        "parents": [
            {"id": edge.parent, "relation": edge.relation, "missing": None} for edge in edges
        ],
        "children": detail.children,
        "roots": None if edges else [repo.id],
    }


def _output(sources: Sources, view: View) -> Output:
    card: ask.Card = view.rows[0]
    detail = card.detail or Detail(card.repo or Repo(card.id))
    now = sources.now()
    said = facts.of_detail(detail, now)
    model = _model(detail, sources.registry)
    return Output(
        body=shapes.envelope("show", sources.endpoint, view, {"model": model}),
        heads=("fact", "value"),
        rows=[(name, _flat(value)) for name, value in model.items()],
        text=[card.id, *(plain(line).rstrip() for line in facts.lines(said, 100))],
        ids=[card.id],
    )


def _flat(value: Any) -> Cell:
    """A JSON value in one cell: lists with spaces between, what has names as ``name=value``."""
    if isinstance(value, list):
        return " ".join(str(item["id"] if isinstance(item, dict) else item) for item in value)
    if isinstance(value, dict):
        return " ".join(f"{name}={item}" for name, item in value.items())
    return cast("Cell", value)
