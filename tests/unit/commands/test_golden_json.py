"""What ``--json`` says of the bundled sample, whole: scripts stand on it.

``REWRITE_GOLDEN=1 pytest tests/unit/commands/test_golden_json.py`` writes the bodies anew; read the
difference then.
"""

import json
import os
import time
from pathlib import Path

import pytest

from tui import cli

FOLDER = Path(__file__).parents[2] / "golden" / "json"
NOW = 1_795_000_000.0
MODEL = "Qwen/Qwen3-8B"
ASKED: dict[str, tuple[str, ...]] = {
    "trending": ("trending", "--limit", "3"),
    "trending-datasets": ("trending", "--kind", "dataset", "--limit", "3"),
    "trending-spaces": ("trending", "--kind", "space", "--limit", "3"),
    "search": ("search", "qwen", "task:text-generation", "--limit", "3"),
    "show": ("show", MODEL),
    "card": ("card", MODEL),
    "fit": ("fit", MODEL, "--context", "4096"),
    "evals": ("evals", MODEL),
    "diff": ("diff", MODEL, "deepseek-ai/DeepSeek-R1"),
    "tree": ("tree", MODEL),
    "why": ("why", MODEL),
    "families": ("families", "qwen", "llama"),
    "family": ("family", "qwen"),
    "compare": ("compare", "qwen", "llama"),
    "origins": ("origins",),
    "origins-new": ("origins", "--of", "new"),
    "claims": ("claims", "qwen-derivatives", "trending-top"),
    "save": ("save", "mine", "qwen task:text-generation"),
    "snapshot": ("snapshot",),
    "config": ("config",),
}


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://huggingface.co")
    monkeypatch.setattr(time, "time", lambda: NOW)


@pytest.mark.parametrize("name", ASKED)
def test_the_body_is_the_one_it_was(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main([*ASKED[name], "--json", "--sample"]) == 0
    told = capsys.readouterr().out.replace(str(tmp_path), "HOME")
    body = json.dumps(json.loads(told), ensure_ascii=False, indent=1) + "\n"
    path = FOLDER / f"{name}.json"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(body, "utf-8")
    assert body == path.read_text("utf-8")
