"""``hubscope tree ID``: the bases of a model up to its roots, and what is built on it."""

import os
from argparse import ArgumentParser, Namespace
from typing import Any

from tui.analysis.lineage.graph import Ancestor
from tui.analysis.origins.origins import label, weights
from tui.ask.lineage import family_tree as ask
from tui.ask.lineage.ancestry import MOST_CALLS
from tui.ask.sources import Sources
from tui.commands.answer import answer, note
from tui.commands.lens import calls_argument, evidence_argument
from tui.commands.one import repo_argument, repo_of
from tui.commands.write import write
from tui.model import BadInput, Row, View
from tui.render import shapes
from tui.render.export import Cell, Output

HEADS = ("id", "relation", "depth", "missing", "license")


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``tree``."""
    repo_argument(parser)
    calls_argument(parser)
    evidence_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the tree."""
    repo_id = model_of(args, sources)
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, repo_id),
        lambda: ask.stream(sources, repo_id, args.max_calls, "foreground"),
    )
    note(args, view, sources.now())
    write(
        _output(sources, view, args.max_calls, args.evidence),
        args.format or ("text" if os.isatty(1) else "tsv"),
    )
    return 0


def model_of(args: Namespace, sources: Sources) -> str:
    """The model that the arguments name. Raises BadInput for a dataset or Space."""
    kind, repo_id = repo_of(args, sources)
    if kind != "model":
        raise BadInput(f"a {kind} declares no base; name a model")
    return repo_id


def _output(sources: Sources, view: View, max_calls: int | None, evidence: str) -> Output:
    tree: ask.Tree = view.rows[0]
    origin = label(weights(tree.repo, "root", sources.registry, view.read, evidence))
    above = [_above(one, tree) for one in tree.ancestors]
    body: dict[str, Any] = {
        "model": shapes.row(Row(None, tree.repo, origin)),
        "ancestors": above,
        "children": {
            name: [repo.id for repo in branch.repos] for name, branch in tree.children.items()
        },
        "roots": list(tree.roots),
        "cycles": [list(cycle) for cycle in tree.cycles],
        "unresolved": list(tree.unresolved),
        "complete": view.complete,
        "needs": list(tree.needs),
        "notes": list(tree.notes),
    }
    below: list[list[Cell]] = [
        [repo.id, name, -1, False, repo.license]
        for name, branch in tree.children.items()
        for repo in branch.repos
    ]
    itself: list[Cell] = [tree.repo.id, "", 0, False, tree.repo.license]
    rows = [*(list(one.values()) for one in reversed(above)), itself, *below]
    notes = [*_cut(tree, view, max_calls), *tree.notes]
    return Output(
        body=shapes.envelope("tree", sources.endpoint, view, body),
        heads=HEADS,
        rows=rows,
        text=[*_text(tree), *notes],
        ids=[str(row[0]) for row in rows],
        caption=f"Depth: steps above (positive) or below {tree.repo.id}. Roots: "
        f"{', '.join(tree.roots) or 'not known'}.{''.join(f' {note}.' for note in notes)}",
    )


def _cut(tree: ask.Tree, view: View, max_calls: int | None) -> list[str]:
    """That the walk up did not reach every base, and what that means for the roots."""
    if not tree.unresolved:
        return []
    stored = view.stale or view.problems  # it ended for another reason, which is told
    after = "" if stored else f"cut at {max_calls or MOST_CALLS} calls: "
    count = len(tree.unresolved)
    return [f"{after}{count} base{'s' if count > 1 else ''} not looked up, and so no roots"]


def _licence(license: str | None) -> str:
    return f", {license}" if license else ""


def _above(one: Ancestor, tree: ask.Tree) -> dict[str, Any]:
    missing = None if one.id in tree.unresolved else one.missing
    return {
        "id": one.id,
        "relation": one.relation,
        "depth": one.depth,
        "missing": missing,
        "license": one.license,
    }


def _text(tree: ask.Tree) -> list[str]:
    deepest = max((one.depth for one in tree.ancestors), default=0)
    lines = [
        f"{'  ' * (deepest - one.depth)}{one.id}  ({one.relation} below"
        f"{', missing' if one.missing and one.id not in tree.unresolved else ''}"
        f"{', not looked up' if one.id in tree.unresolved else ''}"
        f"{', guessed' if one.guessed else ''}{_licence(one.license)})"
        for one in reversed(tree.ancestors)
    ]
    lines.append(f"{'  ' * deepest}{tree.repo.id}{_licence(tree.repo.license)}")
    for name, branch in tree.children.items():
        total = len(branch.repos) if branch.total is None else branch.total
        if total or branch.repos:
            shown = "" if branch.whole else f", {len(branch.repos)} shown"
            lines.append(f"{'  ' * (deepest + 1)}{name}: {total}{shown}")
            lines += [f"{'  ' * (deepest + 2)}{repo.id}" for repo in branch.repos]
    lines += [f"cycle: {' -> '.join(cycle)}" for cycle in tree.cycles]
    return lines
