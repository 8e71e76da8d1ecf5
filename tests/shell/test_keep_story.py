"""Kept and looked at in a real terminal: a note, a search as a tab, a download held, a picture."""

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests import made_pictures
from tests.conftest import PATIENCE
from tests.loopback import LoopbackHub, World, add_weights
from tests.shell.test_pty import Terminal
from tui.keys import COMMANDS

MODEL = "Qwen/Qwen3-8B"
GGUF = "acme/tiny-GGUF"
PICTURED = "acme/pictured"


@pytest.fixture
def world(world: World) -> World:
    add_weights(world)
    return world


def key(command_id: str) -> str:
    """What the key of a command sends."""
    [command] = [one for one in COMMANDS if one.id == command_id]
    names = {"right_square_bracket": "]", "enter": "\r"}
    return names.get(command.keys[0], command.keys[0])


def contains(words: str, text: str) -> bool:
    """Whether a screen has these words."""
    return words in text


def writes(app: Terminal, condition: Callable[[bytes], object]) -> None:
    """Read until what was written satisfies ``condition``."""
    end = time.monotonic() + PATIENCE
    while not condition(app.written):
        assert app.read(0.1), app.text
        assert time.monotonic() < end, app.text


def test_a_note_a_saved_search_and_its_tab(hub: LoopbackHub, tmp_path: Path) -> None:
    app = Terminal(tmp_path, MODEL)
    app.until(lambda text: MODEL in text and "live" in text)
    app.press(key("row.note"))
    app.until(lambda text: "keeps tags and note" in text)
    app.press("#fast fits the 3090\r")
    app.until(lambda text: f"note kept on {MODEL}" in text)
    app.press("1")
    app.until(lambda text: "models · trending" in text and "live" in text)
    app.press("/")
    app.press("author:acme sort:likes")
    app.until(lambda text: "by acme · most liked" in text)
    app.press("\r")
    app.press(key("view.save"))
    app.until(lambda text: "search kept" in text)
    app.press("\x1b")
    app.until(lambda text: "models · trending" in text)
    for words in ("datasets · trending", "Spaces · trending", "author:acme sort:likes · models"):
        app.press(key("tab.next"))
        app.until(partial(contains, words))
    app.press("4")
    app.until(lambda text: "#fast fits the 3090" in text)
    app.press("q")
    app.press("q")
    assert app.ends() == 0


def test_a_download_is_held_and_goes_on(hub: LoopbackHub, world: World, tmp_path: Path) -> None:
    gate = hub.gate(lambda one: one.path.startswith("/xet-bridge-us/"), in_body=True)
    app = Terminal(tmp_path, GGUF)
    app.until(lambda text: "Files" in text and "live" in text)
    app.press("D")
    app.until(lambda text: "2 files" in text or "Q8_0" in text)
    app.press("D")
    app.until(lambda text: "every file" in text)
    app.press("\r")
    app.until(lambda text: "take it" in text)
    app.press("\r")
    app.until(lambda text: "file 1 of 1" in text)
    app.press(key("go.downloads"))
    app.until(lambda text: "1 on their way" in text and "tiny-Q4_K_M.gguf" in text)
    app.press(key("download.hold"))
    app.until(lambda text: "1 stopped or failed" in text)
    [status] = (tmp_path / "home/state/downloads").glob("*.json")
    assert json.loads(status.read_text())["end"] == "stopped"
    gate.open()
    app.press(key("download.hold"))
    app.until(lambda text: "is here: 1.00 MB" in text)
    app.press("\x11")
    assert app.ends() == 0
    assert json.loads(status.read_text())["end"] == "done"


@pytest.fixture
def pictured(world: World) -> None:
    pytest.importorskip("PIL")
    pytest.importorskip("textual_image")
    files = {"chart.png": made_pictures.made(size=(200, 100))}
    world.model(PICTURED, readme="# Pictured\n\n![scores](chart.png)\n", files=files)


def see(app: Terminal) -> None:
    app.until(lambda text: "image: scores" in text)
    app.press(key("card.pictures"))
    app.until(lambda text: "Pictures of" in text and "1  scores" in text and "this repo" in text)
    app.press("\r")


@pytest.mark.usefixtures("pictured")
def test_a_picture_in_half_blocks(hub: LoopbackHub, tmp_path: Path) -> None:
    app = Terminal(tmp_path, PICTURED)
    see(app)
    writes(app, lambda text: b"\x1b[c" in text)  # what can it do? No answer: half blocks
    app.until(lambda text: "PNG 200 x 100" in text and "▀▀▀▀▀" in text)
    assert b"38;2;255;0;0" in app.written
    assert b"48;2;0;0;255" in app.written
    app.press("q")
    app.until(lambda text: "image: scores" in text and "▀▀" not in text)
    app.press("\x11")
    assert app.ends() == 0


@pytest.mark.usefixtures("pictured")
def test_a_picture_as_the_terminal_draws_it(hub: LoopbackHub, tmp_path: Path) -> None:
    app = Terminal(tmp_path, PICTURED, TERM="xterm-kitty")
    see(app)
    writes(app, lambda text: b"\x1b_Ga=T,U=1,f=100" in text and "\U0010eeee".encode() in text)
    app.press("q")
    writes(app, lambda text: b"\x1b_Ga=d,d=I" in text)
    app.press("\x11")
    assert app.ends() == 0


@pytest.mark.usefixtures("pictured")
def test_a_picture_in_sixels(hub: LoopbackHub, tmp_path: Path) -> None:
    app = Terminal(tmp_path, PICTURED)
    see(app)
    writes(app, lambda text: b"\x1b[c" in text)
    app.press("\x1b[?62;4;22c")
    writes(app, lambda text: b'\x1bP0;0;0q"1;1;' in text and b"\x1b\\" in text)
    before = len(app.written)
    app.press("q")
    writes(app, lambda text: b"scores" in text[before:])  # everything is painted over
    app.press("\x11")
    assert app.ends() == 0
