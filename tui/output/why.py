"""Which rules gave a repo its family and its origin."""

from tui.analysis.lineage.edges import parents_of
from tui.analysis.origins.origins import groups, label, split
from tui.analysis.origins.why import rules
from tui.analysis.registry.registry import Registry
from tui.model import View
from tui.model.lens import EVIDENCES
from tui.output import json
from tui.output.forms import Context, Output
from tui.output.tree import Tree


def output(view: View[Tree], context: Context, registry: Registry, evidence: str) -> Output:
    """The rules, one sentence each, for the repo whose tree ``view`` holds.

    The rules of both evidences are told; family and origin are those of ``evidence``.
    """
    tree = view.value
    family = registry.family_of(tree.repo.id)
    edges = [edge for edge in parents_of(tree.repo, registry) if edge.parent != tree.repo.id]
    sentences = rules(
        tree.repo.id,
        registry,
        edges,
        tree.roots,
        tree.notes,
        groups(tree.repo.id, registry, tree.graph, EVIDENCES[1]),
    )
    origin_groups = groups(tree.repo.id, registry, tree.graph, evidence)
    body = {
        "id": tree.repo.id,
        "family": family.key if family else None,
        "origin": label(split(group.country for group in origin_groups)),
        "rules": sentences,
        "evidence": evidence,
        "built_on": [key for group in origin_groups if (key := group.family)],
        "by_name": any(group.told for group in origin_groups),
    }
    return Output(
        body=json.envelope(context, view, body),
        heads=("rule",),
        rows=[[line] for line in sentences],
        text=sentences,
        ids=[tree.repo.id],
    )
