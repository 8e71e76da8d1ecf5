"""Strongly connected components, for the few nodes that lie on or below a cycle."""

from collections.abc import Callable, Iterable, Iterator


def components(nodes: Iterable[int], above: Callable[[int], Iterable[int]]) -> Iterator[list[int]]:
    """The components of the graph on ``nodes``, each after all those above it.

    Tarjan's algorithm (SIAM J. Comput. 1, 1972) without recursion: lineage may be deep.
    Edges of ``above`` that lead out of ``nodes`` are passed by.
    """
    inside = set(nodes)
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    open_: list[int] = []
    closed: set[int] = set()
    for start in sorted(inside):
        if start in order:
            continue
        work = [(start, iter(above(start)))]
        order[start] = low[start] = len(order)
        open_.append(start)
        while work:
            at, parents = work[-1]
            for parent in parents:
                if parent not in inside or parent in closed:
                    continue
                if parent not in order:
                    order[parent] = low[parent] = len(order)
                    open_.append(parent)
                    work.append((parent, iter(above(parent))))
                    break
                low[at] = min(low[at], order[parent])
            else:
                work.pop()
                if work:
                    below = work[-1][0]
                    low[below] = min(low[below], low[at])
                if low[at] == order[at]:
                    group = _closed_from(at, open_)
                    closed.update(group)
                    yield group


def _closed_from(at: int, open_: list[int]) -> list[int]:
    place = open_.index(at) if open_[-1] != at else len(open_) - 1
    group = open_[place:]
    del open_[place:]
    return group
