"""Small inputs rebuilt from public reports, where they are at hand."""

import json
from typing import Any

import pytest

from tests.paths import CHECKOUT
from tui.hub import parse
from tui.model import Detail, File

CASES = CHECKOUT.parent / "shared" / "cases"


def _read(*parts: str) -> Any:
    path = CASES.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {path.name} at hand")
    return json.loads(path.read_text("utf-8"))


def page(repo_id: str) -> Detail:
    """One repo's page, read as an answer of the Hub."""
    rows = _read("rows", f"{repo_id[:3]}.json")
    row = next(row for row in rows if row["id"] == repo_id)
    return parse.detail(json.dumps(row).encode(), "model")


def files(repo_id: str) -> list[File]:
    """The files of a repo."""
    name = _read("index.json")[repo_id]["files"]
    return [File(path, size) for path, size in _read("files", name).items()]


def config(repo_id: str) -> dict[str, Any]:
    """The config.json of a repo."""
    return dict(_read("configs", _read("index.json")[repo_id]["config"]))
