"""The commands of this room, run in this process against the loopback Hub."""

import json
from typing import Any, NamedTuple

import pytest

from tests.loopback import LoopbackHub, World
from tests.unit.analysis.memory.test_kv_cache import DEEPSEEK_V3
from tui import cli

GB = 10**9
GGUF = "bob/Qwen3-8B-GGUF"


class Told(NamedTuple):
    """What a command printed."""

    code: int
    out: str
    err: str

    @property
    def body(self) -> dict[str, Any]:
        """The JSON it printed."""
        return dict(json.loads(self.out))


class Command:
    """Runs ``hubscope`` in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Told:
        code = cli.main(list(words))
        return Told(code, *self._capsys.readouterr())


@pytest.fixture
def hubscope(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    for name in ("files", "fit", "evals", "diff"):
        monkeypatch.setitem(cli.COMMANDS, name, f"what {name} says")
    return Command(capsys)


@pytest.fixture
def world(world: World) -> World:
    world.model(
        "acme/deep",
        license="mit",
        params={"BF16": 8 * GB},
        files={
            "config.json": DEEPSEEK_V3 | {"max_position_embeddings": 163_840},
            "model-00001-of-00002.safetensors": 9 * GB,
            "model-00002-of-00002.safetensors": 7 * GB,
        },
    )
    return world


def reads_of_query_files(hub: LoopbackHub) -> list[str]:
    """What the Hub counts as downloads."""
    names = ("config.json", "model_index.json", "adapter_config.json")
    return [asked.target for asked in hub.requests if asked.path.endswith(names)]


def resolved(hub: LoopbackHub) -> int:
    return sum("/resolve/" in target for target in reads_of_query_files(hub))
