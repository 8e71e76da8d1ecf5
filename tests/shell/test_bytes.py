"""What a slow line has to carry: bytes of a start, of moves, of views at 80x24, counted."""

import re

import pytest

from tests.bench.bench_card import card
from tests.conftest import Shell
from tests.loopback import LoopbackHub, World
from tests.shell.test_pty import Open, Terminal, terminal

__all__ = ["terminal"]  # the fixture

START = 8 * 1024
SCREEN = 4 * 1024  # bytes, about: one screen
QUIET = 1.0  # seconds without a byte after which all is said
SIXTEEN = {"TEXTUAL_COLOR_SYSTEM": "standard", "COLORTERM": ""}


@pytest.mark.parametrize(
    ("env", "move", "page"),
    [
        pytest.param({}, 500, SCREEN, id="truecolor"),
        pytest.param(SIXTEEN, 350, SCREEN, id="16 colours"),
    ],
)
def test_a_start_a_move_and_a_page(
    request: pytest.FixtureRequest,
    hub: LoopbackHub,
    run: Shell,
    env: dict[str, str],
    move: int,
    page: int,
) -> None:
    assert run("trending", "--limit", "100").code == 0
    start: Open = request.getfixturevalue("terminal")
    app = start(**env)
    app.until(lambda text: "1 of " in text)  # the hint of a first run has gone
    assert len(app.written) <= START
    for keys, place, most in (("j", "2 of", move), ("j", "3 of", move), ("\x1b[6~", "19 of", page)):
        before = len(app.written)
        app.press(keys)
        app.until(lambda text, place=place: f" {place}" in text)  # type: ignore[misc]
        assert 0 < len(app.written) - before <= most


def sent(app: Terminal, keys: str, shown: str = "") -> int:
    """The bytes that some keys cause, until ``shown`` is and nothing comes any more."""
    before = len(app.written)
    app.press(keys)
    app.until(lambda text: shown in text)
    while True:
        have = len(app.written)
        app.read(QUIET)
        if len(app.written) == have:
            return have - before


@pytest.fixture
def reading(world: World, hub: LoopbackHub, run: Shell, terminal: Open) -> Terminal:
    """The list, with the card of a hundred screens on top of it."""
    world.model("acme/long", readme=card(100_000), trendingScore=9999)
    assert run("trending", "--limit", "100").code == 0
    assert run("card", "acme/long").code == 0
    app = terminal()
    app.until(lambda text: "1 of " in text)
    sent(app, "")
    return app


def test_an_open_card_costs_two_screens_and_then_nothing(reading: Terminal) -> None:
    assert sent(reading, "\r", "live") <= 2 * SCREEN  # 100 KB are laid out meanwhile
    assert sent(reading, "") == 0


def test_a_line_of_a_card_costs_a_line(reading: Terminal) -> None:
    sent(reading, "\r", "Section 0")
    for keys, most in (("j", 600), ("k", 600), ("j", 600), ("\x1b[6~", SCREEN), ("G", SCREEN)):
        assert 0 < sent(reading, keys) <= most


def test_views_cost_two_screens_each(reading: Terminal) -> None:
    for keys in ("2", "3", "4", "1", "?", "\x1b"):
        assert 0 < sent(reading, keys) <= 2 * SCREEN


@pytest.mark.parametrize(
    ("size", "families", "claims"), [((80, 24), 600, 1200), ((120, 36), 1050, 1300)], ids=str
)
def test_moves_in_families_and_claims(
    hub: LoopbackHub,
    run: Shell,
    terminal: Open,
    size: tuple[int, int],
    families: int,
    claims: int,
) -> None:
    """A row, and after a rest on it what is known of it."""
    assert run("trending", "--limit", "100").code == 0
    app = terminal(COLUMNS=str(size[0]), LINES=str(size[1]))
    app.until(lambda text: "1 of " in text)
    for view, most in (("2", families), ("3", claims)):
        sent(app, view)
        for keys in ("j", "j", "k"):
            assert 0 < sent(app, keys) <= most


def test_a_move_is_one_write(reading: Terminal) -> None:
    """The cursor and the line below it, which says where it is, go together."""
    for place in ("2 of", "3 of", "4 of"):
        before = len(reading.written)
        sent(reading, "j")
        written = reading.written[before:]
        assert len(re.findall(rb"\x1b\[m\x1b\[\d+;1H", written)) == 1  # how each paint ends
        assert f" {place}" in reading.text


def test_without_colours_none_is_sent_and_no_grey(
    hub: LoopbackHub, run: Shell, terminal: Open
) -> None:
    assert run("trending", "--limit", "100").code == 0
    app = terminal(NO_COLOR="1")
    app.until(lambda text: "1 of " in text)
    sent(app, "j")
    assert b"38;" not in app.written
    assert b"48;" not in app.written
    assert "▌" in app.text.splitlines()[5]  # the cursor's row is marked by more than a colour
