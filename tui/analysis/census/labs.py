"""The nearest labs of every node in one pass, from the labs down: what ``Graph`` asks for one."""

from array import array
from collections.abc import Iterable

from tui.analysis.census.arrays import Lineage


class NearestLabs:
    """Sets of labs by number: 0 is none. ``of`` gives the set of each node.

    ``labs`` are (node, lab) for every node that a lab uploaded. A node has its own lab, else the
    labs of those of its bases that have one in the fewest steps. Breadth first, so a cycle ends.
    """

    __slots__ = ("_numbers", "of", "sets")

    def __init__(self, lineage: Lineage, labs: Iterable[tuple[int, int]]) -> None:
        self.sets: list[tuple[int, ...]] = [()]
        self._numbers: dict[tuple[int, ...], int] = {(): 0}
        self.of = array("i", bytes(4 * lineage.count))
        level = []
        for node, lab in labs:
            self.of[node] = self._number((lab,))
            level.append(node)
        while level:
            level = self._down(lineage, level)

    def _down(self, lineage: Lineage, level: list[int]) -> list[int]:
        reached: dict[int, int] = {}
        for node in level:
            lab_set = self.of[node]
            for child in lineage.children(node):
                if self.of[child]:
                    continue
                earlier = reached.get(child)
                if earlier is None or earlier == lab_set:
                    reached[child] = lab_set
                else:
                    reached[child] = self._number((*self.sets[earlier], *self.sets[lab_set]))
        for child, number in reached.items():
            self.of[child] = number
        return list(reached)

    def _number(self, labs: Iterable[int]) -> int:
        members = tuple(sorted(set(labs)))
        number = self._numbers.get(members)
        if number is None:
            number = self._numbers[members] = len(self.sets)
            self.sets.append(members)
        return number
