"""The app on a real terminal: it starts, it shows rows, and it gives the terminal back."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from tests.conftest import PATIENCE, Shell
from tests.loopback import LoopbackHub, World
from tests.shell.screen import Screen
from tests.shell.spawned import Spawned

ROWS, COLUMNS = 24, 80
LEAVING = 5.0  # seconds after which a program that was told to leave counts as hanging
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h")  # the other screen is left, the cursor shown


class Terminal:
    """``hubscope`` behind a pseudo terminal, and what a person would see there."""

    def __init__(self, folder: Path, *words: str, command: str = "", **env: str) -> None:
        size = int(env.get("LINES", ROWS)), int(env.get("COLUMNS", COLUMNS))
        self._screen = Screen(size[1], size[0])
        self._stream = pyte.ByteStream(self._screen)
        self.written = b""
        self.at = 0.0  # when the last of it came, by time.perf_counter
        shown = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
        other = ["/bin/sh", "-c", command] if command else None
        self.process = Spawned([*words], folder, shown, size, other)

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        return self._screen.text

    @property
    def row(self) -> int:
        """The row of the cursor, from 0."""
        return int(self._screen.cursor.y)

    def press(self, keys: str) -> None:
        """Send what these keys send."""
        self.process.send(keys)

    def resize(self, rows: int, columns: int) -> None:
        """Change the size, as the window around a terminal does."""
        self._screen.resize(rows, columns)
        self.process.resize(rows, columns)

    def until(self, seen: Callable[[str], object], patience: float = PATIENCE) -> None:
        """Read until the screen satisfies ``seen``."""
        end = time.monotonic() + patience
        while not seen(self.text):
            if time.monotonic() > end or not self.read(0.1):
                raise AssertionError(f"not shown:\n{self.text}")

    def ends(self, patience: float = LEAVING) -> int:
        """The exit code, once the program has ended and all it wrote is read."""
        end = time.monotonic() + patience
        while self.read(0.1):
            if time.monotonic() > end:
                raise AssertionError(f"still running:\n{self.text}")
        return self.process.close()

    def read(self, seconds: float) -> bool:
        """Take what is written within so much time; False when the program has ended."""
        part = self.process.read(seconds)
        if part is None:
            return False
        if part:
            self.at = time.perf_counter()
        self.written += part
        self._stream.feed(part)
        return True


Open = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Open]:
    """Opens terminals, and ends what is left running in them."""
    opened: list[Terminal] = []

    def start(*words: str, **options: str) -> Terminal:
        opened.append(Terminal(tmp_path, *words, **options))
        return opened[-1]

    yield start
    for one in opened:
        one.process.close(force=True)


def assert_restored(terminal: Terminal) -> None:
    for sequence in RESTORED:
        assert terminal.written.rfind(sequence) > terminal.written.rfind(b"\x1b[?1049h")


def rows_shown(text: str) -> bool:
    return "Qwen/Qwen3-8B" in text and "live" in text


def test_rows_a_card_and_back_to_the_shell(hub: LoopbackHub, terminal: Open) -> None:
    app = terminal()
    app.until(rows_shown)
    app.press("\r")
    app.until(lambda text: "A made model." in text)
    app.press("\x1b")
    app.until(lambda text: "meta-llama/Llama-3.1-8B" in text)
    app.press("q")
    assert app.ends() == 0
    assert_restored(app)


def test_a_card_named_on_the_command_line(hub: LoopbackHub, terminal: Open) -> None:
    app = terminal(f"{hub.url}/datasets/acme/exam")
    app.until(lambda text: "acme/exam" in text)
    app.press("qq")
    assert app.ends() == 0


def test_stored_rows_are_there_and_q_leaves_while_the_hub_is_silent(
    hub: LoopbackHub, run: Shell, terminal: Open
) -> None:
    assert run("trending", "--limit", "100").code == 0
    gate = hub.gate("/")
    app = terminal()
    app.until(lambda text: "Qwen/Qwen3-8B" in text)
    assert gate.arrived.wait(PATIENCE)
    app.press("q")
    assert app.ends() == 0
    assert_restored(app)


def test_without_a_hub_the_sample_opens_and_says_so(terminal: Open) -> None:
    app = terminal()
    app.until(lambda text: "sample" in text and "  1  " in text)
    app.press("q")
    assert app.ends() == 0


def test_told_to_end_it_gives_the_terminal_back(hub: LoopbackHub, terminal: Open) -> None:
    app = terminal()
    app.until(rows_shown)
    app.process.kill(signal.SIGTERM)
    app.ends()
    assert_restored(app)


def test_errors_sent_to_a_file_leave_the_screen_as_it_is(
    hub: LoopbackHub, terminal: Open, tmp_path: Path
) -> None:
    app = terminal(command=f'"{sys.executable}" -m tui 2>errors')
    app.until(rows_shown)
    app.press("q")
    assert app.ends() == 0
    assert (tmp_path / "errors").read_bytes() == b""


def test_a_card_that_means_harm_sends_nothing_of_its_own(
    world: World, hub: LoopbackHub, terminal: Open
) -> None:
    world.model(
        "evil/card",
        trendingScore=100,
        readme="# Harm \x1b]52;c;aGFja2Vk\x07 end\n\n"
        "\x1b]0;owned\x07 \x9b31m [red]kept[/red] \x1b[6n last",
    )
    app = terminal()
    app.until(lambda text: "evil/card" in text and "live" in text)
    app.press("\r")
    app.until(lambda text: "[red]kept[/red]" in text and "last" in text)
    app.press("qq")
    assert app.ends() == 0
    assert b"\x1b]52" not in app.written
    assert b"owned\x07" not in app.written
    assert b"\x1b[6n" not in app.written
    assert not re.search(rb"\xc2[\x80-\x9f]", app.written)  # C1 in UTF-8


def test_without_colour_nothing_is_coloured(hub: LoopbackHub, terminal: Open) -> None:
    app = terminal(NO_COLOR="1")
    app.until(rows_shown)
    app.press("q")
    assert app.ends() == 0
    coloured = re.findall(rb"\x1b\[[0-9;]*(?:38|48);2;(\d+);(\d+);(\d+)", app.written)
    assert all(red == green == blue for red, green, blue in coloured)
