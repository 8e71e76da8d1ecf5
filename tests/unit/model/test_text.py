"""The gate for untrusted text, and what may name a repo."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model import clean, clean_line, valid_id

ANY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x07\x9b\x9d\r\n\t\u2028\u202e\u2066\u200e\ud800\U000e0041e\u0301"),
    ),
    max_size=60,
)
STEERING = [
    *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t\r"),
    *"\u2028\u2029\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *("\ud800", "\udfff", "\U000e0000", "\U000e0041", "\U000e007f"),
]


def test_each_steering_character_becomes_a_mark_and_no_neighbour_is_lost() -> None:
    for char in STEERING:
        for cleaned in (clean, clean_line):
            assert cleaned(f"before{char}after") == "before\ufffdafter", f"U+{ord(char):04X}"


def test_no_sequence_is_parsed() -> None:
    assert clean("\x1b]52;c;aGk=\x07word") == "\ufffd]52;c;aGk=\ufffdword"
    assert clean("a\x1b[31mred") == "a\ufffd[31mred"


def test_line_ends_of_other_systems_are_line_ends() -> None:
    assert clean("a\r\nb\rc\td") == "a\nb\nc\td"
    assert clean_line("a\r\nb\tc") == "a b c"


def test_what_people_write_is_kept() -> None:
    for text in ("Ünïcödé", "模型", "👩🏽‍🚀", "العربية", "e\u0301", "a\u00a0b", "zero\u200bwidth"):
        assert clean(text) == text
        assert clean_line(text) == text


def test_a_line_keeps_four_marks_in_a_row() -> None:
    assert clean_line("z" + "\u0301" * 50 + "a" + "\u0301") == "z" + "\u0301" * 4 + "a\u0301"


@given(ANY)
def test_cleaning_twice_is_cleaning_once_and_every_letter_stays(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)
    assert not set(once) & set(STEERING)
    letters = [char for char in text if unicodedata.category(char).startswith(("L", "N", "P"))]
    assert [char for char in once if unicodedata.category(char).startswith(("L", "N", "P"))] == (
        letters
    )
    once.encode()


@given(ANY)
def test_a_clean_line_is_one_line(text: str) -> None:
    assert not set(clean_line(text)) & {"\n", "\t", "\r"}


@pytest.mark.parametrize(
    "repo_id", ["gpt2", "Qwen/Qwen3-8B", "a/b.c_d-e", "x" * 99 + "/" + "y" * 100, "1/2", "a.b/c.d"]
)
def test_ids(repo_id: str) -> None:
    assert valid_id(repo_id)


NO_IDS = (
    *("", "/", "a/", "/b", "a/b/c", "a b", "a/../b", "..", ".", "a/..", "./a", "a/.", "a\n", "é/b"),
    *("a/b\x1b", "a..b/c", "x" * 201, "a/b?c", "a/b#c", "a%2fb", "-\u202e/b"),
)


@pytest.mark.parametrize("text", NO_IDS)
def test_what_is_no_id(text: str) -> None:
    assert not valid_id(text)
