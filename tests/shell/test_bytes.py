"""What a slow line has to carry: bytes of a start, a move and a page at 80x24, counted."""

import pytest

from tests.conftest import Shell
from tests.loopback import LoopbackHub
from tests.shell.test_pty import Open, terminal

__all__ = ["terminal"]  # the fixture

START = 14 * 1024
SIXTEEN = {"TEXTUAL_COLOR_SYSTEM": "standard", "COLORTERM": ""}


@pytest.mark.parametrize(
    ("env", "move", "page"),
    [
        pytest.param({}, 700, 9000, id="truecolor"),
        pytest.param(SIXTEEN, 500, 6500, id="16 colours"),
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
