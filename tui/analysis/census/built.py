"""What every repo is built on, family by family: by its own bases, and by its roots."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.model import RELATIONS

NO, YES, UNSURE = 0, 1, 2  # is it a language model?
EVERY = (1 << len(RELATIONS)) - 1


class Into(NamedTuple):
    """The relations, as bits, by which a repo is built on one family.

    Into any repo of it, into its language models, and into those that may be one.
    """

    every: int = 0
    llm: int = 0
    unsure: int = 0

    def with_edge(self, relation: int, llm: int) -> "Into":
        """A copy with one more edge; ``llm``: YES, NO or UNSURE, of the repo it leads to."""
        bit = 1 << relation
        return Into(
            self.every | bit,
            self.llm | (bit if llm == YES else 0),
            self.unsure | (bit if llm == UNSURE else 0),
        )


def direct(
    edges: Iterable[tuple[int, int]],
    family: Sequence[int],
    llm: Sequence[int],
    rows: int,
) -> dict[int, Into]:
    """By family, how a repo with these edges (base, relation) is built on it.

    Nodes from ``rows`` on have no row, so they are no family's own.
    """
    into: dict[int, Into] = {}
    for parent, relation in edges:
        number = family[parent] if parent < rows else 0
        if number:
            into[number] = into.get(number, Into()).with_edge(relation, llm[parent])
    return into


def walked(
    child: int,
    edges: Iterable[tuple[int, int]],
    tops: Callable[[int], Sequence[tuple[int, int]]],
    alone: Callable[[int], bool],
) -> dict[int, Into]:
    """By number of the family, how a repo is built on it by roots: an edge counts for each root's.

    ``tops`` gives the (family, llm) of the roots of a node, ``alone`` says whether the only root
    of a base is ``child`` itself, as on a cycle: it is not built on itself.
    """
    into: dict[int, Into] = {}
    for parent, relation in edges:
        if parent == child or alone(parent):
            continue
        for number, llm in tops(parent):
            into[number] = into.get(number, Into()).with_edge(relation, llm)
    return into


def family_tops(
    roots: Iterable[int], family: Sequence[int], llm: Sequence[int]
) -> list[tuple[int, int]]:
    """The families of a set of roots, each with whether a root of it is a language model."""
    llm_by_family: dict[int, int] = {}
    for root in roots:
        number = family[root]
        if number:
            llm_by_family[number] = _surer(llm_by_family.get(number, NO), llm[root])
    return list(llm_by_family.items())


def _surer(answer: int, other: int) -> int:
    if YES in (answer, other):
        return YES
    return UNSURE if UNSURE in (answer, other) else NO


def by_child(
    edges: Iterable[tuple[int, int, int]],
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Edges (child, base, relation) in the order of the children, taken together by child."""
    current = -1
    bases: list[tuple[int, int]] = []
    for child, parent, relation in edges:
        if child != current:
            if bases:
                yield current, bases
            current, bases = child, []
        bases.append((parent, relation))
    if bases:
        yield current, bases
