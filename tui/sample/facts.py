"""The bundled facts as a program reads them: repos with dated facts, and the dated rankings."""

import gzip
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_PATH = Path(__file__).with_name("facts.jsonl.gz")
_ORDER = ("llmfit", "trending")  # the newer source first
_ORDER_OF = {"created_at": ("trending", "llmfit")}  # llmfit has the day alone


class Fact(NamedTuple):
    """One recorded value, who recorded it, and when (ISO 8601, a day or a month)."""

    value: Any
    source: str
    date: str


class Record(NamedTuple):
    """One repo: facts by source, as recorded; what no source records is absent."""

    id: str
    kind: str
    groups: Mapping[str, Mapping[str, Any]]


class Ranking(NamedTuple):
    """The top of the trending list at one moment (ISO 8601): ids with scores, first rank first."""

    taken_at: str
    rows: tuple[tuple[str, float], ...]


class SampleDate(NamedTuple):
    """The dates between which the facts were recorded: ISO 8601, a day or a month."""

    oldest: str
    newest: str


class Sample:
    """All bundled facts, looked up by kind and id."""

    __slots__ = ("_by_id", "_children", "_sources", "rankings")

    def __init__(self, lines: Iterable[bytes]) -> None:
        notice, *values = [json.loads(line) for line in lines]
        self._sources: dict[str, dict[str, str]] = notice["sources"]
        self._by_id: dict[str, dict[str, Record]] = {"model": {}, "dataset": {}, "space": {}}
        self.rankings: tuple[Ranking, ...] = tuple(
            Ranking(value["ranking"], tuple((row[0], row[1]) for row in value["rows"]))
            for value in values
            if "ranking" in value
        )
        for value in values:
            if "id" in value:
                groups = {name: value[name] for name in _ORDER if name in value}
                record = Record(value["id"], value["kind"], groups)
                self._by_id[record.kind][record.id.lower()] = record
        self._children = self._count_children()

    def all(self, kind: str) -> Iterable[Record]:
        """Every repo of one kind, by id."""
        return self._by_id[kind].values()

    def find(self, kind: str, repo_id: str) -> Record | None:
        """The repo of that id in any letter case."""
        return self._by_id[kind].get(repo_id.lower())

    def fact(self, record: Record, name: str) -> Fact | None:
        """The fact by that name: of the newer source where both record it.

        ``created_at`` is the other way round, for the list has the time beside the day.
        """
        for source in _ORDER_OF.get(name, _ORDER):
            value = record.groups.get(source, {}).get(name)
            if value is not None:
                about = self._sources[source]
                return Fact(value, f"{about['name']} ({about['license']})", about["date"])
        return None

    def value(self, record: Record, name: str) -> Any:
        """The value of that fact, None where no source records it."""
        fact = self.fact(record, name)
        return fact.value if fact else None

    def children(self, record: Record) -> dict[str, int]:
        """Direct children by relation, counted among the bundled models."""
        counts = self._children.get(record.id.lower(), {})
        return {name: counts.get(name, 0) for name in ("adapter", "finetune", "merge", "quantized")}

    def _count_children(self) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        for record in self._by_id["model"].values():
            base = self.value(record, "base") or {"models": []}
            for parent in {repo_id.lower() for repo_id in base["models"]}:
                of_parent = counts.setdefault(parent, {})
                relation = base.get("relation", "unknown")
                of_parent[relation] = of_parent.get(relation, 0) + 1
        return counts


@cache
def load() -> Sample:
    """The bundled facts, read once."""
    return Sample(gzip.decompress(_PATH.read_bytes()).splitlines())


@cache
def sample_date() -> SampleDate:
    """When the facts were recorded; reads the first line of the file alone."""
    with gzip.open(_PATH, "rt", encoding="utf-8") as lines:
        sources = json.loads(lines.readline())["sources"]
    dates = sorted(about["date"] for about in sources.values())
    return SampleDate(dates[0], dates[-1])


def rankings() -> tuple[Ranking, ...]:
    """The dated top of the model list, oldest first; the last one is the list that is served."""
    return load().rankings
