"""From a question to the file on this machine, by keys, with a kill -9 in the middle."""

import json
import os
import signal
from hashlib import sha256
from pathlib import Path

import pytest

from tests.loopback import LoopbackHub, World, add_weights
from tests.shell.test_pty import Terminal
from tests.shell.test_take import large_asked, right, until

MODEL = "acme/tiny"
SHARDS = [f"model-0000{part}-of-00003.safetensors" for part in (1, 2, 3)]


@pytest.fixture
def world(world: World) -> World:
    add_weights(world)
    return world


def test_find_take_kill_and_go_on(hub: LoopbackHub, world: World, tmp_path: Path) -> None:
    second = right(world, MODEL, SHARDS)[1]
    gate = hub.gate(lambda one: one.method == "GET" and one.path.endswith(second), in_body=True)
    app = Terminal(tmp_path)
    app.until(lambda text: "live" in text)
    app.press("/")
    app.press("author:acme tiny library:transformers")
    app.until(lambda text: f" {MODEL} " in text and "tiny-GGUF" not in text)
    app.press("\r")
    app.until(lambda text: MODEL in text)
    app.press("\r")
    app.until(lambda text: "Files" in text and "Lineage" in text)
    app.press("D")
    app.until(lambda text: "10 files" in text)
    assert not any("/resolve/" in one.path and "README" not in one.path for one in hub.requests)
    app.press("D")
    app.until(lambda text: "take it" in text and "licence" in text and SHARDS[0] in text)
    app.press("\r")
    until(lambda: large_asked(hub, world) == [1, 2])
    app.until(lambda text: "BF16" in text and "1.00 MB of 3.00 MB" in text)
    [status] = (tmp_path / "home/state/downloads").glob("*.json")
    os.kill(json.loads(status.read_text())["pid"], signal.SIGKILL)
    app.until(lambda text: "it was killed; whole files stay" in text)
    gate.open()
    app.press("D")
    app.until(lambda text: "take it" in text and "still to come" in text)
    app.press("\r")
    app.until(lambda text: "BF16 is here" in text)
    assert large_asked(hub, world) == [1, 2, 2, 3]
    [folder] = (tmp_path / "hf/hub/models--acme--tiny/snapshots").iterdir()
    taken = [sha256((folder / path).read_bytes()).hexdigest() for path in SHARDS]
    assert taken == right(world, MODEL, SHARDS)
    app.press("4")
    app.until(lambda text: "on disk" in text and MODEL in text)
    app.press("q")
    app.press("q")
    assert app.ends() == 0
