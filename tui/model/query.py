"""A question to the Hub, as one value: it names the list, the store's row and the screen."""

from typing import NamedTuple

SORTS = {
    "trending": "trendingScore",
    "downloads": "downloads",
    "likes": "likes",
    "created": "createdAt",
    "modified": "lastModified",
}


class Term(NamedTuple):
    """One ``field:value`` of the query line; ``negated`` when written with a leading ``!``."""

    field: str
    value: str
    negated: bool = False


class Query(NamedTuple):
    """Which repos, in which order. ``limit`` counts rows; it is no part of the list's identity."""

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
    def key(self) -> str:
        """The identity of the Hub's list, the same text for the same question and for no other."""
        parts = [self.kind, f"sort={self.sort}"]
        if self.words:
            parts.append("search=" + " ".join(self.words))
        if self.author:
            parts.append(f"author={self.author}")
        if self.task:
            parts.append(f"task={self.task}")
        parts += [f"filter={tag}" for tag in sorted(self.filters)]
        parts += [f"{name}={value}" for name, value in self.asked]
        return "&".join(parts)
