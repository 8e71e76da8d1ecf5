"""The app inside tmux: a second terminal's opinion of the same bytes."""

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import PATIENCE
from tests.loopback import LoopbackHub, World

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Tmux:
    """One pane of a server of its own, with a shell in it."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "tmux")
        self._do("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh")
        self._do("set-option", "-g", "set-clipboard", "on")

    def allow_copies(self, allowed: bool) -> None:
        """Take what programs copy, or, as tmux does unless told to, drop it."""
        self._do("set-option", "-s", "set-clipboard", "on" if allowed else "external")

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *words],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PS1": "$ "},
        )
        return done.stdout

    @property
    def screen(self) -> str:
        """What the pane shows."""
        return self._do("capture-pane", "-p")

    @property
    def clipboard(self) -> str:
        """What programs have put in the paste buffers."""
        return self._do("list-buffers")

    @property
    def on_other_screen(self) -> bool:
        """Whether a program still holds the full screen."""
        return self._do("display-message", "-p", "#{alternate_on}").strip() == "1"

    def press(self, *keys: str) -> None:
        """Send keys by tmux's names."""
        self._do("send-keys", *keys)

    def until(self, seen: Callable[[], object]) -> None:
        """Look until ``seen``."""
        end = time.monotonic() + PATIENCE
        while not seen():
            assert time.monotonic() < end, self.screen

    def close(self) -> None:
        """End the server and what runs in it."""
        self._do("kill-server")


@pytest.fixture
def tmux(hub: LoopbackHub, tmp_path: Path) -> Iterator[Tmux]:
    opened = Tmux(tmp_path)
    yield opened
    opened.close()


def test_the_app_runs_and_leaves_the_shell_as_it_was(
    world: World, hub: LoopbackHub, tmux: Tmux
) -> None:
    world.model("evil/card", trendingScore=100, readme="# Harm \x1b]52;c;aGFja2Vk\x07 end\n")
    tmux.press("echo before", "Enter")
    tmux.until(lambda: "\nbefore" in tmux.screen)
    tmux.press(shlex.join([sys.executable, "-m", "tui"]), "Enter")
    tmux.until(lambda: "evil/card" in tmux.screen and "live" in tmux.screen)
    tmux.press("Enter")
    tmux.until(lambda: "Harm" in tmux.screen)
    tmux.press("Escape")
    tmux.until(lambda: "meta-llama" in tmux.screen)
    tmux.press("q")
    tmux.until(lambda: not tmux.on_other_screen)
    tmux.until(lambda: "\nbefore" in tmux.screen)
    assert "evil/card" not in tmux.screen
    assert tmux.clipboard == ""


@pytest.mark.parametrize("allowed", [True, False])
def test_tmux_takes_a_copy_where_it_is_set_to_and_else_is_named(
    hub: LoopbackHub, tmux: Tmux, allowed: bool
) -> None:
    tmux.allow_copies(allowed)
    tmux.press(shlex.join([sys.executable, "-m", "tui"]), "Enter")
    tmux.until(lambda: "Qwen/Qwen3-8B" in tmux.screen and "live" in tmux.screen)
    tmux.press("y")
    tmux.until(lambda: "(tmux: needs `set -s set-clipboard on`): Qwen/Qwen3-8B" in tmux.screen)
    tmux.press("j", "y")  # the second time nothing is explained
    tmux.until(lambda: "sent to the terminal: meta-llama/Llama-3.1-8B" in tmux.screen)
    if allowed:
        tmux.until(lambda: "meta-llama/Llama-3.1-8B" in tmux.clipboard)
    else:
        assert tmux.clipboard == ""
    tmux.press("q")
    tmux.until(lambda: not tmux.on_other_screen)
