"""Pictures decoded in a process of their own: honest ones drawn, hostile ones refused."""

import json
from typing import Any

import pytest

from tests import made_pictures
from tests.made_pictures import made
from tui.ask.pictures import picture
from tui.ask.pictures.drawing import BLOCKS, GREYLESS, KITTY, SIXEL, Drawn, Wanted, from_json
from tui.model import Problem

pytest.importorskip("PIL")
pytest.importorskip("textual_image")
ROOM = Wanted(BLOCKS, 4, 2, 10, 20)
RED, BLUE = "#ff0000", "#0000ff"


async def drawn(body: bytes, wanted: Wanted = ROOM) -> Drawn:
    return await picture._decoded(body, wanted)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_four_formats_are_drawn_as_half_blocks(form: str) -> None:
    lossy: dict[str, Any] = {} if form in ("PNG", "GIF") else {"quality": 100}
    one = await drawn(made(form, **lossy))
    assert (one.format, one.width, one.height) == (form, 40, 40)
    assert (one.columns, one.rows) == (4, 2)
    for line in one.lines:
        assert "".join(text for text, _, _ in line) == "▀▀▀▀"
        first, last = line[0], line[-1]
        assert int(first[1][1:3], 16) > 240 > 16 > int(first[1][5:7], 16)
        assert int(last[2][5:7], 16) > 240 > 16 > int(last[2][1:3], 16)


async def test_of_a_moving_picture_the_first_frame() -> None:
    one = await drawn(made_pictures.moving())
    assert one.animated
    assert one.lines[0][0] == ("▀▀", RED, RED)


async def test_sixteen_colours_are_those_of_every_terminal() -> None:
    one = await drawn(made(), ROOM._replace(colours=16))
    used = {colour for line in one.lines for _, *both in line for colour in both}
    assert used <= {"#aa0000", "#0000aa", "#5555ff", "#ff5555", "#000000", "#aa00aa"}


async def test_without_colours_light_and_dark_are_told_apart() -> None:
    white = made_pictures.png(20, 20, b"\0" + b"\xff" * 20 + (b"\0" + b"\xff" * 20) * 19)
    for light, sign in ((False, "█"), (True, " ")):
        one = await drawn(white, Wanted(GREYLESS, 4, 2, 10, 20, light=light))
        assert one.lines == (((sign * 2, "", ""),),)


async def test_what_is_smaller_than_the_screen_is_not_blown_up() -> None:
    one = await drawn(made(size=(100, 40)), ROOM._replace(columns=80, rows=40))
    assert (one.columns, one.rows) == (10, 2)
    one = await drawn(made(size=(4000, 20)), ROOM._replace(columns=80, rows=40))
    assert (one.columns, one.rows) == (80, 1)


async def test_the_terminals_own_forms() -> None:
    one = await drawn(made(), Wanted(KITTY, 4, 2, 10, 20, number=0x010203))
    assert one.code.startswith("\x1b_Ga=T,U=1,f=100,q=2,i=66051,c=4,r=2,m=0;")
    assert [line[0][1] for line in one.lines] == ["#010203"] * 2
    assert one.lines[0][0][0].count("\U0010eeee") == 4
    one = await drawn(made(), Wanted(SIXEL, 4, 2, 10, 20))
    assert one.code.startswith("\x1bP")
    assert one.lines == ()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no PNG, JPEG, GIF or WebP"),
        (b"<!DOCTYPE html><html></html>", "no PNG, JPEG, GIF or WebP"),
        (b'<?xml version="1.0"?><svg/>', "an SVG drawing"),
        (b"BM" + bytes(60), "no PNG, JPEG, GIF or WebP"),  # a format that is not read
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "no PNG, JPEG, GIF or WebP"),
        (made_pictures.png(100_000, 10, b""), "too many to decode"),
        (made_pictures.png(2**31 - 1, 2**31 - 1, b""), "pixels"),
    ],
)
async def test_what_is_no_picture_is_refused_in_words(body: bytes, why: str) -> None:
    with pytest.raises(Problem, match=why):
        await drawn(body)


async def test_bombs_are_refused_by_their_heads() -> None:
    body = made_pictures.bomb()
    assert len(body) < 2_000_000
    with pytest.raises(Problem, match="pixels"):
        await drawn(body)
    with pytest.raises(Problem, match="cannot be decoded"):
        await drawn(made_pictures.text_bomb())


async def test_a_picture_cut_short_is_refused() -> None:
    with pytest.raises(Problem, match="cannot be decoded"):
        await drawn(made(size=(400, 400))[:200])


async def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "_SECONDS", 0.01)
    with pytest.raises(Problem, match="to decode; it is left"):
        await drawn(made())


def test_the_process_has_no_login(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not {name for name in picture._PASSED_ON if "TOKEN" in name or name.startswith("HF")}


GOOD: dict[str, Any] = {
    "format": "PNG",
    "width": 1,
    "height": 1,
    "columns": 1,
    "rows": 1,
    "lines": [[["▀", RED, ""]]],
    "code": "",
    "animated": False,
    "bytes": 9,
}


@pytest.mark.parametrize(
    "change",
    [
        {"lines": [[["\x1b]52;c;eA==\x07", "", ""]]]},
        {"lines": [[["▀", "red\x1b[2J", ""]]]},
        {"lines": [[["a", RED, ""]]]},
        {"code": "\x1b]52;c;eA==\x07"},
        {"code": "\x1bPq~\x1b\\\x1b[2J"},
        {"code": "\x1b_Ga=T,t=f;L2V0Yw==\x1b]0;x\x07\x1b\\"},
        {"width": "1"},
        {"more": 1},
    ],
)
def test_what_the_process_writes_is_not_taken_at_its_word(change: dict[str, Any]) -> None:
    assert from_json(json.loads(json.dumps(GOOD))).lines == ((("▀", RED, ""),),)
    with pytest.raises((ValueError, TypeError)):
        from_json(json.loads(json.dumps(GOOD | change)))
    with pytest.raises(Problem, match="cannot be decoded"):
        picture._read(json.dumps(GOOD | change).encode())
