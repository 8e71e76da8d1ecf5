"""The lineage of every repo of a census, asked as a graph is: walked when it is asked."""

from collections.abc import Iterator

from tui.analysis.lineage.graph import Ancestor, Graph
from tui.analysis.registry.registry import Registry, author_of
from tui.ask.census.held import Held
from tui.model import RELATIONS

_ABOVE = "SELECT parent, relation, guessed FROM edge WHERE child = ? ORDER BY place"
_BELOW = (
    "SELECT b.child, b.relation FROM below b WHERE b.parent = ? AND b.child <> b.parent"
    " ORDER BY b.child LIMIT ?"
)


class CensusGraph(Graph):
    """A Graph whose nodes are in the file; ids it does not know are in no graph."""

    __slots__ = ("_edges", "_held", "_names")

    def __init__(self, held: Held, registry: Registry) -> None:
        super().__init__((), registry)
        self._held = held
        self._edges: dict[int, list[tuple[int, int, int]]] = {}
        self._names: dict[int, str] = {}

    def _at(self, repo_id: str) -> int | None:
        node = self._held.census.find(repo_id)
        if node is None:
            node = self._held.census.find(self.registry.canonical(repo_id))
        return node

    def missing(self, repo_id: str) -> bool:
        """See Graph."""
        at = self._at(repo_id)
        return at is None or at > self._held.census.count

    def roots(self, repo_id: str) -> tuple[str, ...]:
        """See Graph."""
        at = self._at(repo_id)
        if at is None:
            return ()
        lines = self._held.census.ask(
            "SELECT s.root FROM mark m JOIN rootset s ON s.id = m.roots WHERE m.node = ?", (at,)
        )
        nodes = [root for (root,) in lines] or [at]
        return tuple(self._name(node) for node in nodes)

    def ancestors(self, repo_id: str) -> list[Ancestor]:
        """See Graph."""
        start = self._at(repo_id)
        count = self._held.census.count
        ancestors = []
        for depth, level in enumerate(self._steps(start) if start is not None else ()):
            for parent, relation, guessed in level if depth else ():
                name = self._name(parent)
                ancestors.append(
                    Ancestor(name, RELATIONS[relation], depth, parent > count, bool(guessed))
                )
        return ancestors

    def _steps(self, start: int) -> Iterator[list[tuple[int, int, int]]]:
        """The edges to each level above ``start``, nearest first; ``start`` stands before them."""
        seen, level = {start}, [(start, 0, 0)]
        while level:
            yield level
            above: list[tuple[int, int, int]] = []
            for node, _, _ in level:
                for edge in self._above_of(node):
                    if edge[0] not in seen:
                        seen.add(edge[0])
                        above.append(edge)
            level = above

    def children(self, repo_id: str, most: int = -1) -> dict[str, list[str]]:
        """See Graph; the most downloaded first, no more than ``most`` in all."""
        by_relation: dict[str, list[str]] = {relation: [] for relation in RELATIONS}
        at = self._at(repo_id)
        for child, relation in self._held.census.ask(_BELOW, (at, most)):
            by_relation[RELATIONS[relation]].append(self._name(child))
        return by_relation

    def cycles(self, repo_id: str) -> list[tuple[str, ...]]:
        """See Graph."""
        start = self._at(repo_id)
        if start is None:
            return []
        cycles: dict[tuple[int, ...], None] = {}
        for node in [node for level in self._steps(start) for node, _, _ in level]:
            if any(parent == node for parent, _, _ in self._above_of(node)):
                cycles[(node,)] = None
            for (members,) in self._held.census.ask(
                "SELECT members FROM loop WHERE node = ?", (node,)
            ):
                cycles[tuple(int(member) for member in members.split())] = None
        return [tuple(self._name(node) for node in cycle) for cycle in cycles]

    def nearest_labs(self, repo_id: str) -> tuple[str, ...]:
        """See Graph."""
        start = self._at(repo_id)
        for level in self._steps(start) if start is not None else ():
            names = (self.registry.canonical(self._name(node)) for node, _, _ in level)
            labs = {
                author.lower(): author
                for name in names
                if self.registry.is_lab(author := author_of(name))
            }
            if labs:
                return tuple(labs.values())
        return ()

    def kind(self, repo_id: str) -> str:
        """See Graph."""
        at, seen, prefix = self._at(repo_id), set[int](), ""
        while at is not None and at not in seen:
            seen.add(at)
            first = next((edge for edge in self._above_of(at) if edge[0] != at), None)
            if first is None:
                break
            if RELATIONS[first[1]] != "quantized":
                return prefix + RELATIONS[first[1]]
            prefix, at = "repackaged ", first[0]
        return f"{prefix}base"

    def _above_of(self, node: int) -> list[tuple[int, int, int]]:
        known = self._edges.get(node)
        if known is None:
            rows = self._held.census.ask(_ABOVE, (node,))
            known = self._edges[node] = [(int(a), int(b), int(c)) for a, b, c in rows]
        return known

    def _name(self, node: int) -> str:
        known = self._names.get(node)
        if known is None:
            known = self._names[node] = self._held.census.ids([node])[node]
        return known
