"""The columns of a list of repos, by name: what a cell says, how wide it is, what drops first."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from tui.analysis.memory.parameters import of_repo
from tui.model.query import NAMES, TURNED
from tui.model.when import iso, seconds
from tui.render import cells
from tui.render.columns import SORTED, Catalogue
from tui.render.table import Column

VIEWS = {"model": "trending", "dataset": "datasets", "space": "spaces"}
ORDER_OF = {"rank": "trending", "age": "created"}
"""By a column's name the order that it stands for, where that has another name."""

_WORDS = {
    "rank": "place in the Hub's list",
    "move": "how the place has changed since an earlier look",
    "id": "the id",
    "title": "the title",
    "author": "whose it is",
    "origin": "country of the uploader",
    "family": "model family, its own or its base's",
    "task": "what it is for (pipeline tag)",
    "sdk": "what it is made with",
    "library": "library that loads it",
    "license": "licence",
    "params": "parameters",
    "gated": "whether one asks for access",
    "trending": "the Hub's trending score",
    "downloads": "downloads of the last 30 days",
    "likes": "likes",
    "age": "time since it was made",
    "created": "day on which it was made",
    "modified": "time since it was changed",
}
_OTHERS = {
    "#": "rank",
    "model": "id",
    "dataset": "id",
    "space": "id",
    "from": "origin",
    "score": "trending",
    "trending_score": "trending",
    "licence": "license",
    "created_at": "created",
    "last_modified": "modified",
}
_USUAL = {
    "model": "rank move id origin task params license trending downloads likes age",
    "dataset": "rank move id title origin task license trending downloads likes age",
    "space": "rank move id title origin sdk trending likes age",
}
_ALSO = {
    "model": "author family library gated created modified",
    "dataset": "author gated created modified",
    "space": "author license created modified",
}


def _rank(rank: int | None) -> str:
    return cells.count(rank) if rank is None or rank > 9999 else f"{rank}"


def _gate(gated: str | bool | None) -> str:
    return cells.UNKNOWN if gated is None else "gated" if gated else ""


def _day(text: str | None) -> str:
    when = seconds(text)
    return cells.UNKNOWN if when is None else iso(when)[:10]


def _word(name: str, head: str, width: int, priority: int) -> Column:
    """A column of a field of the repo as it is."""

    def cell(row: Any, now: float) -> str:
        return getattr(row.repo, name) or cells.UNKNOWN

    return Column(name, head, width, cell, priority, right=False)


def _figure(
    name: str, head: str, width: int, priority: int, cell: Callable[[Any, float], str]
) -> Column:
    return Column(name, head, width, cell, priority)


_EVERY = (
    _figure("rank", "#", 4, 0, lambda row, now: _rank(row.rank)),
    _figure("move", "move", 4, 3, lambda row, now: cells.move(row.move)),
    Column(
        "id",
        "id",
        24,
        lambda row, now: "● " * row.here + "Δ " * row.changed + row.repo.id,
        right=False,
        elastic=True,
        role="id",
        is_id=True,
    ),
    Column("title", "title", 24, lambda row, now: row.repo.title or "", 10, right=False),
    _word("author", "author", 14, 13),
    Column("origin", "from", 4, lambda row, now: row.origin, 2, right=False),
    Column("family", "family", 10, lambda row, now: cells.UNKNOWN, 12, right=False),
    Column("task", "task", 9, lambda row, now: cells.task(row.repo.task, 9), 6, right=False),
    _word("sdk", "sdk", 9, 6),
    _word("library", "library", 12, 14),
    _figure("params", "params", 6, 7, lambda row, now: cells.parameters(of_repo(row.repo))),
    _word("license", "license", 11, 9),
    Column("gated", "gate", 5, lambda row, now: _gate(row.repo.gated), 11, right=False),
    _figure("trending", "score", 5, 8, lambda row, now: cells.score(row.repo.trending_score)),
    _figure("downloads", "↓30d", 5, 0, lambda row, now: cells.count(row.repo.downloads)),
    _figure("likes", "♥", 5, 4, lambda row, now: cells.count(row.repo.likes)),
    _figure("age", "age", 4, 5, lambda row, now: cells.age(seconds(row.repo.created_at), now)),
    _figure("created", "created", 10, 15, lambda row, now: _day(row.repo.created_at)),
    _figure(
        "modified",
        "changed",
        7,
        16,
        lambda row, now: cells.age(seconds(row.repo.last_modified), now),
    ),
)
_HEADS = {"model": "model", "dataset": "dataset", "space": "Space"}


@lru_cache
def catalogue(kind: str) -> Catalogue:
    """The columns that a list of ``kind`` can show."""
    usual = tuple(_USUAL[kind].split())
    offered = {*usual, *_ALSO[kind].split()}
    columns = {column.key: column for column in _EVERY if column.key in offered}
    columns["id"] = columns["id"]._replace(head=_HEADS[kind])
    words = {name: _WORDS[name] for name in columns}
    return Catalogue(VIEWS[kind], columns, usual, "id", words, _OTHERS)


def with_family(offered: Catalogue, word: Callable[[Any], str]) -> Catalogue:
    """``offered`` with the family of a row by ``word``: a row does not hold it."""
    if "family" not in offered.columns:
        return offered
    column = offered.columns["family"]._replace(cell=lambda row, now: word(row))
    return offered._replace(columns={**offered.columns, "family": column})


def order_marks(orders: Sequence[str]) -> dict[str, str]:
    """The signs of the orders by column; none where the list stands as it trends."""
    if tuple(orders) == ("trending",):
        return {}
    marks: dict[str, str] = {}
    for order, signs in reversed(list(zip(orders, SORTED))):
        name = order.removeprefix(TURNED)
        upward = (name in NAMES) is not (name != order)
        marks |= dict.fromkeys(
            (name, *(c for c, ordering in ORDER_OF.items() if ordering == name)), signs[upward]
        )
    return marks


def columns(kind: str) -> Sequence[Column]:
    """The columns that a list of ``kind`` shows of itself."""
    offered = catalogue(kind)
    return offered.chosen(offered.usual)
