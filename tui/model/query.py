"""A question to the Hub, as one value: it names the list, the store's row and the screen."""

import re
import sys
from collections.abc import Iterable
from typing import NamedTuple

from tui.model import late

SORTS = {
    "trending": "trendingScore",
    "downloads": "downloads",
    "likes": "likes",
    "created": "createdAt",
    "modified": "lastModified",
}
NAMES = ("id", "author", "origin", "family", "task", "library", "license", "title", "sdk")
ORDERS = (*SORTS, "params", "gated", "move", *NAMES)
"""What rows at hand can be ordered by, the Hub's own orders first: figures downwards, NAMES from
A to Z.
"""
TURNED = "!"  # in front of an order: the other way around

_QUANT = late.pattern(r"(ud-)?(i|t)?q\d_", re.IGNORECASE)


def loosely(words: Iterable[str]) -> list[str]:
    """The parts that an id has to hold for ``words``, in lower case, written with ``-``.

    ``qwen3.5_8b`` is looked for as ``qwen3.5`` and ``8b``; names of quantizations stay whole.
    """
    parts: list[str] = []
    for word in words:
        lower = word.lower()
        parts += [lower] if _QUANT.match(lower) else filter(None, lower.split("_"))
    return [part.replace("_", "-") for part in parts] or [word.lower() for word in words]


class Term(NamedTuple):
    """One ``field:value`` of the query line; ``negated`` when written with a leading ``!``."""

    field: str
    value: str
    negated: bool = False


class Query(NamedTuple):
    """Which repos, in which order. ``limit`` counts rows, 0 for all; it is no part of the list's
    identity.
    """

    kind: str = "model"
    words: tuple[str, ...] = ()
    author: str | None = None
    task: str | None = None
    filters: tuple[str, ...] = ()  # tags the Hub ANDs: "license:mit", "base_model:finetune:a/b"
    sort: str = "trending"  # a key of SORTS
    terms: tuple[Term, ...] = ()  # what only the rows at hand can answer
    limit: int = 30
    asked: tuple[tuple[str, str], ...] = ()  # what the Hub answers of the terms: its parameters
    order: tuple[str, ...] = ()  # of the rows at hand: ORDERS, TURNED or not; () leaves the Hub's

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders of the rows at hand, the first one deciding."""
        return self.order or (self.sort,)

    @property
    def at_hand(self) -> bool:
        """Whether the rows at hand stand in an order that is not the Hub's."""
        return self.orders[0] != self.sort

    def ordered(self, orders: Iterable[str]) -> "Query":
        """The same rows in the first of ``orders``, where that is equal in the next.

        The Hub is asked in the first of them that it has for the kind, else for what trends.
        """
        chosen = tuple(dict.fromkeys(orders)) or ("trending",)
        lacking = "downloads" if self.kind == "space" and len(chosen) > 1 else None
        bare = (name.removeprefix(TURNED) for name in chosen)
        sort = next((name for name in bare if name in SORTS and name != lacking), "trending")
        return self._replace(sort=sort, order=() if chosen == (sort,) else chosen)

    @property
    def of_all(self) -> bool:
        """Whether every repo of the kind is asked for, in whatever order."""
        return not (self.words or self.author or self.task or self.filters or self.terms)

    @property
    def wanted(self) -> int:
        """The number of rows that are enough."""
        return self.limit or sys.maxsize

    @property
    def searched(self) -> str:
        """The words as the Hub is asked for them: those that ``_`` joins stand apart."""
        parts = (w if _QUANT.match(w) else " ".join(w.split("_")).strip() for w in self.words)
        return " ".join(part for part in parts if part)

    @property
    def key(self) -> str:
        """The identity of the Hub's list, the same text for the same question and for no other.

        In which order the rows at hand stand is no part of it.
        """
        parts = [self.kind, f"sort={self.sort}"]
        if searched := self.searched:
            parts.append(f"search={searched}")
        if self.author:
            parts.append(f"author={self.author}")
        if self.task:
            parts.append(f"task={self.task}")
        parts += [f"filter={tag}" for tag in sorted(self.filters)]
        parts += [f"{name}={value}" for name, value in self.asked]
        return "&".join(parts)
