"""The lineage of numbered repos as flat arrays: three million fit where objects would not."""

from array import array
from collections.abc import Iterable


class Lineage:
    """Who names whom among the nodes 0 to ``count - 1``, without those that name themselves.

    ``edges`` are (child, parent, relation) in the order of the children.
    """

    __slots__ = ("begins", "below", "below_at", "count", "parents", "relations")

    def __init__(self, count: int, edges: Iterable[tuple[int, int, int]]) -> None:
        self.count = count
        self.parents, self.relations = array("i"), array("b")
        self.begins = array("i", bytes(4 * (count + 1)))
        for child, parent, relation in edges:
            if child != parent:
                self.parents.append(parent)
                self.relations.append(relation)
                self.begins[child + 1] += 1
        _add_up(self.begins)
        self.below_at = array("i", bytes(4 * (count + 1)))
        for parent in self.parents:
            self.below_at[parent + 1] += 1
        _add_up(self.below_at)
        self.below = array("i", bytes(4 * len(self.parents)))
        free = self.below_at[:]
        for child in range(count):
            for parent in self.above(child):
                self.below[free[parent]] = child
                free[parent] += 1

    def above(self, at: int) -> "array[int]":
        """The bases of a node, in the order in which it names them."""
        return self.parents[self.begins[at] : self.begins[at + 1]]

    def children(self, at: int) -> "array[int]":
        """The nodes that name this one."""
        return self.below[self.below_at[at] : self.below_at[at + 1]]


def _add_up(counts: "array[int]") -> None:
    total = 0
    for at, count in enumerate(counts):
        total += count
        counts[at] = total
