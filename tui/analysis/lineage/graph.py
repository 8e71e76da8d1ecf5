"""Who descends from whom: the declared bases of a repo, and the graph that they make.

The Hub's lineage is thin and untidy: most repos declare no base, tags name each base twice, 317 of
138,660 children in one quarter named themselves, chains reach 39 steps and one merge has 65
parents. So the walk is iterative, ids compare without case, ids that moved are followed, and a
base that is not among the rows stays in the graph as a ghost, marked ``missing``.
"""

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.analysis.lineage import by_name
from tui.analysis.lineage.edges import parents_of, unresolved
from tui.analysis.lineage.roots import ROOT_CAP, Roots
from tui.analysis.registry.registry import Registry, author_of
from tui.model import RELATIONS, Edge, Repo
from tui.model.lens import EVIDENCES

__all__ = ["ROOT_CAP", "Ancestor", "Graph", "parents_of", "unresolved"]


class Ancestor(NamedTuple):
    """One repo above another, and the step by which the shortest way reaches it."""

    id: str
    relation: str  # of the edge that leads to it from below
    depth: int  # 1: a parent
    missing: bool  # named as a base, but no row of it is at hand
    guessed: bool = False
    license: str | None = None  # as its row has it; a Graph leaves it out


class Graph:
    """The lineage of a set of rows. Nodes are the rows and the ghosts they name.

    A repo's roots are what Roots makes of them; a repo that names itself only is its own root.
    With the evidence ``named`` a repackaged repo that declares nothing gets the one row at hand
    whose name it copies as its base, marked ``guessed``; what else names tell is no edge, see
    ``tui.analysis.origins.origins``.
    """

    __slots__ = (
        "_children",
        "_children_at",
        "_guessed",
        "_index",
        "_parents",
        "_parents_at",
        "_relations",
        "_roots",
        "_rows",
        "_self_loops",
        "evidence",
        "ids",
        "registry",
    )

    def __init__(
        self, rows: Iterable[Repo], registry: Registry, evidence: str = EVIDENCES[0]
    ) -> None:
        self.registry = registry
        self.evidence = evidence
        self.ids: list[str] = []
        self._index: dict[str, int] = {}
        self._parents, self._relations = array("i"), array("b")
        self._parents_at = array("i", [0])
        self._guessed: set[int] = set()
        self._self_loops: set[int] = set()
        created = self._add_rows(list(rows))
        self._children_at, self._children = self._turn_around()
        self._roots = Roots(
            len(self.ids), self._above, self._below, lambda at: (_age(created, at), self.ids[at])
        )

    # building

    def _add_rows(self, rows: list[Repo]) -> list[str | None]:
        """Take in rows, then ghosts; give the creation time of each node."""
        unique: list[Repo] = []
        by_hub_id: dict[str, int] = {}
        for row in rows:
            name = self.registry.canonical(row.id).lower()
            at = self._index.get(name)
            if at is None and row.hub_id:
                at = by_hub_id.get(row.hub_id)
            if at is None:
                at = len(unique)
                unique.append(row)
                self.ids.append(row.id)
                if row.hub_id:
                    by_hub_id[row.hub_id] = at
            self._index.setdefault(name, at)
            self._index.setdefault(row.id.lower(), at)
        self._rows = len(unique)
        sources = _by_name(unique) if self.evidence != EVIDENCES[0] else {}
        for at, row in enumerate(unique):
            self._add_edges(at, parents_of(row, self.registry) or _copied(row, sources))
        at = self._rows
        while at < len(self.ids):  # a ghost may be a mirror, and so name another ghost
            self._add_edges(at, parents_of(Repo(self.ids[at]), self.registry))
            at += 1
        return [row.created_at for row in unique]

    def _add_edges(self, at: int, edges: Iterable[Edge]) -> None:
        seen: set[int] = set()
        for edge in edges:
            name = edge.parent.lower()
            parent = self._index.get(name)
            if parent is None:
                parent = self._index[name] = len(self.ids)
                self.ids.append(edge.parent)
            if parent == at:
                self._self_loops.add(at)
            elif parent not in seen:
                seen.add(parent)
                if edge.guessed:
                    self._guessed.add(len(self._parents))
                self._parents.append(parent)
                self._relations.append(RELATIONS.index(edge.relation))
        self._parents_at.append(len(self._parents))

    def _turn_around(self) -> "tuple[array[int], array[int]]":
        """The children of each node: where they begin, and the edges' children in that order."""
        begins = array("i", bytes(4 * (len(self.ids) + 1)))
        for parent in self._parents:
            begins[parent + 1] += 1
        for at in range(len(self.ids)):
            begins[at + 1] += begins[at]
        free, children = begins[:], array("i", bytes(4 * len(self._parents)))
        for at in range(len(self.ids)):
            for parent in self._above(at):
                children[free[parent]] = at
                free[parent] += 1
        return begins, children

    def _above(self, at: int) -> "array[int]":
        return self._parents[self._parents_at[at] : self._parents_at[at + 1]]

    def _below(self, at: int) -> "array[int]":
        return self._children[self._children_at[at] : self._children_at[at + 1]]

    # asking

    def __contains__(self, repo_id: str) -> bool:
        return self._at(repo_id) is not None

    def _at(self, repo_id: str) -> int | None:
        at = self._index.get(repo_id.lower())
        return self._index.get(self.registry.canonical(repo_id).lower()) if at is None else at

    def missing(self, repo_id: str) -> bool:
        """Say whether the graph knows the repo by its name alone, or not at all."""
        at = self._at(repo_id)
        return at is None or at >= self._rows

    def roots(self, repo_id: str) -> tuple[str, ...]:
        """The ids at the top of the lineage, at most 64; the repo itself when it has no base.

        Empty for a repo that is not in the graph.
        """
        at = self._at(repo_id)
        if at is None:
            return ()
        return tuple(self.ids[root] for root in self._roots.members(self._roots.of[at]))

    def ancestors(self, repo_id: str) -> list[Ancestor]:
        """Every repo above this one, the nearest first, each once; a cycle ends where it closes."""
        start = self._at(repo_id)
        if start is None:
            return []
        ancestors: list[Ancestor] = []
        for depth, level in enumerate(self._levels(start)):
            for edge in level if depth else ():
                parent = self._parents[edge]
                relation = RELATIONS[self._relations[edge]]
                missing, guessed = parent >= self._rows, edge in self._guessed
                ancestors.append(Ancestor(self.ids[parent], relation, depth, missing, guessed))
        return ancestors

    def _levels(self, start: int) -> Iterator[list[int]]:
        """The edges to each level above ``start``, nearest first; an empty level stands for it."""
        seen, frontier = {start}, [start]
        yield []
        while frontier:
            level: list[int] = []
            for at in frontier:
                for edge in range(self._parents_at[at], self._parents_at[at + 1]):
                    if self._parents[edge] not in seen:
                        seen.add(self._parents[edge])
                        level.append(edge)
            frontier = [self._parents[edge] for edge in level]
            if level:
                yield level

    def children(self, repo_id: str) -> dict[str, list[str]]:
        """The repos at hand that name this one as base, by relation, in the order of the rows."""
        by_relation: dict[str, list[str]] = {relation: [] for relation in RELATIONS}
        at = self._at(repo_id)
        if at is None:
            return by_relation
        for child in self._below(at):
            edge = self._parents_at[child] + self._above(child).index(at)
            by_relation[RELATIONS[self._relations[edge]]].append(self.ids[child])
        return by_relation

    def cycles(self, repo_id: str) -> list[tuple[str, ...]]:
        """The cycles that this repo or one above it lies on; a repo that names itself is one."""
        start = self._at(repo_id)
        if start is None:
            return []
        nodes = [start] + [self._parents[edge] for level in self._levels(start) for edge in level]
        cycles: dict[tuple[int, ...], None] = {}
        for at in nodes:
            if at in self._self_loops:
                cycles[(at,)] = None
            if at in self._roots.cycles:
                cycles[self._roots.cycles[at]] = None
        return [tuple(self.ids[at] for at in cycle) for cycle in cycles]

    def needs(self, repo_id: str) -> tuple[str, ...]:
        """What an adapter needs beside it to run: each adapter below it, and their bases.

        Empty for a repo that is no adapter; the nearest first, each once.
        """
        at = self._at(repo_id)
        needed: dict[int, None] = {}
        waiting = [] if at is None else [at]
        while waiting:
            at = waiting.pop()
            for edge in range(self._parents_at[at], self._parents_at[at + 1]):
                parent = self._parents[edge]
                if RELATIONS[self._relations[edge]] == "adapter" and parent not in needed:
                    needed[parent] = None
                    waiting.append(parent)
        return tuple(self.ids[parent] for parent in needed)

    def nearest_labs(self, repo_id: str) -> tuple[str, ...]:
        """The labs or companies nearest to a repo, itself included; several where they tie.

        Breadth first, namespaces that mostly repackage are passed by.
        """
        start = self._at(repo_id)
        if start is None:
            return ()
        for depth, level in enumerate(self._levels(start)):
            nodes = [self._parents[edge] for edge in level] if depth else [start]
            authors = (author_of(self.registry.canonical(self.ids[at])) for at in nodes)
            labs = {author.lower(): author for author in authors if self.registry.is_lab(author)}
            if labs:
                return tuple(labs.values())
        return ()

    def kind(self, repo_id: str) -> str:
        """``base``, the relation to the base, or ``repackaged ...`` for a quantized copy of such.

        A quantized copy of a quantized copy counts as one of what both were made from.
        """
        at = self._at(repo_id)
        seen: set[int] = set()
        prefix = ""
        while at is not None and at not in seen and len(self._above(at)):
            seen.add(at)
            relation = RELATIONS[self._relations[self._parents_at[at]]]
            if relation != "quantized":
                return prefix + relation
            prefix = "repackaged "
            at = self._parents[self._parents_at[at]]
        return f"{prefix}base"


def _by_name(rows: Iterable[Repo]) -> dict[str, str]:
    """The rows by their whole id and by the name in it, in lower case; "" where two share one."""
    id_by_name: dict[str, str] = {}
    for row in rows:
        owner, _, name = row.id.lower().rpartition("/")
        for key in {name, f"{owner}/{name}"}:
            id_by_name[key] = "" if key in id_by_name else row.id
    return id_by_name


def _copied(row: Repo, sources: dict[str, str]) -> list[Edge]:
    """The edge to the row that a repackaged repo copies by its name, where there is just one."""
    for name in by_name.copied(row.id) if sources else ():
        source = sources.get(name)
        if source and source.lower() != row.id.lower():
            return [Edge(row.id, source, "quantized", guessed=True)]
    return []


def _age(created: list[str | None], at: int) -> str:
    """A key that sorts the oldest first and an unknown date last."""
    return (created[at] if at < len(created) else None) or "~"
