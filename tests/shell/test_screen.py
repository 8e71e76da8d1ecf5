"""The app inside GNU screen: what it hands on to the terminal around it."""

import base64
import os
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from tests.loopback import LoopbackHub
from tests.shell.test_pty import Open, rows_shown, terminal

__all__ = ["terminal"]  # the fixture
pytestmark = pytest.mark.skipif(shutil.which("screen") is None, reason="screen is not installed")


def test_rows_a_copy_and_back(hub: LoopbackHub, terminal: Open, tmp_path: Path) -> None:
    sockets = tmp_path / "screen"
    sockets.mkdir(mode=0o700)
    app = f"{shlex.join([sys.executable, '-m', 'tui'])}; echo end $?; read x"
    inside = shlex.join(["screen", "-U", "-c", "/dev/null", "-S", "hubscope", "sh", "-c", app])
    around = terminal(command=inside, SCREENDIR=str(sockets), LC_ALL="C.UTF-8")
    around.until(rows_shown)
    around.press("j")
    around.until(lambda text: "2 of " in text)
    around.press("y")
    copied = base64.b64encode(b"meta-llama/Llama-3.1-8B")
    around.until(lambda _: b"\x1b]52;c;" + copied + b"\x07" in around.written)
    around.until(lambda text: "sent to the terminal: meta-llama/Llama-3.1-8B" in text)
    around.press("q")
    around.until(lambda text: "end 0" in text)
    around.press("\r")
    around.ends()
    assert os.listdir(sockets) == []  # nothing of it is left
