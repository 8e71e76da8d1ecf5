"""A model's lineage: its bases up to the roots, and what is built on it."""

from collections.abc import Iterator
from typing import Any, Protocol

from tui.analysis.lineage.graph import Ancestor, Graph
from tui.analysis.origins.origins import label, weights
from tui.analysis.registry.registry import Registry
from tui.model import Repo, Row, View
from tui.output import json
from tui.output.forms import Cell, Context, Output

_HEADS = ("id", "relation", "depth", "missing", "license")


class Branch(Protocol):
    """The children by one relation, as the ask hands them out."""

    repos: tuple[Repo, ...]
    total: int | None
    whole: bool


class Tree(Protocol):
    """One repo with what is known above and below it, as the ask hands it out."""

    repo: Repo
    ancestors: tuple[Ancestor, ...]
    roots: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...]
    children: dict[str, Branch]
    unresolved: tuple[str, ...]
    needs: tuple[str, ...]
    graph: Graph | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said beside the tree, one sentence each."""


def output(
    view: View[Tree], context: Context, registry: Registry, most_calls: int, evidence: str
) -> Output:
    """The tree; in its rows depth is positive above the repo and negative below it.

    ``most_calls`` is how many the walk up might make, ``evidence`` what places its roots.
    """
    tree = view.value
    origin = label(weights(tree.repo, "root", registry, tree.graph, evidence))
    above = [_above(ancestor, tree) for ancestor in tree.ancestors]
    body: dict[str, Any] = {
        "model": json.row(Row(None, tree.repo, origin)),
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
    rows = [*(list(base.values()) for base in reversed(above)), itself, *below]
    notes = [*_cut(tree, view, most_calls), *tree.notes]
    return Output(
        body=json.envelope(context, view, body),
        heads=_HEADS,
        rows=rows,
        text=_text(tree, notes),
        ids=[str(row[0]) for row in rows],
        caption=f"Depth: steps above (positive) or below {tree.repo.id}. Roots: "
        f"{', '.join(tree.roots) or 'not known'}.{''.join(f' {note}.' for note in notes)}",
    )


def _above(ancestor: Ancestor, tree: Tree) -> dict[str, Any]:
    missing = None if ancestor.id in tree.unresolved else ancestor.missing
    return {
        "id": ancestor.id,
        "relation": ancestor.relation,
        "depth": ancestor.depth,
        "missing": missing,
        "license": ancestor.license,
    }


def _cut(tree: Tree, view: View[Tree], most_calls: int) -> list[str]:
    """That the walk up did not reach every base, and what that means for the roots."""
    if not tree.unresolved:
        return []
    stored = view.stale or view.problems  # it ended for another reason, which is told
    after = "" if stored else f"cut at {most_calls} calls: "
    count = len(tree.unresolved)
    return [f"{after}{count} base{'s' if count > 1 else ''} not looked up, and so no roots"]


def _licence(license: str | None) -> str:
    return f", {license}" if license else ""


def _text(tree: Tree, notes: list[str]) -> Iterator[str]:
    deepest = max((ancestor.depth for ancestor in tree.ancestors), default=0)
    for ancestor in reversed(tree.ancestors):
        missing = ", missing" if ancestor.missing and ancestor.id not in tree.unresolved else ""
        left = ", not looked up" if ancestor.id in tree.unresolved else ""
        guessed = ", guessed" if ancestor.guessed else ""
        how = f"{ancestor.relation} below{missing}{left}{guessed}{_licence(ancestor.license)}"
        yield f"{'  ' * (deepest - ancestor.depth)}{ancestor.id}  ({how})"
    yield f"{'  ' * deepest}{tree.repo.id}{_licence(tree.repo.license)}"
    for name, branch in tree.children.items():
        total = len(branch.repos) if branch.total is None else branch.total
        if total or branch.repos:
            shown = "" if branch.whole else f", {len(branch.repos)} shown"
            yield f"{'  ' * (deepest + 1)}{name}: {total}{shown}"
            yield from (f"{'  ' * (deepest + 2)}{repo.id}" for repo in branch.repos)
    yield from (f"cycle: {' -> '.join(cycle)}" for cycle in tree.cycles)
    yield from notes
