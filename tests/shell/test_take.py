"""Files taken from a Hub by huggingface_hub's own downloader, in a process of its own."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import PATIENCE, Shell
from tests.loopback import LoopbackHub, World, add_weights, faults
from tests.shell.background import Background

GGUF, SHARDS = "acme/tiny-GGUF", "acme/tiny"
Begin = Callable[..., Background]
PARTS = [f"model-0000{part}-of-00003.safetensors" for part in (1, 2, 3)]
# huggingface_hub waits half a minute in all between its tries
HASTY = "import time\nwait = time.sleep\ntime.sleep = lambda seconds: wait(seconds / 100)\n"
BESIDE = ["config.json", "model.safetensors.index.json", "tokenizer.json"]


@pytest.fixture
def world(world: World) -> World:
    add_weights(world)
    world.model("acme/odd", files={"notes.txt": "plain"}, readme="# odd")
    return world


def status(tmp_path: Path, repo_id: str = SHARDS) -> dict[str, object]:
    name = f"model--{repo_id.replace('/', '--')}.json"
    found = json.loads((tmp_path / "home/state/downloads" / name).read_text())
    return dict(found)


def digests(folder: str | Path, paths: list[str]) -> list[str]:
    return [sha256((Path(folder) / path).read_bytes()).hexdigest() for path in paths]


def right(world: World, repo_id: str, paths: list[str]) -> list[str]:
    repo = world.find("models", repo_id)
    assert repo is not None
    contents = [repo.files[path] for path in paths]
    return [sha256(each).hexdigest() for each in contents if isinstance(each, bytes)]


def files_asked(hub: LoopbackHub, method: str = "GET") -> list[str]:
    """The files of repos that were asked for, by the last part of their path."""
    asked = (one for one in list(hub.requests) if one.method == method)
    return [one.path.rsplit("/", 1)[1] for one in asked if "/resolve" in one.path]


def until(what: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def begun(run: Shell) -> Iterator[Begin]:
    """Begins ``hubscope`` and does not wait for its end."""
    processes: list[Background] = []

    def begin(*words: str) -> Background:
        processes.append(Background(run.folder, *words))
        return processes[-1]

    yield begin
    for each in processes:
        each.process.kill()
        each.ends()


def test_a_dry_run_names_files_and_bytes_and_asks_for_no_file(
    hub: LoopbackHub, run: Shell, tmp_path: Path
) -> None:
    told = run("get", SHARDS, "--dry-run", "--json")
    body = json.loads(told.out)
    assert (told.code, told.err) == (0, "")
    assert [one["path"] for one in body["files"]] == BESIDE + PARTS
    assert body["total"] == sum(one["size"] for one in body["files"]) > 3_000_000
    assert (body["missing"], body["taken"]) == (body["total"], False)
    assert body["to"] == str(tmp_path / "hf" / "hub")
    assert body["free"] > 0
    assert files_asked(hub) + files_asked(hub, "HEAD") == []
    assert len(hub.requests) <= 3  # facts, files, what the scanners say
    assert not (tmp_path / "hf").exists()


NAMES_NO_FILES = (
    ((GGUF, "--quant", "Q5"), "no set of weights 'Q5'; there are: Q4_K_M, Q8_0; "),
    ((GGUF,), "several sets of weights; there are: Q4_K_M, Q8_0; choose by --quant"),
    (("acme/odd",), "no set of weights; no file of weights is recognised, name files by"),
    ((GGUF, "--include", "*.bin"), "no file of 4 fits '*.bin'"),
    ((GGUF, "--include", "*", "--quant", "Q8_0"), "--quant and --include both say which"),
    (("datasets/acme/exam", "--quant", "Q8_0"), "a dataset has no quantizations"),
)


def test_what_names_no_files_is_one_line(hub: LoopbackHub, run: Shell) -> None:
    for words, line in NAMES_NO_FILES:
        told = run("get", *words)
        assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1), words
        assert line in told.err
    assert files_asked(hub) == []


def test_a_set_lands_in_the_cache_whole_and_once(
    hub: LoopbackHub, run: Shell, world: World, tmp_path: Path
) -> None:
    told = run("get", GGUF, "--quant", "q4_k_m", "-q", HF_TOKEN="hf_ann")
    assert told.code == 0, told.err
    [path] = told.out.splitlines()
    assert digests("/", [path]) == right(world, GGUF, ["tiny-Q4_K_M.gguf"])
    assert "1 of 1 files whole" in told.err
    large = [one for one in hub.requests if one.path.startswith("/xet-bridge-us/")]
    assert [one.method for one in large] == ["GET"]
    assert "authorization" not in large[0].headers  # another host
    kept = "".join(one.read_text() for one in (tmp_path / "home/state").rglob("*.json"))
    assert "hf_ann" not in kept + told.out + told.err
    again = run("get", GGUF, "--quant", "Q4_K_M", "--json")
    body = json.loads(again.out)
    assert (body["taken"], body["missing"]) == (True, 0)
    assert Path(body["to"]) == Path(path).parent
    assert len([one for one in hub.requests if one.path.startswith("/xet-bridge-us/")]) == 1


def test_into_a_folder_of_ones_own(
    hub: LoopbackHub, run: Shell, world: World, tmp_path: Path
) -> None:
    told = run("get", SHARDS, "--to", str(tmp_path / "mine"), "--json")
    assert told.code == 0, told.err
    assert json.loads(told.out)["to"] == str(tmp_path / "mine")
    assert digests(tmp_path / "mine", PARTS) == right(world, SHARDS, PARTS)
    assert not (tmp_path / "hf" / "hub").exists()


def test_by_name(hub: LoopbackHub, run: Shell) -> None:
    told = run("get", GGUF, "--include", "*Q8*", "--include", "README.md", "--dry-run", "-q")
    assert told.out.split() == ["README.md", "tiny-Q8_0.gguf"]


def hold_second(hub: LoopbackHub, world: World) -> "Callable[[], None]":
    """Hold the second shard after its first half; the call gives it free."""
    digest = right(world, SHARDS, PARTS[1:2])[0]
    gate = hub.gate(lambda one: one.method == "GET" and one.path.endswith(digest), in_body=True)
    return gate.open


def large_asked(hub: LoopbackHub, world: World) -> list[int]:
    """Which of the three shards were asked for, in order."""
    names = right(world, SHARDS, PARTS)
    asked = [one.path.rsplit("/", 1)[1] for one in list(hub.requests) if one.method == "GET"]
    return [names.index(name) + 1 for name in asked if name in names]


def test_killed_in_the_middle_the_same_command_ends_it(
    hub: LoopbackHub,
    run: Shell,
    world: World,
    tmp_path: Path,
    begun: Begin,
) -> None:
    release = hold_second(hub, world)
    process = begun("get", SHARDS)
    until(lambda: large_asked(hub, world) == [1, 2])
    until(lambda: PARTS[0] in str(status(tmp_path).get("whole")))
    os.kill(int(str(status(tmp_path)["pid"])), signal.SIGKILL)
    assert process.ends() == 1
    last = "hubscope: it was killed; whole files stay, the same command goes on"
    assert process.err.splitlines()[-1] == last
    release()
    told = run("get", SHARDS, "--json")
    assert told.code == 0, told.err
    folder = json.loads(told.out)["to"]
    assert digests(folder, PARTS) == right(world, SHARDS, PARTS)
    # the whole one is not taken again; the interrupted one begins anew
    assert large_asked(hub, world) == [1, 2, 2, 3]


def test_whoever_began_it_may_be_killed_and_the_same_command_joins(
    hub: LoopbackHub,
    run: Shell,
    world: World,
    tmp_path: Path,
    begun: Begin,
) -> None:
    release = hold_second(hub, world)
    process = begun("get", SHARDS)
    until(lambda: large_asked(hub, world) == [1, 2])
    process.process.kill()
    told = run("get", SHARDS, "--include", "config.json")
    assert (told.code, told.out) == (1, "")
    assert "other files of acme/tiny are on their way" in told.err
    other = begun("get", SHARDS, "--json")
    until(lambda: "on its way already" in other.err)
    release()
    assert other.ends() == 0
    assert digests(json.loads(other.out)["to"], PARTS) == right(world, SHARDS, PARTS)
    assert large_asked(hub, world) == [1, 2, 3]


@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_stops_the_child_too(
    hub: LoopbackHub,
    world: World,
    tmp_path: Path,
    begun: Begin,
    order: signal.Signals,
) -> None:
    hold_second(hub, world)
    process = begun("get", SHARDS)
    until(lambda: large_asked(hub, world) == [1, 2])
    process.process.send_signal(order)
    assert (process.ends(), process.out) == (130, "")
    assert process.err.splitlines()[-1].startswith("hubscope: stopped; what is whole stays")
    said = status(tmp_path)
    assert said["end"] == "stopped"
    with pytest.raises(ProcessLookupError):
        os.kill(int(str(said["pid"])), 0)
    blobs = tmp_path / "hf/hub/models--acme--tiny/blobs"
    assert [one for one in blobs.iterdir() if one.suffix == ".incomplete"] == []


def test_a_line_that_breaks_once_costs_no_file(hub: LoopbackHub, run: Shell, world: World) -> None:
    fault = hub.fault(
        lambda one: one.method == "GET" and one.path.startswith("/xet-bridge-us/"),
        faults.half_body,
    )
    told = run("get", GGUF, "--quant", "Q8_0", "-q")
    assert (told.code, fault.hits) == (0, 1)
    assert digests("/", told.out.split()) == right(world, GGUF, ["tiny-Q8_0.gguf"])
    asked = [one for one in hub.requests if one.path.startswith("/xet-bridge-us/")]
    assert len(asked) == 2  # huggingface_hub goes on by itself


@pytest.mark.parametrize(
    ("repo", "effect", "code", "line"),
    [
        (SHARDS, faults.hang_up, 5, "the line to the Hub broke; what is whole stays"),
        (SHARDS, 403, 4, "the Hub answered 403; what is whole stays"),
        (SHARDS, 429, 6, "the Hub answered 429; what is whole stays"),
        (SHARDS, 500, 1, "the Hub answered 500; what is whole stays"),
    ],
)
def test_what_stops_it_is_one_line_and_the_whole_stays(
    hub: LoopbackHub,
    run: Shell,
    world: World,
    tmp_path: Path,
    repo: str,
    effect: faults.Effect | int,
    code: int,
    line: str,
) -> None:
    hub.fault(f"/{SHARDS}/resolve/{_commit(world)}/{PARTS[1]}", effect, times=None)
    told = run.beside(HASTY)("get", repo)
    assert (told.code, told.out) == (code, "")
    assert line in told.err.splitlines()[-1]
    cached = tmp_path / "hf/hub/models--acme--tiny/snapshots" / _commit(world)
    assert digests(cached, PARTS[:1]) == right(world, SHARDS, PARTS[:1])
    hub.clear_faults()
    assert run("get", repo).code == 0
    assert digests(cached, PARTS) == right(world, SHARDS, PARTS)


def _commit(world: World) -> str:
    repo = world.find("models", SHARDS)
    assert repo is not None
    return str(repo.facts["sha"])


def test_a_gate_is_said_before_a_byte(hub: LoopbackHub, run: Shell) -> None:
    told = run("get", "acme/manual-7b")
    assert (told.code, told.out, len(told.err.splitlines())) == (4, "", 1)
    hub.quirks.gated_tree = True  # its list may be read, its files not
    told = run("get", "acme/manual-7b")
    assert (told.code, told.out) == (4, "")
    assert told.err.splitlines()[-1].startswith("hubscope: acme/manual-7b is gated; ask for access")


def test_nothing_is_taken_offline_or_from_the_sample(hub: LoopbackHub, run: Shell) -> None:
    assert run("get", GGUF, "--quant", "Q8_0", "--dry-run").code == 0
    told = run("get", GGUF, "--quant", "Q8_0", "--dry-run", "--offline", "-q")
    assert (told.code, told.out) == (0, "tiny-Q8_0.gguf\n")
    told = run("get", GGUF, "--quant", "Q8_0", "--offline")
    assert (told.code, told.out) == (5, "")
