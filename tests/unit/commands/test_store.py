"""The local store from the shell: without it, damaged, shared by two, and looked after."""

import json
from pathlib import Path

import pytest

from tests.conftest import PATIENCE, Shell
from tests.loopback import LoopbackHub
from tests.shell.background import Background


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder that HUBSCOPE_HOME names."""
    return tmp_path / "home"


def cache_file(home: Path) -> Path:
    (found,) = (home / "cache").glob("cache@*.db")
    return found


@pytest.mark.parametrize("place", ["/proc/hubscope", "a file"])
def test_without_a_store_the_hub_still_answers(
    hub: LoopbackHub, run: Shell, tmp_path: Path, place: str
) -> None:
    if place == "a file":
        (tmp_path / "file").write_text("not a folder")
        place = str(tmp_path / "file")
    told = run("trending", "--limit", "5", "--json", HUBSCOPE_HOME=place)
    assert told.code == 0
    assert len(json.loads(told.out)["rows"]) == 5
    assert told.err
    for line in told.err.splitlines():
        assert line.startswith("hubscope: ")
        assert ";" in line


@pytest.mark.parametrize(
    "damage",
    [b"not a database " * 4096, b"SQLite format 3\0" + b"\xff" * 8192],
    ids=["words", "header"],
)
def test_a_damaged_cache_is_set_aside_with_a_line(
    hub: LoopbackHub, run: Shell, home: Path, damage: bytes
) -> None:
    fresh = run("trending", "-q")
    for beside in home.glob("cache/*-wal"):
        beside.unlink()
    cache_file(home).write_bytes(damage)
    told = run("trending", "-q")
    assert (told.code, told.out) == (0, fresh.out)
    (line,) = set(told.err.splitlines()) - set(fresh.err.splitlines())
    assert "damaged" in line
    again = run("trending", "-q")
    assert (again.code, again.err) == (0, fresh.err)
    hub.stop()
    assert run("trending", "-q").out == fresh.out


def test_files_are_for_their_owner_only(hub: LoopbackHub, run: Shell, home: Path) -> None:
    assert run("trending").code == 0
    for path in [home, *home.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_two_processes_at_once(hub: LoopbackHub, run: Shell) -> None:
    gate = hub.gate("/api/models")
    all_four = [Background(run.folder, "trending", "-q") for _ in range(4)]
    assert gate.arrived.wait(PATIENCE)
    gate.open()
    assert [process.ends() for process in all_four] == [0] * 4
    assert {process.err for process in all_four} == {"hubscope: 30 of more; --limit 0 for all\n"}
    assert len({process.out for process in all_four}) == 1
    hub.stop()
    assert run("trending", "-q").out == all_four[0].out


def test_the_cache_says_where_it_is_and_how_large(hub: LoopbackHub, run: Shell, home: Path) -> None:
    run("trending")
    answer = json.loads(run("cache", "where", "--json").out)
    assert (answer["command"], answer["action"]) == ("cache", "where")
    named = {Path(file["path"]): file["bytes"] for file in answer["files"]}
    assert set(named) == {
        cache_file(home),
        home / "data" / "library.db",
        home / "data" / "history.db",
    }
    assert named[cache_file(home)] >= cache_file(home).stat().st_size
    assert [Path(line) for line in run("cache", "-q").out.split()] == list(named)


def test_clearing_drops_answers_and_keeps_history(hub: LoopbackHub, run: Shell, home: Path) -> None:
    run("trending")
    history = home / "data" / "history.db"
    kept = history.read_bytes()
    assert run("cache", "clear").code == 0
    assert history.read_bytes() == kept
    hub.stop()
    assert run("trending").code == 5


def test_clearing_says_what_stays(hub: LoopbackHub, run: Shell, home: Path) -> None:
    run("trending")
    cache_file(home).with_name("cache@mirror.db").write_bytes(b"")
    run("save", "mine", "qwen")
    frame = home / "state" / "frame-80x24"
    frame.parent.mkdir(exist_ok=True)
    frame.write_text("a private screen")
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "config.toml").write_text("")
    told = run("cache", "clear")
    names = ("library.db", "history.db", "cache@mirror.db", "config.toml")
    assert [any(name in line for line in told.err.splitlines()) for name in names] == [True] * 4
    assert all(line.startswith("hubscope: not cleared: ") for line in told.err.splitlines())
    stays = json.loads(run("cache", "clear", "--json").out)["stays"]
    assert [Path(one["path"]).name for one in stays] == list(names)
    assert all(Path(one["path"]).exists() and one["holds"] for one in stays)
    assert "stays" not in json.loads(run("cache", "where", "--json").out)
    assert not frame.exists()


def test_pruning_keeps_what_fits(hub: LoopbackHub, run: Shell) -> None:
    run("trending")
    assert run("cache", "prune", "--max-mb", "100").code == 0
    hub.stop()
    assert run("trending").code == 0
    assert run("cache", "prune", "--max-mb", "0").code == 0
    assert run("trending").code == 5


def test_each_endpoint_has_answers_of_its_own(
    hub: LoopbackHub, run: Shell, closed_port: int
) -> None:
    assert run("trending").code == 0
    assert run("trending", HF_ENDPOINT=f"http://127.0.0.1:{closed_port}").code == 5
