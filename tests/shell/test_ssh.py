"""Over a real login, on a line of 32 kbit/s with 300 ms there and back, and on one that breaks."""

import base64
import os
import shlex
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub
from tests.matrix.machine import assert_whole
from tests.shell.line import TOGETHER, Login, processes, server
from tests.shell.test_pty import Open, rows_shown, terminal
from tests.shell.test_terminal import REPLIES

__all__ = ["terminal"]  # the fixture
pytestmark = [
    pytest.mark.skipif(not TOGETHER, reason="openssh-server is not installed"),
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc"),
]
APP = shlex.join([sys.executable, "-m", "tui"])
KINDS = ("xterm", "xterm-256color", "screen", "linux")
BREAKING = 30.0  # seconds that a program may take to see that its line is broken


@pytest.fixture
def login(tmp_path: Path) -> Iterator[Login]:
    folder = tmp_path / "ssh"
    folder.mkdir(mode=0o700)
    with server(folder) as opened:
        yield opened


def there(script: str, folder: Path) -> str:
    """A script with the environment of the tests, as it is run at the other end."""
    named = ("HUBSCOPE_HOME", "HF_HOME", "HF_ENDPOINT", "PYTHONPATH")
    given = " ".join(f"{name}={shlex.quote(os.environ[name])}" for name in named)
    return f"cd {shlex.quote(str(folder))}; export {given} LC_ALL=C.UTF-8; {script}"


def gone(marker: str) -> None:
    """Wait until no hubscope with this in its environment is left."""
    end = time.monotonic() + BREAKING
    while processes(marker):
        assert time.monotonic() < end, f"left: {processes(marker)}"
        time.sleep(0.05)


def whole(home: Path) -> None:
    """Every file of the store can be read to its end, and none was set aside."""
    found = list(home.rglob("*.db"))
    assert found
    for path in found:
        with closing(sqlite3.connect(path)) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert list(home.rglob("*damaged*")) == []


def test_a_session_on_a_slow_line_that_breaks(
    hub: LoopbackHub, run: Shell, terminal: Open, login: Login, tmp_path: Path
) -> None:
    app = terminal(command=login.command(there(f"echo ready; read x; {APP}", tmp_path)))
    app.until(lambda text: "ready" in text)
    login.line.slow = True
    app.press("\r")
    app.until(rows_shown)
    for reply in REPLIES:  # late, and in pieces
        app.press(reply[:5])
        app.press(reply[5:])
    app.press("j")
    app.until(lambda text: "2 of " in text)
    app.press("y")
    copied = base64.b64encode(b"meta-llama/Llama-3.1-8B")
    app.until(lambda _: b"\x1b]52;c;" + copied + b"\x07" in app.written)
    app.resize(30, 100)
    app.until(lambda text: "─" * 100 in text and "2 of " in text)
    app.press("b")
    app.until(lambda text: "bookmarked meta-llama" in text)
    login.line.drop()
    home = Path(os.environ["HUBSCOPE_HOME"])
    gone(str(home))
    whole(home)
    assert run("saved", "--shelf", "bookmark", "-q").out == "meta-llama/Llama-3.1-8B\n"


def test_every_kind_of_terminal(
    hub: LoopbackHub, terminal: Open, login: Login, tmp_path: Path
) -> None:
    kinds = f"{' '.join(KINDS)} dumb"
    loop = f"for kind in {kinds}; do clear; TERM=$kind {APP}; echo end $?; read x; done"
    app = terminal(command=login.command(there(loop, tmp_path)))
    for kind in KINDS:
        app.until(rows_shown)
        app.press("jq")
        app.until(lambda text: "end 0" in text)
        assert_whole(app.written)
        assert b"8;2;" not in app.written, f"24 bits a colour on {kind}"
        app.press("\r")
    app.until(lambda text: "end 2" in text)
    assert "this terminal cannot show the app" in app.text


def test_suspended_in_a_shell_and_closed_there(
    hub: LoopbackHub, terminal: Open, login: Login, tmp_path: Path
) -> None:
    shell = "PS1='$ ' exec bash --norc --noprofile --noediting -i"
    app = terminal(command=login.command(there(shell, tmp_path)))
    app.until(lambda text: "$ " in text)
    app.press(f"{APP}\r")
    app.until(lambda text: rows_shown(text) and "1 of " in text)
    app.press("j\x1a")
    app.until(lambda text: "Stopped" in text)
    assert_whole(app.written)
    app.press("echo $((6*7))\r")
    app.until(lambda text: "42" in text)
    app.press("fg\r")
    app.until(lambda text: rows_shown(text) and "2 of " in text)
    app.press("\x1a")
    app.until(lambda text: text.count("Stopped") >= 1 and not rows_shown(text))
    home = Path(os.environ["HUBSCOPE_HOME"])
    assert processes(str(home))
    login.line.drop()
    gone(str(home))
    whole(home)
