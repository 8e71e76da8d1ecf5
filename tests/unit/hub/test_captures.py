"""Captured answers of the real Hub, through the parsers."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.paths import CHECKOUT
from tui.hub import parse
from tui.model import KINDS

CAPTURES = CHECKOUT.parent / "shared" / "data" / "captures"
pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captured answers are not here")


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def captured() -> list[Path]:
    return sorted(CAPTURES.glob("*.json")) if CAPTURES.is_dir() else []


def content(path: Path) -> Any:
    whole = json.loads(path.read_bytes())
    return whole["body"] if isinstance(whole, dict) and "body" in whole else whole


def kind_of(path: Path) -> str:
    return next(
        (kind for kind in KINDS if f"_{kind}s_" in path.name or f"{kind}s-" in path.name), "model"
    )


def test_captured_lists_lose_no_id() -> None:
    files = [path for path in captured() if "s-list" in path.name]
    assert len(files) >= 6
    for path in files:
        items = content(path)
        found = parse.rows(body(items), kind_of(path))
        assert [repo.id for repo in found.rows] == [item["id"] for item in items]
        assert found.dropped == 0
        assert all(repo.created_at for repo in found.rows if "createdAt" in items[0])


def test_captured_pages_keep_their_facts() -> None:
    seen = 0
    for path in captured():
        item = content(path)
        if not isinstance(item, dict) or not {"_id", "id"} <= set(item):
            continue
        found = parse.detail(body(item), kind_of(path))
        seen += 1
        assert found.repo.id == item["id"]
        assert found.repo.downloads == item.get("downloads")
        assert len(found.files) == len(item.get("siblings", []))
        assert (found.children or {}) == item.get("childrenModelCount", {})
        assert {one.name for one in found.providers} == set(
            item.get("inferenceProviderMapping", {})
        )
    assert seen >= 8


def test_captured_trees() -> None:
    for path in CAPTURES.glob("*tree-bert*.json"):
        items = content(path)
        found = parse.tree(body(items))
        assert [file.path for file in found] == [item["path"] for item in items]
        assert [file.size for file in found] == [item["size"] for item in items]
