"""The lineage of numbered repos as flat arrays: three million fit where objects would not."""

from array import array
from collections.abc import Iterable
from itertools import accumulate


class Lineage:
    """Who names whom among the nodes 0 to ``count - 1``, without those that name themselves.

    ``edges`` are (child, parent, relation) in the order of the children. ``kinds`` are the
    relations of a node's edges as bits, that to itself among them.
    """

    __slots__ = ("begins", "below", "below_at", "count", "kinds", "parents")

    def __init__(self, count: int, edges: Iterable[tuple[int, int, int]]) -> None:
        self.count = count
        self.parents, self.kinds = array("i"), bytearray(count)
        self.begins = array("i", bytes(4 * (count + 1)))
        children = array("i")
        for child, parent, relation in edges:
            self.kinds[child] |= 1 << relation
            if child != parent:
                self.parents.append(parent)
                children.append(child)
                self.begins[child + 1] += 1
        _add_up(self.begins)
        self.below_at = array("i", bytes(4 * (count + 1)))
        for parent in self.parents:
            self.below_at[parent + 1] += 1
        _add_up(self.below_at)
        self.below = array("i", bytes(4 * len(self.parents)))
        free = self.below_at[:]
        for child, parent in zip(children, self.parents):
            self.below[free[parent]] = child
            free[parent] += 1

    def linked(self) -> "array[int]":
        """The nodes that name another one or are named by one, ascending."""
        begins, below_at = self.begins, self.below_at
        return array(
            "i",
            (
                at
                for at in range(self.count)
                if begins[at] != begins[at + 1] or below_at[at] != below_at[at + 1]
            ),
        )

    def above(self, at: int) -> "array[int]":
        """The bases of a node, in the order in which it names them."""
        return self.parents[self.begins[at] : self.begins[at + 1]]

    def children(self, at: int) -> "array[int]":
        """The nodes that name this one."""
        return self.below[self.below_at[at] : self.below_at[at + 1]]


def _add_up(counts: "array[int]") -> None:
    counts[:] = array("i", accumulate(counts))
