"""Real config.json files, where they are at hand."""

import gzip
import json
from typing import Any

import pytest

from tests.paths import CHECKOUT

CONFIGS = CHECKOUT.parent / "shared" / "data" / "configs"


def real(repo_id: str) -> dict[str, Any]:
    """The config.json of a model; the test is skipped where it is not at hand."""
    path = CONFIGS / f"{repo_id.replace('/', '--')}_config.json"
    if not path.exists():
        pytest.skip(f"no {path.name} at hand")
    return dict(json.loads(path.read_text("utf-8")))


def every() -> list[tuple[str, dict[str, Any]]]:
    """Each config.json at hand with its file's name."""
    found = sorted(CONFIGS.glob("*_config.json*"))
    return [
        (
            path.name,
            json.loads(
                gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            ),
        )
        for path in found
        if "_hf_quant_config" not in path.name
    ]
