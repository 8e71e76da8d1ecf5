"""What a list is asked for and how it is shown: one value, and what each key makes of it."""

from shlex import quote
from typing import NamedTuple, TypeVar

from tui.analysis.query import query_line
from tui.analysis.query.order import in_order, turned
from tui.analysis.registry.registry import Registry
from tui.ask.lists.rows import STRIP_DEPTH
from tui.model import Query, Row

T = TypeVar("T")

_DEPTHS = (10, 30, 100)
_RULES = ("uploader", "root", "lab")


class ListOptions(NamedTuple):
    """The question, and the reader's choices beside it."""

    query: Query
    depth: int = STRIP_DEPTH  # the first rows whose origins are counted
    rule: str = "uploader"  # what the strip counts origins by
    reversed: bool = False
    search: str = ""  # the name of the saved search that this is

    @property
    def is_trending(self) -> bool:
        """Whether this is the list of trending models, whose origins by root can be asked for."""
        query = self.query
        return query.key == Query().key and not query.terms and not query.order

    @property
    def written(self) -> Query:
        """The question with the order as it stands, which may be turned around."""
        return self.query.ordered(turned(self.query.orders)) if self.reversed else self.query

    def of(self, query: Query) -> "ListOptions":
        """Another question, in the Hub's own order."""
        return ListOptions(query, self.depth)

    def of_kind(self, kind: str) -> "ListOptions":
        """Another of models, datasets, Spaces, with what they share of the question."""
        old = self.query
        orders = [
            order for order in old.orders if kind != "space" or not order.endswith("downloads")
        ]
        other = Query(kind=kind, words=old.words, author=old.author, limit=100)
        return self.of(other.ordered(orders))

    def next_depth(self) -> "ListOptions":
        """The first 10, 30 or 100 rows."""
        return self._replace(depth=_next(_DEPTHS, self.depth))

    def next_rule(self) -> "ListOptions":
        """Origins by uploader, root or nearest lab."""
        return self._replace(rule=_next(_RULES, self.rule))

    def turned(self) -> "ListOptions":
        """The rows at hand the other way around: the Hub itself only sorts downwards."""
        return self._replace(reversed=not self.reversed)

    def placed(self, rows: tuple[Row, ...], registry: Registry) -> tuple[Row, ...]:
        """The rows at hand as they are shown."""
        if not self.reversed:
            return rows
        return tuple(in_order(rows, self.written.orders, registry))

    def line(self) -> str:
        """The question as one writes it in the box."""
        return query_line.text(self.written)

    def command_line(self, rows: int | None = 0) -> str:
        """The shell command that prints this list, the first ``rows`` of it, None for all."""
        query = self.written
        many = rows is None or rows > Query().limit  # else the shell's own
        more = ["--limit", str(rows or 0)] if many else []
        if query == Query(kind=query.kind, limit=query.limit):
            kind = [] if query.kind == "model" else ["--kind", query.kind]
            return " ".join(["hubscope", "trending", *kind, *more])
        line = quote(self.line())
        last = [*more, "--", line] if line.strip("'").startswith("-") else [line, *more]
        return " ".join(["hubscope", "search", *last])


def _next(choices: tuple[T, ...], now: T) -> T:
    return choices[(choices.index(now) + 1) % len(choices)]
