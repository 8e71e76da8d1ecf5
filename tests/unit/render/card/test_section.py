"""Sections: together they are the source, none is large, and their ends are good places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.render.card.words import card_text, require_real_cards
from tui.render.card.section import section_text, sections

LARGEST = 5000  # characters, of what is no table with attributes and no data


@given(st.lists(st.sampled_from(
    ["# a\n", "text\n", "\n", "```\n", "- b\n", "  c\n", "> d\n", "|e|f|\n", "|-|-|\n", "<table>\n",
     "</table>\n", "x" * 900 + "\n", "[" * 300 + "\n", "word " * 1200 + "\n", "<ul>\n"]
)).map("".join))  # fmt: skip
def test_sections_are_the_source(source: str) -> None:
    found = list(sections(source))
    assert "".join(source[section.start : section.end] for section in found) == source
    assert all(section.start < section.end for section in found)


@pytest.mark.parametrize(
    "text",
    ["x" * 50_000, "word " * 10_000, "[" * 20_000, "a\n" * 20_000, "- a\n" * 9000, "模" * 30_000],
)
def test_no_section_is_large(text: str) -> None:
    assert max(section.end - section.start for section in sections(text)) < LARGEST


def test_real_cards_are_cut_at_good_places() -> None:
    for path in require_real_cards():
        text = card_text(path)
        found = list(sections(text))
        kept = sum(section.end - section.start for section in found)
        assert kept > 0.97 * len(text)
        good = [section for section in found if not section.cut]
        assert len(good) > len(found) // 3


def test_a_long_comment_is_stepped_over() -> None:
    text = "before\n\n<!--" + "x" * 9000 + "-->after\n"
    assert [text[s.start : s.end] for s in sections(text)] == ["before\n\n", "after\n"]


def test_code_goes_on_under_its_opening_line() -> None:
    text = "- item\n\n  ~~~bash\n" + "  echo hello world, how are you\n" * 300 + "  ~~~\n\nend\n"
    second = list(sections(text))[1]
    assert (second.goes_on, second.head) == ("code", "~~~bash\n")
    assert section_text(text, second).startswith("~~~bash\necho hello")


def test_data_is_left_out_of_what_is_parsed() -> None:
    text = "![x](data:image/png;base64," + "QUJD" * 5000 + ") end\n"
    section = next(iter(sections(text)))
    assert section_text(text, section).startswith("![x](data:image/png;base64)")
