"""The order of rows: by a column, then by the next, against plain sorting."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests.unit.analysis.data import repo, trending
from tui.analysis.query.order import by_columns, in_order, turned
from tui.analysis.query.query_line import parse, select, text
from tui.analysis.registry.registry import Registry, load
from tui.model import Query, Repo, Row
from tui.model.query import ORDERS


@pytest.fixture(scope="module")
def tables() -> Registry:
    return load()


def liked(tables: Registry, *orders: str) -> list[str]:
    likes: list[Any] = [3, None, 9, 3, 0]
    rows = [repo(f"a/{at}", likes=value) for at, value in enumerate(likes)]
    return [row.id for row in by_columns(rows, orders, tables)]


def test_ties_keep_their_order_and_the_unknown_stand_last_either_way(tables: Registry) -> None:
    assert liked(tables, "likes") == ["a/2", "a/0", "a/3", "a/4", "a/1"]
    assert liked(tables, "!likes") == ["a/4", "a/0", "a/3", "a/2", "a/1"]
    assert liked(tables, "trending") == [f"a/{at}" for at in range(5)]


def test_where_the_first_is_equal_the_second_decides(tables: Registry) -> None:
    assert liked(tables, "likes", "!id") == ["a/2", "a/3", "a/0", "a/4", "a/1"]
    rows = [
        repo("b/x", license="mit", downloads=1),
        repo("a/y", license="apache-2.0", downloads=5),
        repo("A/z", license="MIT", downloads=9),
        repo("c/w", downloads=7),
    ]
    found = by_columns(rows, ("license", "downloads"), tables)
    assert [row.id for row in found] == ["a/y", "A/z", "b/x", "c/w"]
    by_name = by_columns(rows, ("id",), tables)
    assert [row.id for row in by_name] == ["a/y", "A/z", "b/x", "c/w"]


def test_what_a_list_alone_knows_orders_its_rows(tables: Registry) -> None:
    moves: list[Any] = [0, "new", None, 5, -2]
    rows = [
        Row(at, Repo(f"a/{at}"), "CN" if at % 2 else "??", move) for at, move in enumerate(moves)
    ]
    assert [row.rank for row in in_order(rows, ("move",), tables)] == [1, 3, 0, 4, 2]
    assert [row.rank for row in in_order(rows, ("origin", "move"), tables)] == [1, 3, 0, 4, 2]
    gates: list[Any] = [False, "manual", None, "auto"]
    gated = [Row(at, Repo(f"a/{at}", gated=gate)) for at, gate in enumerate(gates)]
    assert [row.rank for row in in_order(gated, ("gated",), tables)] == [1, 3, 0, 2]


def test_every_pair_of_orders_of_real_rows_is_that_of_a_plain_loop(tables: Registry) -> None:
    rows = [row._replace(license=row.license or None) for row in trending()]
    figures: dict[str, Callable[[Repo], Any]] = {
        "likes": lambda row: row.likes,
        "downloads": lambda row: row.downloads,
        "created": lambda row: row.created_at,
        "modified": lambda row: row.last_modified,
        "id": lambda row: row.id.lower(),
        "author": lambda row: row.author and row.author.lower(),
        "license": lambda row: row.license and row.license.lower(),
        "task": lambda row: row.task,
    }
    for first, second in product(figures, figures):
        expected = list(rows)
        for name in (second, first):
            value = figures[name]
            known = [row for row in expected if value(row) is not None]
            downwards = name in ("likes", "downloads", "created", "modified")
            known.sort(key=value, reverse=downwards)
            expected = known + [row for row in expected if value(row) is None]
        assert select(rows, parse(f"sort:{first},{second}"), tables, 0.0) == expected


def test_the_hub_is_asked_in_the_first_order_that_it_has() -> None:
    for line, sort, at_hand in (
        ("sort:likes", "likes", False),
        ("sort:likes,created", "likes", False),
        ("sort:params", "trending", True),
        ("sort:params,downloads", "downloads", True),
        ("sort:!likes", "likes", True),
        ("sort:license,trending", "trending", True),
        ("kind:space sort:downloads,likes", "likes", True),
    ):
        query = parse(line)
        assert (query.sort, query.at_hand) == (sort, at_hand), line
        assert text(query) == line
        assert query.key == query._replace(order=()).key  # one list of the Hub, whatever the order


def test_turning_twice_is_nothing() -> None:
    assert turned(("likes", "!id")) == ("!likes", "id")
    assert turned(turned(ORDERS)) == ORDERS
    assert Query().ordered(()) == Query().ordered(("trending",)) == Query()
