"""What the shell says to be kept is kept, or it says that it is not and ends with 1."""

import random
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub


@pytest.fixture
def nowhere(tmp_path: Path) -> str:
    """A place where no store can be made."""
    (tmp_path / "file").write_text("not a folder")
    return str(tmp_path / "file")


@pytest.mark.parametrize(
    "words", [("save", "mine", "qwen"), ("cache", "clear"), ("cache", "prune")], ids=" ".join
)
def test_what_could_not_be_written_is_an_error(
    run: Shell, nowhere: str, words: tuple[str, ...]
) -> None:
    told = run(*words, HUBSCOPE_HOME=nowhere)
    assert (told.code, told.out) == (1, "")
    assert told.err.splitlines() == [
        "hubscope: the store cannot be written (Not a directory); going on, nothing new is kept"
    ]


def test_neither_is_an_import_said_to_be_kept(
    hub: LoopbackHub, run: Shell, nowhere: str, tmp_path: Path
) -> None:
    assert run("trending").code == 0
    assert run("snapshot", "export", str(tmp_path / "all.gz")).code == 0
    told = run("snapshot", "import", str(tmp_path / "all.gz"), HUBSCOPE_HOME=nowhere)
    assert (told.code, told.out, len(told.err.splitlines())) == (1, "", 1)


def test_the_stores_own_files_are_no_files_to_import(run: Shell, tmp_path: Path) -> None:
    assert run("save", "mine", "qwen").code == 0
    told = run("snapshot", "import", str(tmp_path / "home" / "data" / "library.db"))
    assert (told.code, told.out) == (2, "")
    assert "the store's own" in told.err


def test_a_search_is_taken_away_once(run: Shell) -> None:
    assert run("save", "mine", "qwen").out.count("mine") == 1
    assert run("save", "mine", "--remove").code == 0
    told = run("save", "mine", "--remove")
    assert (told.code, told.out) == (2, "")
    assert "no search is called 'mine'" in told.err


@pytest.mark.parametrize("seed", range(4))
def test_damaged_anywhere_the_shell_goes_on_with_a_line_for_each_file(
    hub: LoopbackHub, run: Shell, tmp_path: Path, seed: int
) -> None:
    assert run("trending", "--limit", "20").code == 0
    assert run("save", "mine", "qwen").code == 0
    chance = random.Random(seed)
    files = sorted((tmp_path / "home").rglob("*.db"))
    assert len(files) == 3
    for path in files:
        body = bytearray(path.read_bytes())
        place = chance.randrange(len(body) // 4096) * 4096
        body[place : place + 4096] = chance.randbytes(4096)
        path.write_bytes(body)
    said: list[str] = []
    for words in (("trending", "--limit", "20"), ("show", "Qwen/Qwen3-8B"), ("save", "new", "q")):
        told = run(*words)
        assert told.code == 0, told.err
        assert told.out
        said += told.err.splitlines()
    assert len(said) <= 3
    assert all(line.startswith("hubscope: ") and ";" in line for line in said)
    assert "new" in run("saved", "-q").out.split()
    assert run("saved").err == ""
