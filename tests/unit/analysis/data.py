"""Rows for the tests: made by hand, and read from the shared data where it is there."""

import gzip
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.paths import CHECKOUT
from tui.model import BaseModels, Repo

SHARED = CHECKOUT.parent / "shared" / "data"


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no {name} beside this checkout")
    return path


def repo(repo_id: str, *tags: str, **facts: Any) -> Repo:
    facts.setdefault("author", repo_id.partition("/")[0] if "/" in repo_id else None)
    return Repo(repo_id, tags=tags, **facts)


def child(repo_id: str, relation: str, *parents: str, **facts: Any) -> Repo:
    """A repo whose base the Hub's own field names."""
    return repo(repo_id, base_models=BaseModels(relation, parents), **facts)


def tagged(repo_id: str, relation: str, *parents: str, **facts: Any) -> Repo:
    """A repo whose base stands in its tags, in both forms."""
    tags = [f"base_model:{parent}" for parent in parents]
    tags += [f"base_model:{relation}:{parent}" for parent in parents]
    return repo(repo_id, *tags, **facts)


def trending() -> list[Repo]:
    """The 1,000 trending models of 2026-05-04."""
    rows = json.loads(shared("captures/DERIVED__models-list-1000-raw-shape.json").read_text())
    return [
        repo(
            row["id"],
            *row["tags"],
            hub_id=row["_id"],
            task=row.get("pipeline_tag"),
            library=row.get("library_name"),
            downloads=row["downloads"],
            likes=row["likes"],
            trending_score=row["trendingScore"],
            created_at=row["createdAt"],
        )
        for row in rows
    ]


def places(rows: list[dict[str, Any]]) -> dict[float, tuple[int, int]]:
    """The first and the last place that a score of a trending list could stand at."""
    counts = Counter(row["trendingScore"] for row in rows)
    spans, above = {}, 0
    for score in sorted(counts, reverse=True):
        spans[score] = (above + 1, above + counts[score])
        above += counts[score]
    return spans


@cache
def history() -> list[list[dict[str, Any]]]:
    """The snapshots of the trending list, each in the order of its ranks; nobody changes them."""
    snapshots: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(shared("starscreener_trending_history.jsonl.gz"), "rt") as lines:
        for line in lines:
            row = json.loads(line)
            snapshots.setdefault(row["snapshot"], []).append(row)
    return [sorted(snapshots[when], key=lambda row: int(row["rank"])) for when in sorted(snapshots)]
