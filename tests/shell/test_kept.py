"""What the app said to be kept is there afterwards, whatever other commands do meanwhile."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub
from tests.shell.test_pty import Terminal, rows_shown

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")


@pytest.fixture
def app(hub: LoopbackHub, run: Shell, tmp_path: Path) -> Iterator[Terminal]:
    """The app at the list of models, in a store that was browsed before."""
    assert run("trending", "--limit", "20").code == 0
    opened = Terminal(tmp_path)
    opened.until(rows_shown)
    yield opened
    opened.process.close(force=True)


def open_files(process: int) -> list[str]:
    """The names of what a process has open; the kernel adds "(deleted)" to what has none."""
    folder = Path(f"/proc/{process}/fd")
    found = []
    for one in folder.iterdir():
        try:
            found.append(os.readlink(one))
        except FileNotFoundError:  # closed meanwhile
            continue
    return found


def bookmarks(run: Shell) -> list[str]:
    told = run("saved", "--shelf", "bookmark", "-q")
    assert (told.code, told.err) == (0, "")
    return told.out.split()


def said(text: str) -> str:
    """The id that the app says is bookmarked."""
    return text.partition("bookmarked ")[2].partition(";")[0]


def test_bookmarks_outlive_the_commands_that_ran_between_them(app: Terminal, run: Shell) -> None:
    told: list[str] = []
    commands = [
        ("show", "Qwen/Qwen3-8B"),
        ("save", "mine", "qwen"),
        ("trending", "--limit", "5"),
        ("snapshot", "list"),
        ("saved",),
        ("cache", "where"),
    ]
    for number, words in enumerate(commands):
        app.press("b" if number == 0 else "jb")
        app.until(lambda text: "bookmarked " in text and said(text) not in told)
        told.append(said(app.text))
        assert run(*words).code == 0
        held = open_files(app.process.pid)
        assert any(name.endswith("library.db-wal") for name in held)
        assert [name for name in held if name.endswith("(deleted)") and ".db" in name] == []
    app.press("q")
    assert app.ends() == 0
    assert sorted(bookmarks(run)) == sorted(told)
    assert run("saved", "--shelf", "search", "-q").out == "mine\n"


def test_a_key_pressed_just_before_leaving_is_kept_too(app: Terminal, run: Shell) -> None:
    app.press("b")
    app.press("q")
    assert app.ends() == 0
    assert len(bookmarks(run)) == 1


def test_pressed_again_it_is_taken_away(app: Terminal, run: Shell) -> None:
    app.press("b")
    app.until(lambda text: "bookmarked " in text)
    app.press("b")
    app.until(lambda text: "bookmark taken away" in text)
    app.press("q")
    assert app.ends() == 0
    assert bookmarks(run) == []


def test_what_could_not_be_kept_is_said_in_a_line(
    hub: LoopbackHub, run: Shell, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    app = Terminal(tmp_path, HUBSCOPE_HOME=str(tmp_path / "file"))
    app.until(rows_shown)
    for key in ("b", "B"):
        app.press("y")  # another line in its place, so that each is seen to come
        app.until(lambda text: "sent to the terminal" in text)
        app.press(key)
        app.until(lambda text: "not kept: the store cannot be written (Not a directory)" in text)
    app.press("q")
    assert app.ends() == 0  # all was said in sight


def test_over_damaged_files_the_app_goes_on_and_keeps(
    hub: LoopbackHub, run: Shell, tmp_path: Path
) -> None:
    assert run("trending", "--limit", "20").code == 0
    assert run("save", "mine", "qwen").code == 0
    for path in (tmp_path / "home").rglob("*.db"):
        path.write_bytes(path.read_bytes()[:4096] + b"\xa5" * (path.stat().st_size - 4096))
    app = Terminal(tmp_path)
    app.until(rows_shown)
    app.press("b")
    app.until(lambda text: "bookmarked " in text)
    app.until(lambda text: "was damaged" in text)
    app.press("q")
    assert app.ends() == 0
    assert bookmarks(run) == ["Qwen/Qwen3-8B"]
