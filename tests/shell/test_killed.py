"""Killed at chosen moments of writing: what was kept is whole, and the same command goes on."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World, add_weights

# Ends the process, as kill -9 does, at the n-th moment: a statement that writes to a database,
# or, in the downloader, a file opened for writing, renamed, linked or removed.
AT_A_MOMENT = """
import os, signal, sqlite3, sys

passed = 0
plain = sqlite3.connect

def kills(what):
    return os.environ.get("KILL_WHAT", "statement") == what

def moment():
    global passed
    passed += 1
    if passed == int(os.environ["KILL_AT"]):
        os.kill(os.getpid(), signal.SIGKILL)

def statement(sql):
    if sql.split(" ")[0] in ("BEGIN", "INSERT", "DELETE", "COMMIT"):
        moment()

def heard(event, args):
    if kills("download") and "tui.hub.download" in sys.orig_argv:
        if event in ("os.rename", "os.symlink", "os.remove"):
            moment()
        elif event == "open" and isinstance(args[2], int) and args[2] & os.O_CREAT:
            moment()

def connect(*args, **named):
    made = plain(*args, **named)
    if kills("statement"):
        made.set_trace_callback(statement)
    return made

sys.addaudithook(heard)
sqlite3.connect = connect
"""
GGUF = "acme/tiny-GGUF"
FILES = ["tiny-Q4_K_M.gguf", "tiny-Q8_0.gguf"]


@pytest.fixture
def world(world: World) -> World:
    add_weights(world, 300_000)
    return world


@pytest.fixture
def dying(run: Shell) -> Shell:
    """The command, which ends at the moment that ``KILL_AT`` names."""
    return run.beside(AT_A_MOMENT)


def kept(run: Shell) -> dict[str, Any]:
    told = run("saved", "--json")
    assert (told.code, told.err) == (0, "")
    return {one["name"]: (one["note"], one["tags"]) for one in json.loads(told.out)["saved"]}


@pytest.mark.parametrize("moment", range(1, 8))
def test_a_bookmark_and_its_note_are_there_together_or_not_at_all(
    run: Shell, dying: Shell, moment: int
) -> None:
    before = {"acme/base": ("first", ["a"])}
    assert run("save", "acme/base", "--note", "first", "--tag", "a", "--offline").code == 0
    words = ("save", "acme/new", "--note", "second", "--tag", "b", "--offline")
    told = dying(*words, KILL_AT=str(moment))
    after = {**before, "acme/new": ("second", ["b"])}
    assert told.code in (0, -9)
    assert kept(run) in ((after,) if told.code == 0 else (before, after))
    assert run(*words).code == 0
    assert kept(run) == after


@pytest.mark.parametrize("moment", range(1, 5))
def test_a_search_and_a_note_written_over_stay_one_of_the_two(
    run: Shell, dying: Shell, moment: int
) -> None:
    assert run("save", "acme/base", "--note", "old", "--offline").code == 0
    assert run("save", "mine", "qwen").code == 0
    told = dying("save", "acme/base", "--note", "new", "--offline", KILL_AT=str(moment))
    found = kept(run)
    assert told.code in (0, -9)
    assert found.keys() == {"acme/base", "mine"}
    assert found["acme/base"][0] in (("new",) if told.code == 0 else ("old", "new"))
    told = dying("save", "mine", "llama", KILL_AT=str(moment))
    lines = [one["query"] for one in json.loads(run("saved", "--json").out)["saved"]]
    assert [line for line in lines if line] in (["qwen"], ["llama"])


def whole(cache: Path, world: World) -> set[str]:
    """The files that a reader of the cache finds; each has the right bytes."""
    repo = world.find("models", GGUF)
    assert repo is not None
    found = set()
    for path in (cache / "models--acme--tiny-GGUF" / "snapshots").glob("*/*"):
        if path.exists():
            content = repo.files[path.name]
            assert isinstance(content, bytes)
            assert sha256(path.read_bytes()).digest() == sha256(content).digest()
            found.add(path.name)
    return found


@pytest.mark.parametrize("moment", [1, 2, 4, 6, 8, 10, 12, 14, 16, 20])
def test_a_download_goes_on_after_any_moment(
    hub: LoopbackHub, run: Shell, dying: Shell, world: World, tmp_path: Path, moment: int
) -> None:
    words = ("get", GGUF, "--include", "*.gguf")
    told = dying(*words, KILL_AT=str(moment), KILL_WHAT="download")
    assert told.code == 1, told.err
    assert told.err.splitlines()[-1].startswith("hubscope: it was killed; ")
    cache = tmp_path / "hf" / "hub"
    before = whole(cache, world)
    assert run(*words).code == 0
    assert whole(cache, world) == set(FILES) >= before
    left = {one.name for one in (tmp_path / "home/state/downloads").iterdir()}
    assert left == {"model--acme--tiny-GGUF.json", "model--acme--tiny-GGUF.json.lock"}


def test_the_whole_way_in_four_lines_of_shell(hub: LoopbackHub, run: Shell, world: World) -> None:
    told = run.script(
        f"""set -e
hubscope search tiny -q
hubscope files {GGUF} -q
hubscope get {GGUF} --quant Q4_K_M -q
hubscope local -q
"""
    )
    assert told.code == 0, told.err
    lines = told.out.split()
    assert {GGUF, "acme/tiny"} <= set(lines[:2])
    assert lines[-1] == GGUF
    taken = next(line for line in lines if line.endswith("/" + FILES[0]))
    repo = world.find("models", GGUF)
    assert repo is not None
    assert Path(taken).read_bytes() == repo.files[FILES[0]]
