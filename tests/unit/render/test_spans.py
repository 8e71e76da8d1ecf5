"""Text in cells: cut, filled, marked, whatever alphabet it is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.render import spans
from tui.render.spans import both_ends, cut, cut_id, cut_middle, fit, line_width, marked, pad, plain

# what a reader takes for one sign, made of several; some of them another one makes wide
SIGNS = ("❤\ufe0f", "1\ufe0f\u20e3", "👩\u200d👧", "🇩🇪", "👍🏽", "नि", "e\u0301", "a", "模")
TEXT = st.one_of(
    st.text(
        alphabet=st.one_of(
            st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")),
            st.sampled_from("模型한국어👩🏽e\u0301"),
        ),
        max_size=40,
    ),
    st.lists(st.sampled_from(SIGNS), max_size=20).map("".join),
)
CELLS = st.integers(0, 50)


@given(TEXT, CELLS)
def test_what_is_cut_fits(text: str, cells: int) -> None:
    for shortened in (cut(text, cells), cut_middle(text, cells)):
        assert spans.width(shortened) <= cells
        assert shortened == text or spans.width(text) > cells


@given(TEXT, CELLS)
def test_what_is_padded_fills_its_cells_exactly(text: str, cells: int) -> None:
    assert spans.width(pad(text, cells)) == cells
    assert spans.width(spans.pad_left(text, cells)) == cells


@given(st.lists(st.tuples(TEXT, st.sampled_from("ab"))), CELLS)
def test_a_fitted_line_has_its_width_and_no_word_of_its_own(
    line: list[tuple[str, str]], cells: int
) -> None:
    fitted = fit(line, cells)
    assert line_width(fitted) == cells
    assert plain(fitted).rstrip(" …") in plain(line) + " " * cells


@given(TEXT, TEXT, CELLS)
def test_the_right_end_gives_way(left: str, right: str, cells: int) -> None:
    line = both_ends([(left, "text")], [(right, "muted")], cells)
    assert line_width(line) == cells
    if spans.width(left) < cells:
        assert plain(line).startswith(left)


@given(TEXT, st.text(max_size=3))
def test_marking_changes_roles_only(text: str, needle: str) -> None:
    line = ((text[:3], "a"), (text[3:], "b"))
    found = marked(line, needle)
    assert plain(found) == text
    if needle and needle in text and len(text.lower()) == len(text):
        assert any(role == "mark" for _, role in found)


def test_a_match_over_two_spans_is_marked_in_both() -> None:
    line = (("one ne", "a"), ("edle two", "b"))
    assert marked(line, "NEEDLE") == (
        ("one ", "a"),
        ("ne", "mark"),
        ("edle", "mark"),
        (" two", "b"),
    )


def test_every_match_is_marked_and_no_more() -> None:
    assert marked((("aXaXa", "t"),), "x") == (
        ("a", "t"),
        ("X", "mark"),
        ("a", "t"),
        ("X", "mark"),
        ("a", "t"),
    )
    assert marked((("aXa", "t"),), "") == (("aXa", "t"),)


def test_wide_letters_are_never_halved() -> None:
    assert cut("模型模型", 5) == "模型…"
    assert cut("模型模型", 4) == "模…"
    assert cut_middle("模型一二三四", 7) == "模…四"


@pytest.mark.parametrize(
    ("repo_id", "cells", "shown"),
    [
        ("Qwen/Qwen3-8B", 24, "Qwen/Qwen3-8B"),
        ("mistralai/Mistral-Medium-3.5-128B", 30, "mistra…/Mistral-Med…m-3.5-128B"),
        ("gpt2", 10, "gpt2"),
        ("a-name-without-any-owner", 11, "a-nam…owner"),
    ],
)
def test_an_id_in_its_cells(repo_id: str, cells: int, shown: str) -> None:
    assert cut_id(repo_id, cells) == shown


@given(
    st.from_regex(r"[A-Za-z0-9_.-]{1,60}/[A-Za-z0-9_.-]{8,90}", fullmatch=True),
    st.integers(12, 80),
)
def test_an_id_keeps_its_names_beginning_and_end(repo_id: str, cells: int) -> None:
    made = cut_id(repo_id, cells)
    name = repo_id.rpartition("/")[2]
    assert len(made) <= cells
    assert made.rpartition("/")[2][:3] == name[:3]
    assert made.endswith(name[-3:])
    if len(repo_id) <= cells:
        assert made == repo_id


@given(st.lists(st.sampled_from([*spans.SIGNS, *SIGNS, " ", "\u0301", "\ufe0f", "\u200d"])))
def test_a_text_takes_the_cells_that_rich_gives_it(letters: list[str]) -> None:
    text = "".join(letters)
    assert spans.width(text) == cell_len(text)
    assert all(cell_len(sign) == 1 for sign in spans.SIGNS)
