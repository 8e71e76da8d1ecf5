"""Tags and a note as one line: what is written is read back, and the shell keeps to the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ask.saved.note_line import checked_tags, checked_text, read, text
from tui.model import BadInput, Note

WORDS = st.text(st.sampled_from('ab# \t\n,"é'), max_size=12)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("", Note()),
        ("try it on the 3090", Note("try it on the 3090")),
        ("#fast #small try it", Note("try it", ("fast", "small"))),
        ("#fast", Note("", ("fast",))),
        ("  #a   #a  b  ", Note("b", ("a",))),
        ("see issue #5", Note("see issue #5")),
        ("# #5 is mended", Note("#5 is mended")),
        ('#"two words" rest', Note("rest", ("two words",))),
        ("#a,b c", Note("c", ("a", "b"))),
        ("a\nb\x1b[31m", Note("a b�[31m")),
    ],
)
def test_a_line_is_tags_then_a_note(line: str, note: Note) -> None:
    assert read(line) == note


@given(WORDS, st.lists(WORDS, max_size=3))
def test_what_the_shell_kept_is_written_and_read_back(said: str, tags: list[str]) -> None:
    try:
        note = Note(checked_text(said), checked_tags(tags))
    except BadInput:
        return
    assert read(text(note)) == note


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("x" * 501, "a note has 500 characters"),
        ("#" + "x" * 61, "a tag has 60 characters"),
        ('#a"b', "no quotation mark"),
    ],
)
def test_what_cannot_be_kept_is_refused(line: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read(line)
