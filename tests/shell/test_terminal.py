"""What a terminal says and does beside keys: replies, signals, no size, no second screen."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import PATIENCE, Shell
from tests.loopback import LoopbackHub
from tests.shell.spawned import Spawned
from tests.shell.test_pty import ROWS, Open, Terminal, assert_restored, rows_shown, terminal

__all__ = ["terminal"]  # the fixture
REPLIES = (
    "\x1b[?61;4;6;22c",
    "\x1b[>41;390;0c",
    "\x1b]10;rgb:dcdc/dcdc/cccc\x1b\\",
    "\x1b]11;rgb:3f3f/3f3f/3f3f\x07",
    "\x1b[?2027;0$y",
)


def test_what_the_terminal_answers_is_no_key(hub: LoopbackHub, run: Shell, terminal: Open) -> None:
    app = terminal()
    app.until(rows_shown)
    app.press("".join(REPLIES))
    for reply in REPLIES:
        app.press(reply[:5])
        time.sleep(0.15)
        app.press(reply[5:])
    app.press("j")
    app.until(lambda text: "2 of " in text)
    app.press("\x1bj")  # Esc, then the key, in one packet
    app.until(lambda text: "this is the root" in text)
    app.press("?")
    app.until(lambda text: "What works here" in text)
    app.press("\x1b")
    app.until(rows_shown)
    app.press("q")
    assert app.ends() == 0
    assert "bookmark" not in run("saved", "--tsv").out


def test_the_terminals_cursor_stands_on_the_row(hub: LoopbackHub, terminal: Open) -> None:
    app = terminal()
    app.until(lambda text: rows_shown(text) and "1 of " in text)
    for keys, place in (("j", "2 of "), ("G", " 67 of "), ("k", " 66 of ")):
        app.press(keys)
        app.until(lambda text, place=place: place in text and on_row(app))  # type: ignore[misc]
    app.press("\r")
    app.until(lambda text: "Facts" in text and app.row == 3)  # the first line of what is read
    app.press("\x1bT")
    app.until(lambda text: "Colours" in text and on_row(app))
    app.press("\x1bq")
    assert app.ends() == 0


def on_row(app: Terminal) -> bool:
    """Whether the terminal's cursor stands where the row in hand begins."""
    return "▌" in app.text.splitlines()[app.row]


def test_bytes_that_are_no_text_do_not_end_the_app(hub: LoopbackHub, terminal: Open) -> None:
    app = terminal()
    app.until(rows_shown)
    app.process.send(b"\xe9\xff\x80\x1b[99999999999u\x1b[M\xff\xff\xffj")
    app.until(lambda text: "2 of " in text)
    app.press("q")
    assert app.ends() == 0


def test_a_letter_of_another_layout_is_answered_and_ctrl_q_leaves(
    hub: LoopbackHub, terminal: Open
) -> None:
    app = terminal()
    app.until(rows_shown)
    app.press("й")
    app.until(lambda text: "Latin letters" in text)
    app.press("\x11")
    assert app.ends() == 0
    assert_restored(app)


def test_suspended_and_brought_back_the_screen_is_whole(hub: LoopbackHub, terminal: Open) -> None:
    app = terminal()
    app.until(lambda text: rows_shown(text) and "1 of " in text)
    before = app.text
    app.press("\x1a")
    app.until(lambda _: stopped(app.process.pid))
    assert_restored(app)
    painted = len(app.written)
    app.process.kill(signal.SIGCONT)
    app.until(lambda text: len(app.written) > painted + 1000 and text == before)
    app.press("jq")
    assert app.ends() == 0
    assert_restored(app)


def stopped(pid: int) -> bool:
    """Whether a process is stopped by a signal."""
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] == "T"


@pytest.mark.parametrize("way", ["SIGCONT", "ctrl+l"])
def test_a_spoilt_screen_is_painted_anew(hub: LoopbackHub, terminal: Open, way: str) -> None:
    app = terminal()
    app.until(lambda text: rows_shown(text) and "1 of " in text)
    before, painted = app.text, len(app.written)
    if way == "ctrl+l":
        app.press("\x0c")
    else:
        app.process.kill(signal.SIGSTOP)
        app.process.kill(signal.SIGCONT)
    app.until(lambda text: len(app.written) > painted + 1000 and text == before)
    app.press("jq")
    assert app.ends() == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_told_to_end_it_keeps_the_session(
    hub: LoopbackHub, terminal: Open, number: signal.Signals, code: int
) -> None:
    app = terminal()
    app.until(rows_shown)
    app.press("jj")
    app.until(lambda text: "3 of " in text)
    app.process.kill(number)
    assert app.ends() == code
    assert_restored(app)
    again = terminal()
    again.until(lambda text: "3 of " in text)
    again.press("q")
    assert again.ends() == 0


def test_where_nothing_can_be_put_up_the_terminal_is_whole_and_the_line_the_last(
    hub: LoopbackHub, terminal: Open
) -> None:
    broken = "from tui.screens.trending import TrendingScreen as T; T.body = lambda _: 1 / 0"
    app = terminal(command=f'"{sys.executable}" -c "{broken}; from tui.cli import entry; entry()"')
    assert app.ends() == 1
    assert_restored(app)
    last = app.written.rpartition(b"\x1b[?1006l")[2].decode()
    assert last.strip().startswith("hubscope: unforeseen error; please report it with ")
    assert "Traceback" not in app.text


def test_without_a_second_screen_the_prompt_comes_below_the_picture(
    hub: LoopbackHub, terminal: Open
) -> None:
    app = terminal()  # this terminal, as GNU screen does, has one screen only
    app.until(rows_shown)
    app.press("q")
    assert app.ends() == 0
    assert app.row == ROWS - 1
    assert " q quit " not in app.text.splitlines()[-1]
    assert "Qwen/Qwen3-8B" in app.text


@pytest.mark.parametrize("size", [(0, 80), (0, 0), (24, 0)])
def test_a_terminal_without_cells_neither_spins_nor_hangs(
    hub: LoopbackHub, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = Spawned([], tmp_path, {**os.environ, "TERM": "xterm-256color"}, size)
    try:
        assert b"live" in read_until(app, b"live")
        app.kill(signal.SIGTERM)
        assert b"\x1b[?1049l" in read_until(app, None)
        assert app.close() == 143
    finally:
        app.close(force=True)


def read_until(app: Spawned, wanted: bytes | None) -> bytes:
    """What is written until it holds ``wanted``, or its end comes; or as long as one is patient."""
    written, end = b"", time.monotonic() + PATIENCE
    while (wanted is None or wanted not in written) and time.monotonic() < end:
        part = app.read(0.1)
        if part is None:
            break
        written += part
    return written
