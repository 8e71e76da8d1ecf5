"""The Hugging Face cache in the shell: listed, sorted, and emptied after a word."""

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.unit.hub.test_local_cache import put

BIG, OTHER = "acme/big-GGUF", "acme/other"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A made HF_HOME of forty repos."""
    folder = tmp_path / "hf" / "hub"
    for number in range(38):
        kind = ("model", "dataset", "space")[number % 3]
        put(folder, kind, f"org{number}/repo", {"a.bin": b"x" * (number + 1)}, f"{number:040x}")
    files = {"big-Q4_K_M.gguf": b"w" * 9000, "big-Q8_0-00001-of-00002.gguf": b"v" * 5000}
    put(folder, "model", BIG, files, "a" * 40)
    put(folder, "model", OTHER, {"model.safetensors": b"o" * 4000}, "b" * 40)
    return folder


def whole(cache: Path) -> dict[str, int]:
    """Every file of every snapshot, with its bytes."""
    found = (Path(at) / name for at, _, names in os.walk(cache) for name in names)
    return {str(one.relative_to(cache)): len(one.read_bytes()) for one in found}


def test_all_are_listed_with_bytes_and_sets(cache: Path, run: Shell) -> None:
    body = json.loads(run("local", "--json").out)
    assert len(body["repos"]) == 40
    first = body["repos"][0]
    assert (first["id"], first["kind"], first["size"]) == (BIG, "model", 14000)
    assert [(one["quant"], one["size"], one["whole"]) for one in first["sets"]] == [
        ("Q8_0", 5000, False),
        ("Q4_K_M", 9000, True),
    ]
    assert first["revisions"] == ["a" * 40]
    assert body["total"] == sum(one["size"] for one in body["repos"])
    assert body["folder"] == str(cache)
    by_name = run("local", "--sort", "name", "-q").out.split()
    assert by_name == sorted(by_name)
    text = run("local", "--tsv").out.splitlines()
    assert len(text) == 41


def test_one_goes_after_a_word_and_the_rest_stays_whole(cache: Path, run: Shell) -> None:
    before = whole(cache)
    told = run("local", "rm", BIG)
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        f"hubscope: delete {BIG} from this machine: 14.0 kB (14,000 bytes); add --yes to do it\n"
    )
    assert whole(cache) == before
    told = run("local", "rm", BIG, "--yes", "-q")
    assert (told.code, len(told.out.split())) == (0, 39)
    assert told.err == f"hubscope: deleted {BIG}: 14.0 kB freed\n"
    gone = {path for path in before if "acme--big-GGUF" in path}
    assert whole(cache) == {path: size for path, size in before.items() if path not in gone}


def test_a_terminal_is_asked_and_no_is_the_answer_of_silence(cache: Path, run: Shell) -> None:
    told = run.terminal("local", "rm", OTHER, keys=False)
    assert told.code == 2  # nobody is at the keys


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (("rm", "acme/none", "--yes"), 3, "acme/none is not in "),
        (("rm",), 2, "nothing to delete"),
        (("list", BIG), 2, "ids are for rm"),
        (("rm", "../../etc", "--yes"), 2, "is no repo id"),
        (("rm", "org1/repo", "--yes"), 3, "org1/repo is not in "),  # it is a dataset
    ],
)
def test_what_is_not_there_is_said(
    cache: Path, run: Shell, words: tuple[str, ...], code: int, line: str
) -> None:
    before = whole(cache)
    told = run("local", *words)
    assert (told.code, told.out, len(told.err.splitlines())) == (code, "", 1)
    assert line in told.err
    assert whole(cache) == before


def test_what_is_being_taken_is_not_deleted(cache: Path, run: Shell, tmp_path: Path) -> None:
    import fcntl

    folder = tmp_path / "home" / "state" / "downloads"
    folder.mkdir(parents=True)
    status = folder / "model--acme--other.json"
    given: dict[str, object] = {
        "kind": "model",
        "id": OTHER,
        "name": "all",
        "files": {},
        "to": None,
    }
    status.write_text(json.dumps({**given, "pid": os.getpid()}))
    with open(f"{status}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = run("local", "rm", OTHER, "--yes")
    assert (told.code, told.out) == (1, "")
    assert "files of acme/other are on their way; stop that first" in told.err
    assert run("local", "rm", OTHER, "--yes").code == 0


def test_no_cache_is_an_empty_list(run: Shell) -> None:
    assert json.loads(run("local", "--json").out)["repos"] == []


def test_the_machine_is_told_and_the_settings_override(run: Shell, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    tool = tools / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho 'Made 3090, 24576'\n")
    tool.chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    found = json.loads(run("machine", "--json", PATH=path).out)["machine"]
    assert found["cards"] == [{"name": "Made 3090", "memory": 24 * 2**30}]
    assert (found["room"], found["configured"], found["found_by"]) == (
        24 * 2**30,
        None,
        "nvidia-smi",
    )
    tool.unlink()  # remembered for a day
    assert json.loads(run("machine", "--json", PATH=path).out)["machine"]["room"] == 24 * 2**30
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "config.toml").write_text('memory = "16GB"\n')
    found = json.loads(run("machine", "--json", PATH=path).out)["machine"]
    assert (found["room"], found["configured"]) == (16 * 10**9, 16 * 10**9)
