"""A question to the Hub, as one value: it names the list, the store's row and the screen."""

import re
import sys
from collections.abc import Iterable
from typing import NamedTuple

SORTS = {
    "trending": "trendingScore",
    "downloads": "downloads",
    "likes": "likes",
    "created": "createdAt",
    "modified": "lastModified",
}


_QUANT = re.compile(r"(ud-)?(i|t)?q\d_", re.IGNORECASE)


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

    @property
    def wanted(self) -> int:
        """How many rows are enough."""
        return self.limit or sys.maxsize

    @property
    def searched(self) -> str:
        """The words as the Hub is asked for them: those that ``_`` joins stand apart."""
        parts = (w if _QUANT.match(w) else " ".join(w.split("_")).strip() for w in self.words)
        return " ".join(part for part in parts if part)

    @property
    def key(self) -> str:
        """The identity of the Hub's list, the same text for the same question and for no other."""
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
