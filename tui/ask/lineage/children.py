"""The children of a repo by relation, each where it names the repo as its base."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tui.analysis.lineage.edges import parents_of
from tui.ask.sources import Sources
from tui.model import RELATIONS, Repo


class Branch(NamedTuple):
    """The children of a repo by one relation, the most downloaded first."""

    relation: str  # one of RELATIONS
    repos: tuple[Repo, ...] = ()
    total: int | None = None  # as the Hub counts them; it knows no relation "unknown"
    next: str | None = None  # path of the Hub's next page
    whole: bool = False  # all of them are in ``repos``


def no_children(counts: Mapping[str, int] | None) -> dict[str, Branch]:
    """A branch for each relation, with the Hub's count and nothing else."""
    return {name: Branch(name, total=(counts or {}).get(name)) for name in RELATIONS}


def sort_in(
    sources: Sources, branches: dict[str, Branch], repo_id: str, rows: Iterable[Repo]
) -> None:
    """Put children of a repo into the branches of their relations, each once."""
    held = {name: {row.id: row for row in branch.repos} for name, branch in branches.items()}
    for row in rows:
        for relation in relations_of(sources, row, repo_id):
            held[relation].setdefault(row.id, row)
    for relation, branch in branches.items():
        branches[relation] = branch._replace(repos=tuple(held[relation].values()))


def relations_of(sources: Sources, row: Repo, parent: str) -> set[str]:
    """How a row names ``parent`` as its base, under any of its names."""
    present = sources.registry.canonical(parent).lower()
    if row.id.lower() == parent.lower():
        return set()  # a repo that names itself is a cycle, not its own child
    return {
        edge.relation
        for edge in parents_of(row, sources.registry)
        if edge.parent.lower() == present
    }
