"""Which signs a terminal has by its locale, and what stands for the others."""

import pytest
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment

from tui.plain import ASCII, TWINS, UTF_8, Signs, signs
from tui.slow_line import Line
from tui.widgets.looks import Reader


@pytest.mark.parametrize(
    ("env", "codec"),
    [
        ({}, UTF_8),
        ({"LANG": ""}, UTF_8),
        ({"LANG": "de_DE.UTF-8"}, UTF_8),
        ({"LC_CTYPE": "UTF-8"}, UTF_8),
        ({"LANG": "en_US.utf8", "LC_ALL": "C"}, ASCII),
        ({"LANG": "en_US.utf8", "LC_CTYPE": "POSIX"}, ASCII),
        ({"LANG": "C"}, ASCII),
        ({"LANG": "en_US"}, ASCII),
        ({"LANG": "de_DE.ISO-8859-15@euro"}, "iso8859-15"),
        ({"LANG": "ja_JP.SJIS"}, ASCII),  # bytes that are controls elsewhere
        ({"LANG": "ja_JP.ISO-2022-JP"}, ASCII),  # escapes
        ({"LANG": "de_DE.no-such-code"}, ASCII),
    ],
)
def test_the_locale_names_the_encoding(env: dict[str, str], codec: str) -> None:
    assert signs(env).codec == codec
    assert signs(env).whole is (codec == UTF_8)


def test_what_the_reader_says_comes_before_the_locale() -> None:
    assert signs({"LC_ALL": "C"}, ascii=False).whole
    assert signs({}, ascii=True).codec == ASCII
    assert signs({"TERM": "linux"}, ascii=False).whole


def test_a_sign_and_its_twin_take_one_cell() -> None:
    for sign, twin in TWINS.items():
        assert cell_len(sign) == 1, sign
        assert twin.isascii()
        assert twin.isprintable()
        assert len(twin) == 1


def test_the_steps_of_a_course_are_told_apart() -> None:
    steps = [TWINS[step] for step in "▁▂▃▄▅▆▇█"]
    assert len(set(steps)) == len(steps)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("▌ a …", "> a ."),
        ("≥ 3 · ↓30d", "> 3 . v30d"),
        ("通义", "????"),
        ("naïve", "na?ve"),
        ("e\u0301x", "?x"),
        ("👨‍👩‍👧 x", "?? x"),
    ],
)
def test_text_keeps_its_width(text: str, plain: str) -> None:
    cells = Reader(ColorSystem.STANDARD, Signs(ASCII)).cells([Segment(text)])
    assert "".join(sign for sign, _ in cells) == plain
    assert len(cells) == len(Reader(ColorSystem.STANDARD).cells([Segment(text)]))


def test_eight_bits_carry_their_letters_and_no_control() -> None:
    latin = Signs("iso8859-1")
    assert latin.stand_in("é", 1) is None
    assert latin.stand_in("·", 1) == "."
    assert latin.stand_in("\x9b", 1) == "?"
    assert latin.stand_in("中", 2) == "??"


def test_the_console_lacks_what_its_font_lacks() -> None:
    console = signs({"TERM": "linux"})
    assert console.stand_in("█", 1) is None
    assert console.stand_in("⏎", 1) == "<"
    assert console.stand_in("Ж", 1) is None  # its font may be another


def test_a_line_is_measured_over_ssh_where_the_reader_has_not_said() -> None:
    ssh = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
    assert Line(None, ssh).measured
    assert not Line(None, {}).measured
    for said in (True, False):
        line = Line(said, ssh)
        assert (line.slow, line.measured) == (said, False)


def test_on_a_slow_line_a_text_goes_by_half_pages() -> None:
    slow, quick = Line(configured=True, env={}), Line(configured=False, env={})
    assert [slow.step(lines, 17) for lines in (1, -1, 8, 10**7)] == [8, -8, 8, 10**7]
    assert [quick.step(lines, 17) for lines in (1, -1)] == [1, -1]
    assert slow.step(1, 1) == 1
