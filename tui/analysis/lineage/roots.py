"""The roots of every node of a lineage graph in one pass, shared where they are the same."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tui.analysis.lineage.components import components

ROOT_CAP = 64

Neighbours = Callable[[int], Sequence[int]]


class Roots:
    """Root sets by number: a node's own number is the set of it alone, higher ones are unions.

    From the parentless nodes down, each node takes the union of its parents' sets, at most 64
    roots. A cycle has the roots of the parents outside it; a cycle without any is rooted at the
    member with the smallest ``age``. ``of`` gives the set of each node, ``cycles`` the members of
    the cycle of each node that lies on one. ``linked``: the nodes that have a neighbour, where
    they are known to be few.
    """

    __slots__ = ("_count", "_numbers", "_sets", "_unions", "cycles", "of")

    def __init__(
        self,
        count: int,
        above: Neighbours,
        below: Neighbours,
        age: Callable[[int], Any],
        linked: Sequence[int] | None = None,
    ) -> None:
        self._count = count
        self._sets: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[int, ...], int] = {}
        self._unions: dict[tuple[int, int], int] = {}
        self.cycles: dict[int, tuple[int, ...]] = {}
        self.of = array("i", range(count))
        linked = range(count) if linked is None else linked
        for at in linked:
            self.of[at] = -1
        self._walk_down(above, below, linked)
        self._resolve_cycles(above, age, linked)

    def members(self, number: int) -> tuple[int, ...]:
        """The nodes of a root set, in their order."""
        return (number,) if number < self._count else self._sets[number - self._count]

    def _walk_down(self, above: Neighbours, below: Neighbours, linked: Sequence[int]) -> None:
        """Kahn's order: a node comes when all its parents have their sets."""
        waits = array("i", bytes(4 * self._count))
        ready = array("i")
        for at in linked:
            waits[at] = len(above(at))
            if not waits[at]:
                ready.append(at)
        of = self.of
        while ready:
            at = ready.pop()
            of[at] = self._union([of[parent] for parent in above(at)], at)
            for child in below(at):
                waits[child] -= 1
                if not waits[child]:
                    ready.append(child)

    def _resolve_cycles(
        self, above: Neighbours, age: Callable[[int], Any], linked: Sequence[int]
    ) -> None:
        left = [at for at in linked if self.of[at] < 0]
        for group in components(left, above):
            members = set(group)
            outside = [
                self.of[parent] for at in group for parent in above(at) if parent not in members
            ]
            roots = self._union(outside, min(group, key=age))
            for at in group:
                self.of[at] = roots
                if len(group) > 1:
                    self.cycles[at] = tuple(sorted(group))

    def _union(self, sets: Iterable[int], itself: int) -> int:
        """The number of the united sets; ``itself`` where there is none."""
        united = -1
        for number in sets:
            if united < 0 or united == number:
                united = number
                continue
            pair = (united, number)
            if pair not in self._unions:
                both = {*self.members(united), *self.members(number)}
                self._unions[pair] = self._numbered(tuple(sorted(both)[:ROOT_CAP]))
            united = self._unions[pair]
        return itself if united < 0 else united

    def _numbered(self, members: tuple[int, ...]) -> int:
        if members not in self._numbers:
            self._numbers[members] = self._count + len(self._sets)
            self._sets.append(members)
        return self._numbers[members]
