"""What every repo of a census is built on, a line for each family; and the same by month."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from tui.analysis.census.built import UNSURE, YES, by_child, direct, family_tops, walked
from tui.analysis.lineage.roots import Roots
from tui.ask.census.nodes import Nodes

Edge = tuple[int, int]  # base and relation
Line = tuple[int, int, int, int, int, int, int]


class Built:
    """The lines of all rows. ``orgs``: the authors of each family's first party."""

    def __init__(self, nodes: Nodes, roots: Roots, orgs: dict[int, set[int]]) -> None:
        self._nodes = nodes
        self._roots = roots
        self._orgs = orgs
        self._months: Counter[tuple[int, ...]] = Counter()

    def lines(self, edges: Iterable[tuple[int, int, int]]) -> Iterator[Line]:
        """A line for each family that a repo is built on, by its bases and by its roots."""
        nodes, months, orgs, of = self._nodes, self._months, self._orgs, self._roots.of
        for child, mine in by_child(edges):
            if child >= nodes.rows:
                break
            alone = len(mine) == 1 and of[mine[0][0]] == of[child] != child
            month, author = nodes.month[child], nodes.author[child]
            for line in self._of_one(child, *mine[0]) if alone else self._of_many(child, mine):
                family, way, _, *rest = line
                months[family, way, month, author in orgs[family], *rest] += 1
                yield line

    def by_month(self) -> Iterator[tuple[Any, ...]]:
        """How many repos of each month are built alike, once all lines are made."""
        names = self._nodes.months.names
        lines = [(f, way, names[month], *rest) for f, way, month, *rest in self._months]
        yield from sorted((*line, count) for line, count in zip(lines, self._months.values()))

    def _of_one(self, child: int, parent: int, relation: int) -> Iterator[Line]:
        """Of a repo with one base, whose roots are its own: as ``_of_many``, with less work."""
        nodes, bit = self._nodes, 1 << relation
        number = self._roots.of[parent]
        for way, tops in ((0, self._tops(parent) if parent < nodes.rows else ()),
                          (1, self._tops(number))):  # fmt: skip
            for family, llm in tops:
                parts = self._parts(number) if way else 1
                sure, may = bit if llm == YES else 0, bit if llm == UNSURE else 0
                yield family, way, child + 1, bit, sure, may, parts

    def _of_many(self, child: int, edges: Sequence[Edge]) -> Iterator[Line]:
        nodes, of = self._nodes, self._roots.of
        by_bases = direct(edges, nodes.family, nodes.llm, nodes.rows)
        parts = len({nodes.group[parent] for parent, _ in edges})
        for family, into in sorted(by_bases.items()):
            yield family, 0, child + 1, *into, parts
        by_roots = walked(
            child, edges, lambda base: self._tops(of[base]), lambda base: of[base] == child
        )
        for family, into in sorted(by_roots.items()):
            yield family, 1, child + 1, *into, self._parts(of[child])

    def _tops(self, number: int) -> Sequence[tuple[int, int]]:
        """The families of a root set; one node alone is the set of itself."""
        nodes = self._nodes
        if number >= len(nodes):
            return self._united(number)
        family = nodes.family[number]
        return ((family, nodes.llm[number]),) if family else ()

    @cache  # noqa: B019 - of one making
    def _united(self, number: int) -> Sequence[tuple[int, int]]:
        members = self._roots.members(number)
        return sorted(family_tops(members, self._nodes.family, self._nodes.llm))

    def _parts(self, number: int) -> int:
        """The groups that credit for a root set is split over."""
        return 1 if number < len(self._nodes) else self._groups(number)

    @cache  # noqa: B019 - of one making
    def _groups(self, number: int) -> int:
        return len({self._nodes.group[root] for root in self._roots.members(number)})
