"""``hubscope why ID``: which rules gave a model its family and its origin."""

import os
from argparse import ArgumentParser, Namespace

from tui.analysis.lineage.edges import parents_of
from tui.analysis.origins.origins import groups, label, split
from tui.analysis.origins.why import rules
from tui.ask.lineage import family_tree as ask
from tui.ask.sources import Sources
from tui.commands.answer import answer, note
from tui.commands.lens import evidence_argument
from tui.commands.one import repo_argument
from tui.commands.tree import model_of
from tui.commands.write import write
from tui.model.lens import EVIDENCES
from tui.render import shapes
from tui.render.export import Output


def arguments(parser: ArgumentParser) -> None:
    """Add the options of ``why``."""
    repo_argument(parser)
    evidence_argument(parser)


def run(args: Namespace, sources: Sources) -> int:
    """Print the rules."""
    repo_id = model_of(args, sources)
    view = answer(
        args,
        sources,
        lambda: ask.peek(sources, repo_id),
        lambda: ask.stream(sources, repo_id, lane="foreground", children=False),
    )
    tree: ask.Tree = view.rows[0]
    registry = sources.registry
    family = registry.family_of(tree.repo.id)
    edges = [edge for edge in parents_of(tree.repo, registry) if edge.parent != tree.repo.id]
    said = rules(
        tree.repo.id,
        registry,
        edges,
        tree.roots,
        tree.notes,
        groups(tree.repo.id, registry, view.read, EVIDENCES[1]),
    )
    found = groups(tree.repo.id, registry, view.read, args.evidence)
    body = {
        "id": tree.repo.id,
        "family": family.key if family else None,
        "origin": label(split(group.country for group in found)),
        "rules": said,
        "evidence": args.evidence,
        "built_on": [key for group in found if (key := group.family)],
        "by_name": any(group.told for group in found),
    }
    note(args, view, sources.now())
    output = Output(
        body=shapes.envelope("why", sources.endpoint, view, body),
        heads=("rule",),
        rows=[[line] for line in said],
        text=said,
        ids=[tree.repo.id],
    )
    write(output, args.format or ("text" if os.isatty(1) else "tsv"))
    return 0
