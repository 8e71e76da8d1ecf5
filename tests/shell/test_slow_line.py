"""A slow line, told or measured: few colours, nothing before it is asked for, no clock."""

import re
import sys
import time

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub, World
from tests.shell.test_bytes import sent
from tests.shell.test_pty import Open, Terminal, terminal

__all__ = ["terminal"]  # the fixture

WIDE = {"LINES": "36", "COLUMNS": "120"}
SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
ASKED = b"\x1b[c"  # what the terminal is, it is asked
ANSWER = "\x1b[?62;4;22c"
SAYS = "slow line: 16 colours"
MANY = b"38;2;"  # how a colour of sixteen million begins


@pytest.fixture
def stored(world: World, hub: LoopbackHub, run: Shell) -> LoopbackHub:
    """The Hub, with its list and a card of some screens in the store."""
    world.model(
        "acme/long",
        readme="".join(f"- A line of words, {n}.\n" for n in range(400)),
        trendingScore=9999,
    )
    assert run("trending", "--limit", "100").code == 0
    assert run("card", "acme/long").code == 0
    return hub


def settled(start: Open, *words: str, **options: str) -> Terminal:
    """The app when all is said that it says by itself."""
    app = start(*words, **options)
    app.until(lambda text: "1 of " in text)
    sent(app, "")
    return app


def test_what_a_slow_line_has_to_carry(stored: LoopbackHub, terminal: Open) -> None:
    """Over 300 ms and 4 KB a second: rows 2.5 s, a move 0.35 s, a card 2 s."""
    app = terminal("--slow-line")
    app.until(lambda text: SAYS in text and "--no-slow-line" in text)
    assert len(app.written) <= 3 * 1024
    app.until(lambda text: "1 of " in text and SAYS not in text)  # said once
    for keys, most in (("j", 240), ("j", 240), ("k", 240), ("k", 240), ("\r", 2 * 1024)):
        assert 0 < sent(app, keys) <= most
    assert MANY not in app.written
    assert SAYS not in app.text


def test_wide_there_is_no_preview_until_it_is_asked_for(
    stored: LoopbackHub, terminal: Open
) -> None:
    app = settled(terminal, "--slow-line", **WIDE)
    assert len(app.written) <= 6 * 1024
    assert "A line of words" not in app.text
    for keys in ("j", "j", "k", "k"):
        assert 0 < sent(app, keys) <= 320
    app.press("p")
    app.until(lambda text: "A line of words" in text)
    for keys in ("3", "j"):
        sent(app, keys)
    assert "Bloomberg" not in app.text
    app.press("p")
    app.until(lambda text: "Bloomberg" in text)


def test_a_text_goes_by_half_pages(stored: LoopbackHub, terminal: Open) -> None:
    app = settled(terminal, "--slow-line")
    sent(app, "\r", "A line of words")
    shown = numbers(app)
    half = len(shown) // 2
    for key, first in (("j", half), ("j", 2 * half), ("k", half), ("\x04", 2 * half), ("g", 0)):
        sent(app, key)
        assert numbers(app)[0] == first


def numbers(app: Terminal) -> list[int]:
    """Of the card's lines those in sight."""
    return [int(found) for found in re.findall(r"A line of words, (\d+)", app.text)]


@pytest.mark.parametrize("words", [(), ("--slow-line",)])
def test_no_clock_ticks(stored: LoopbackHub, terminal: Open, words: tuple[str, ...]) -> None:
    """Where an hour passes in a second, the age of the rows is painted again and again, or not."""
    quick = (
        "import time, tui.screens.page as page; from tui.cli import entry;"
        " page.TICK = 0.2; begun = time.time(); real = time.time;"
        " time.time = lambda: begun + (real() - begun) * 3600; entry()"
    )
    app = terminal(command=f"{sys.executable} -c '{quick}' {' '.join(words)}")
    app.until(lambda text: "1 of " in text and SAYS not in text)
    sent_first = len(app.written)
    end = time.monotonic() + 3
    while time.monotonic() < end:
        app.read(0.1)
    assert (len(app.written) == sent_first) is bool(words)


def test_over_ssh_a_terminal_that_does_not_answer_in_time_is_on_a_slow_line(
    stored: LoopbackHub, terminal: Open
) -> None:
    app = terminal(**WIDE, **SSH)
    app.until(lambda text: SAYS in text)
    assert app.written.count(ASKED) == 1
    app.press(ANSWER)  # it comes late, and is no key
    app.until(lambda text: "1 of " in text)
    sent(app, "j", "2 of ")
    assert MANY not in app.written
    assert "A line of words" not in app.text


def test_over_ssh_an_answer_in_time_leaves_everything_as_it_is(
    stored: LoopbackHub, terminal: Open
) -> None:
    patient = "import tui.slow_line as line; line.LATE = 20; from tui.cli import entry; entry()"
    app = terminal(command=f"{sys.executable} -c '{patient}'", **WIDE, **SSH)
    app.until(lambda _: ASKED in app.written)
    assert MANY not in app.written  # nothing is painted before it is known
    app.press(ANSWER)
    app.until(lambda text: "1 of " in text and "A line of words" in text)
    assert MANY in app.written
    assert SAYS not in app.text
    app.press("j")
    app.until(lambda text: "2 of " in text)


@pytest.mark.parametrize("words", [("--no-slow-line",), ()])
def test_nothing_is_asked_where_the_reader_has_said_or_no_line_is_between(
    stored: LoopbackHub, terminal: Open, words: tuple[str, ...]
) -> None:
    app = settled(terminal, *words, **(SSH if words else {}))
    assert ASKED not in app.written
    assert MANY in app.written
