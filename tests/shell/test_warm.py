"""What is forked is as what is started anew: what it sees, what it writes, how it ends."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PATIENCE, Shell, all_of
from tests.loopback import LoopbackHub
from tests.shell import warm

pytestmark = pytest.mark.skipif(not warm.POSSIBLE, reason="nothing is forked")
HOW = ("forked", "new")
ODD = os.fsdecode(b"\xff words of three\n bytes \xe2\x82\xac")


def run(how: str, words: list[str], folder: Path, streams: warm.Streams, **options: Any) -> int:
    """Run it one way, and give its exit code."""
    return begun(how, words, folder, streams, **options).wait(PATIENCE)


def begun(
    how: str, words: list[str], folder: Path, streams: warm.Streams, **options: Any
) -> warm.Process:
    """Start it one way, in an environment without a store."""
    environment = {**os.environ, "ODD": ODD, "HUBSCOPE_HOME": str(folder / f"home-{how}")}
    if how == "forked":
        warm.warm(environment)
        forked = warm.start(words, folder, environment, streams, **options)
        assert isinstance(forked, warm.Forked)
        return forked
    command = [sys.executable, "-m", options.pop("module", "tui"), *words]
    return warm.anew(command, folder, environment, streams, **options)


@pytest.mark.parametrize("leads", [False, True])
def test_a_program_sees_the_same_start(tmp_path: Path, leads: bool) -> None:
    seen = []
    for how in HOW:
        with (tmp_path / how).open("w+b") as out:
            streams = (out.fileno(), out.fileno(), out.fileno())
            options = {"module": "tests.shell.seen", "leads": leads}
            assert run(how, ["a", ODD, ""], tmp_path, streams, **options) == 0
            out.seek(0)
            seen.append(json.loads(out.read()))
    assert same(*seen)


def test_a_program_sees_the_same_terminal(tmp_path: Path) -> None:
    seen = []
    for how in HOW:
        leader, follower = pty.openpty()
        streams = (follower, follower, follower)
        assert run(how, [], tmp_path, streams, module="tests.shell.seen", owns=True) == 0
        os.close(follower)
        seen.append(json.loads(all_of(leader)))
        assert seen[-1]["leads"]
    assert same(*seen)


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether both saw the same, but for their parents and the store that each has of its own."""
    for each in (one, other):
        assert each["environment"].pop("HUBSCOPE_HOME")
        assert each.pop("parent")
    for name, value in one.items():
        assert other[name] == value, name
    return one.keys() == other.keys()


WORKER = """
import json, pathlib, sys
from tests.shell import warm
environment = json.loads(sys.argv[1])  # as it was before this interpreter chose its locale
assert warm.warm(environment, begin=False)
streams, folder = (0, 1, 2), pathlib.Path.cwd()
assert warm.start([], folder, environment, streams, module="tests.shell.seen").wait(60) == 0
warm.close()
"""


def test_all_workers_fork_from_one_and_any_may_leave(run: Shell, tmp_path: Path) -> None:
    of_this_run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    command = [sys.executable, "-c", WORKER, json.dumps({**os.environ})]
    parents = set()
    for _ in range(2):
        with (tmp_path / "out").open("w+b") as out:
            streams = (out.fileno(),) * 3
            process = begun("forked", [], tmp_path, streams, module="tests.shell.seen")
            assert process.wait(PATIENCE) == 0
            out.seek(0)
            parents.add(json.loads(out.read())["parent"])
        other = run.process(command, PYTEST_XDIST_TESTRUNUID=of_this_run)
        assert (other.code, other.err) == (0, "")
        parents.add(json.loads(other.out)["parent"])
    assert len(parents) == 1


NOW = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
COMMANDS = [
    ("trending", "--json"),
    ("show", "Qwen/Qwen3-8B"),
    ("card", "datasets/acme/exam"),
    ("card", "acme/never-was"),
    ("families", "--csv", "--bom"),
    ("fit", "Qwen/Qwen3-8B", "--json"),
    ("search", ODD),
    ("trending", "--limit", "many"),
    ("trending", "--help"),
    (),
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: ascii(" ".join(words)))
def test_a_command_says_the_same(hub: LoopbackHub, tmp_path: Path, words: tuple[str, ...]) -> None:
    told = []
    for how in HOW:
        with (tmp_path / "out").open("w+b") as out, (tmp_path / "err").open("w+b") as err:
            hub.requests.clear()
            code = run(how, [*words], tmp_path, (0, out.fileno(), err.fileno()))
            asked = sorted(request.target for request in hub.requests)
            for stream in (out, err):
                stream.seek(0)
            told.append((code, NOW.sub(b"now", out.read()), err.read(), asked))
    assert told[0] == told[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("how", HOW)
def test_a_signal_ends_it_the_same_way(
    hub: LoopbackHub, tmp_path: Path, how: str, number: signal.Signals
) -> None:
    gate = hub.gate("/api/models")
    with open(os.devnull, "r+b") as nothing:
        process = begun(how, ["trending"], tmp_path, (nothing.fileno(),) * 3)
        assert gate.arrived.wait(PATIENCE)
        process.send_signal(number)
        code = process.wait(PATIENCE)
    assert code == -number


@pytest.mark.parametrize("how", HOW)
def test_a_reader_that_goes_is_no_trouble(hub: LoopbackHub, tmp_path: Path, how: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(os.devnull, "r+b") as nothing, (tmp_path / "err").open("w+b") as err:
        streams = (nothing.fileno(), writer, err.fileno())
        code = run(how, ["families", "--sample", "--json"], tmp_path, streams)
        os.close(writer)
        err.seek(0)
        assert (code, err.read()) == (0, b"")


def test_what_is_read_at_the_start_is_what_it_was_forked_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test_a_program_sees_the_same_start(tmp_path, False)
    for name, value in (("PYTHONIOENCODING", "ascii"), ("LC_ALL", "C"), ("TEXTUAL_FPS", "5")):
        monkeypatch.setenv(name, value)
    test_a_program_sees_the_same_start(tmp_path, False)
    with open(os.devnull, "r+b") as nothing:
        streams = (nothing.fileno(),) * 3
        environment = {**os.environ, "PYTHONIOENCODING": "utf-16"}
        process = warm.start(["--version"], tmp_path, environment, streams)
        assert isinstance(process, subprocess.Popen)  # until it comes again
        assert process.wait(PATIENCE) == 0


def test_a_process_that_hangs_is_told_from_one_that_ended(hub: LoopbackHub, tmp_path: Path) -> None:
    gate = hub.gate("/api/models")
    with open(os.devnull, "r+b") as nothing:
        process = begun("forked", ["trending"], tmp_path, (nothing.fileno(),) * 3)
        assert gate.arrived.wait(PATIENCE)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.01)
        process.kill()
        assert process.wait(PATIENCE) == -signal.SIGKILL
        process.kill()
