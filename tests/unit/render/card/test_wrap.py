"""Lines and columns in cells: no grapheme is cut and no line is longer than it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.render.card.words import finished, text_of
from tui.model import clean
from tui.render.card.block import Piece
from tui.render.card.code import code_lines
from tui.render.card.wrap import measure, wrap
from tui.render.spans import width

FAMILY = "👨‍👩‍👧‍👦"


def pieces(text: str) -> list[Piece]:
    return [(text, "text", 0, 0)]


def wrapped(text: str, cells: int) -> list[str]:
    return ["".join(bit[0] for bit in line) for line, _ in wrap(pieces(text), cells)]


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("  one   two ", 20, ["one two"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("a abcdefghij b", 4, ["a", "abcd", "efgh", "ij b"]),
        ("模型很大。", 4, ["模型", "很", "大。"]),
        ("ab模型cd", 4, ["ab模", "型cd"]),
        (FAMILY * 3, 4, [FAMILY * 2, FAMILY]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("한국어 모델", 6, ["한국어", "모델"]),
    ],
)
def test_wrap(text: str, cells: int, lines: list[str]) -> None:
    assert wrapped(text, cells) == lines


@given(st.text(st.sampled_from("ab  模型。éé👩‍🔬️\u0301-"), max_size=80), st.integers(2, 30))
def test_wrapped_lines_fit_and_keep_everything(text: str, cells: int) -> None:
    lines = wrapped(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_word_of_two_roles_stays_together() -> None:
    line = [("see ", "text", 0, 0), ("bold", "strong", 0, 0), (", and", "text", 0, 0)]
    assert wrap(line, 8) == [
        ([("see", "text", 0)], 0),
        ([("bold", "strong", 0), (",", "text", 0)], 0),
        ([("and", "text", 0)], 0),
    ]


def test_lines_know_their_source() -> None:
    assert wrap([("one", "text", 0, 5), (" two", "text", 0, 9)], 3) == [
        ([("one", "text", 0)], 5),
        ([("two", "text", 0)], 9),
    ]


def test_measure() -> None:
    assert measure([*pieces("one three"), ("\n", "text", 0, 0), *pieces("two")]) == (5, 9)


def test_a_table_fits_by_wrapping() -> None:
    source = f"| key | text |\n|---|---|\n| a | {'some words ' * 12} |\n"
    document = finished(source, 40)
    assert not document.wide
    assert all(width(document.text_of(line)) <= 40 for line in range(len(document.lines)))


def test_a_table_of_too_many_columns_is_wide_and_whole() -> None:
    head = "|" + "|".join(f"column{n}" for n in range(30)) + "|\n" + "|-" * 30 + "|\n"
    document = finished(head + "|" + "|".join(f"value{n}" for n in range(30)) + "|\n", 60)
    assert document.widest > 60
    assert all(f"value{n}" in text_of(document) for n in range(30))


def test_a_deep_list_stays_readable() -> None:
    source = "".join(f"{'  ' * depth}- level {depth} of it\n" for depth in range(9))
    document = finished(source, 24)
    assert all(width(document.text_of(line)) <= 24 for line in range(len(document.lines)))


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("py", "x = 'a' # b", [("'a'", "code.string"), ("# b", "code.comment")]),
        ("bash", "cd 5 #", [("cd", "code.keyword"), ("5", "code.number"), ("#", "code.comment")]),
        ("json", '{"a": true}', [('"a"', "code.string"), ("true", "code.keyword")]),
        ("c", "/* a */ int", [("/* a */", "code.comment"), ("int", "code.keyword")]),
        ("nothing known", "if x", []),
    ],
)  # fmt: skip
def test_code_in_colours(language: str, source: str, expected: list[tuple[str, str]]) -> None:
    (line,) = code_lines(source, language)
    assert [bit[:2] for bit in line if bit[1] != "code"] == expected
    assert "".join(bit[0] for bit in line) == source


@given(
    st.text(st.sampled_from("ab1 \"'#/*\n\\`=\t"), max_size=120), st.sampled_from(["py", "c", ""])
)
def test_code_keeps_every_character(source: str, language: str) -> None:
    shown = "\n".join("".join(bit[0] for bit in line) for line in code_lines(source, language))
    assert shown == clean(source).expandtabs(4).removesuffix("\n")
