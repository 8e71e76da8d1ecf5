"""The order of rows at hand: by a column, and where that is equal by the next.

Figures and dates stand with the greatest first, names from A to Z; ``!`` in front turns a column
around. Rows that lack the value stand at the end either way, rows of equal value keep their order.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from tui.analysis.memory.parameters import of_repo
from tui.analysis.origins.origins import label, weights
from tui.analysis.registry.registry import UNKNOWN, Registry
from tui.model import Repo, Row
from tui.model.query import ORDERS, SORTS, TURNED

_GATES = {False: 0, "auto": 1, True: 2, "manual": 2}
_FIELDS = {
    "trending": "trending_score",
    "downloads": "downloads",
    "likes": "likes",
    "created": "created_at",
    "modified": "last_modified",
}
_FIGURES: dict[str, Callable[[Row], Any]] = {
    **{name: attrgetter(f"repo.{field}") for name, field in _FIELDS.items()},
    "params": lambda row: of_repo(row.repo).count,
    "gated": lambda row: None if row.repo.gated is None else _GATES.get(row.repo.gated, 2),
    "move": lambda row: math.inf if row.move == "new" else row.move,
}


def in_order(rows: Iterable[Row], orders: Sequence[str], registry: Registry) -> list[Row]:
    """The rows by the first of ``orders``, then by the next ones."""
    listed = list(rows)
    columns = [[value(row) for row in listed] for value in values(orders, registry)]
    return [listed[place] for place in arranged(range(len(listed)), columns, orders)]


def values(orders: Iterable[str], registry: Registry) -> list[Callable[[Row], Any]]:
    """What each of ``orders`` looks at: comparable among rows, None where it is not known."""
    return [_value(order.removeprefix(TURNED), registry) for order in orders]


def arranged(
    places: Iterable[int], columns: Sequence[Sequence[Any]], orders: Sequence[str]
) -> list[int]:
    """``places`` in the first of ``orders``, then in the next ones.

    ``columns`` holds for each order what ``values`` tells, by place.
    """
    ordered = list(places)
    for order, column in zip(reversed(orders), reversed(columns), strict=True):
        known = [place for place in ordered if column[place] is not None]
        unknown = [place for place in ordered if column[place] is None]
        downwards = (order.removeprefix(TURNED) in _FIGURES) is not order.startswith(TURNED)
        ordered = sorted(known, key=column.__getitem__, reverse=downwards) + unknown
    return ordered


def by_columns(rows: Sequence[Repo], orders: Sequence[str], registry: Registry) -> list[Repo]:
    """Repos in the order that ``in_order`` gives rows; none of them has a rank or a move."""
    if len(orders) == 1 and orders[0] in SORTS:  # at each key of a search: no row is made
        value = attrgetter(_FIELDS[orders[0]])
        known = [repo for repo in rows if value(repo) is not None]
        unknown = [repo for repo in rows if value(repo) is None]
        return sorted(known, key=value, reverse=True) + unknown
    placed = (Row(None, repo, label(weights(repo, "uploader", registry))) for repo in rows)
    return [row.repo for row in in_order(placed, orders, registry)]


def turned(orders: Iterable[str]) -> tuple[str, ...]:
    """``orders``, each reversed."""
    return tuple(
        order.removeprefix(TURNED) if order.startswith(TURNED) else TURNED + order
        for order in orders
    )


def _value(name: str, registry: Registry) -> Callable[[Row], Any]:
    """The sort key of a row by the column ``name``: comparable, None where it is not known."""
    figure = _FIGURES.get(name)
    if figure is not None:
        return figure
    if name not in ORDERS:
        raise ValueError(f"no order {name}")
    if name == "family":
        from tui.analysis.query.groups import family  # every other order does without it

        return lambda row: _known(family(row, registry))
    if name == "origin":
        return lambda row: _known(row.origin)
    word = attrgetter(f"repo.{name}")
    return lambda row: word(row).lower() if word(row) else None


def _known(name: str) -> str | None:
    return None if name == UNKNOWN else name
