"""Which rules gave a repo its family and its origin."""

from typing import Any

from tui.analysis.lineage.edges import parents_of
from tui.analysis.origins.origins import label, weights
from tui.analysis.origins.why import rules
from tui.analysis.registry.registry import Registry
from tui.model import View
from tui.output import json
from tui.output.forms import Context, Output


def output(view: View, context: Context, registry: Registry) -> Output:
    """The rules, one sentence each, for the repo whose tree ``view`` holds."""
    tree: Any = view.rows[0]
    family = registry.family_of(tree.repo.id)
    said = rules(tree.repo.id, registry, parents_of(tree.repo, registry), tree.roots)
    body = {
        "id": tree.repo.id,
        "family": family.key if family else None,
        "origin": label(weights(tree.repo, "root", registry, view.read)),
        "rules": said,
    }
    return Output(
        body=json.envelope(context, view, body),
        heads=("rule",),
        rows=[[line] for line in said],
        text=said,
        ids=[tree.repo.id],
    )
