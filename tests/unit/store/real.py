"""Rows of a real trending list, where the data folder lies beside the checkout."""

import json

import pytest

from tests.paths import CHECKOUT
from tui.model import Repo

DATA = CHECKOUT.parent / "shared" / "data"
_FILE = DATA / "captures" / "DERIVED__models-list-1000-raw-shape.json"


def trending() -> list[Repo]:
    if not _FILE.exists():
        pytest.skip("no real data beside the checkout")
    return [
        Repo(
            raw["id"],
            hub_id=raw["_id"],
            task=raw.get("pipeline_tag"),
            downloads=raw["downloads"],
            likes=raw["likes"],
            trending_score=raw["trendingScore"],
            created_at=raw["createdAt"],
            private=raw["private"],
            tags=tuple(raw["tags"]),
        )
        for raw in json.loads(_FILE.read_text(encoding="utf-8"))
    ]
