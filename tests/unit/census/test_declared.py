"""What a census reads of a declared base is what is read of it elsewhere."""

import pytest

from tui.analysis.census.declared import Declared
from tui.analysis.lineage.edges import parents_of
from tui.analysis.registry.registry import load
from tui.model import RELATIONS, BaseModels, Repo

REGISTRY = load()
RENAMES = [alias for alias in REGISTRY.aliases if alias.kind == "rename"]
MOVED = next(alias for alias in RENAMES if alias.old[-1] not in "/-")
HEAD = next(alias for alias in RENAMES if alias.old.endswith("/"))
MIRROR = next(alias for alias in REGISTRY.aliases if alias.kind == "mirror").old
IDS = ("acme/a", "ACME/A", MOVED.old, MOVED.new, f"{HEAD.old}x", f"{HEAD.new}x", MIRROR, "gpt2")
BASES = (
    *IDS, "https://huggingface.co/acme/a", "none", "./output", "a, b", "acme/a@main",
    "Acme/a", MOVED.old.swapcase(),
)  # fmt: skip


@pytest.mark.parametrize("repo_id", IDS)
def test_one_base(repo_id: str) -> None:
    declared = Declared(REGISTRY)
    for base in BASES:
        for relation in RELATIONS:
            repo = Repo(repo_id, base_models=BaseModels(relation, (base,)))
            wanted = [
                (at, edge.parent, RELATIONS.index(edge.relation), int(edge.guessed))
                for at, edge in enumerate(parents_of(repo, REGISTRY))
            ]
            assert list(declared.of_one(repo_id, relation, base)) == wanted, (base, relation)
