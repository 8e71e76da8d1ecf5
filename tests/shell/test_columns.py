"""Columns and orders by keys on a real terminal: chosen, kept, small on a slow line."""

from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World, add_weights
from tests.shell.test_bytes import sent
from tests.shell.test_pty import Open, Terminal, terminal

__all__ = ["terminal"]  # the fixture
MOVE = 800  # bytes that a move costs at most


def heads(text: str) -> list[str]:
    return text.splitlines()[3].split()


def test_columns_are_chosen_by_keys_and_there_at_the_next_start(
    hub: LoopbackHub, terminal: Open
) -> None:
    app = terminal()
    app.until(lambda text: "live" in text and heads(text)[:3] == ["#", "move", "model"])
    app.press("C")
    app.until(lambda text: "Columns · trending" in text)
    app.press("j ")  # without moves
    app.until(lambda text: "▌   move" in text)
    app.press("jj>>")  # origin two to the right
    app.until(lambda text: "params" in text and text.index("● params") < text.index("● origin"))
    app.press("\r")
    app.until(lambda text: heads(text)[:3] == ["#", "model", "task"])
    app.press("qq")
    assert app.ends() == 0
    app = terminal()
    app.until(lambda text: "live" in text)
    assert heads(app.text)[:3] == ["#", "model", "task"]
    assert all(len(line) <= 80 for line in app.text.splitlines())
    app.press("qq")
    assert app.ends() == 0


def test_the_settings_are_checked_and_obeyed(
    hub: LoopbackHub, terminal: Open, run: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "home" / "config"
    assert run("config", "init").code == 0
    written = (folder / "config.toml").read_text()
    assert "# [columns]" in written
    (folder / "config.toml").write_text('[columns]\ntrending = ["model", "licnse"]\n')
    told = run("config", "show")
    assert told.code == 2
    assert "line 2: no column 'licnse' in trending, use rank, move, id" in told.err
    assert "did you mean license?" in told.err
    (folder / "config.toml").write_text('[columns]\ntrending = ["likes", "model", "license"]\n')
    told = run("config", "show")
    assert (told.code, told.err) == (0, "")
    assert "trending = likes id license" in told.out
    app = terminal()
    app.until(lambda text: heads(text) == ["♥", "model", "license"])
    app.press("qq")
    assert app.ends() == 0


def test_an_order_at_the_column_under_the_cursor_and_then_by_another(
    hub: LoopbackHub, terminal: Open
) -> None:
    app = terminal()
    app.until(lambda text: "live" in text)
    sent(app, "")
    for keys, shown in (("l", "▸model"), ("l", "▸from"), ("h", "▸model"), ("\x1b[C", "▸from")):
        assert 0 < sent(app, keys, shown) <= MOVE  # the heads alone
    app.press("ss")
    app.until(lambda text: "models · by origin" in text and "▸▴from" in text)
    app.until(lambda text: "rows at hand" in text)  # once the hint of a first start is gone
    app.press("s")
    app.until(lambda text: "then by it" in text)
    app.press("gjj ")
    app.until(lambda text: "models · by origin, then most liked" in text and "▿♥" in text)
    app.press("S")
    app.until(lambda text: "then most liked · turned around" in text and "▾from" in text)
    app.press("Y")
    app.until(lambda text: "hubscope search 'sort:!origin,!likes'" in text)
    app.press("\x1b")
    app.until(lambda text: "turned around" in text)
    app.press("qq")
    assert app.ends() == 0


@pytest.fixture
def files(world: World, hub: LoopbackHub, terminal: Open) -> Terminal:
    """The Files tab of a repo of thousands of files."""
    add_weights(world)
    repo = world.repos["models"]["acme/tiny"]
    repo.files.update({f"data/part-{at:05}-of-04000.txt": b"x" for at in range(4000)})
    app = terminal("acme/tiny")
    app.until(lambda text: "live" in text)
    app.press("]]]")
    app.until(lambda text: "files · " in text and "▌ BF16" in text)
    sent(app, "")
    return app


def test_a_move_among_files_costs_two_lines(files: Terminal) -> None:
    sent(files, "jj", "every file · ")
    for keys in ("j", "j", "j", "k", " "):
        assert 0 < sent(files, keys) <= MOVE
    for keys in ("\x1b[6~", "G", "k", "g"):
        assert 0 < sent(files, keys) <= 4096


def test_the_set_under_the_cursor_is_named_before_it_is_taken(
    files: Terminal, hub: LoopbackHub, tmp_path: Path
) -> None:
    files.press("D")
    files.until(lambda text: "acme/tiny BF16: 6 files" in text and "take it" in text)
    assert "tokenizer.json" in files.text
    assert "licence   mit" in files.text
    files.press("\x1b")
    files.until(lambda text: "D takes it" in text)
    files.press("jjj  ")  # two single files
    files.until(lambda text: "2 marked; D takes them" in text)
    files.press("D")
    files.until(lambda text: ".gitattributes and 1 more: 2 files" in text)
    files.press("\r")
    files.until(lambda text: "is here" in text)
    [folder] = (tmp_path / "hf/hub/models--acme--tiny/snapshots").iterdir()
    assert sorted(one.name for one in folder.iterdir()) == [".gitattributes", "README.md"]
    files.press("qq")
    assert files.ends() == 0
