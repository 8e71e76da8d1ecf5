"""Carets stand under the wrong word: in cells, and in the part of a long line that is shown."""

import pytest

from tui.analysis.query.query_line import parse
from tui.model import BadWord
from tui.render.caret import pointed, under
from tui.render.completion import line
from tui.render.spans import width


def wrong(text: str) -> BadWord:
    with pytest.raises(BadWord) as problem:
        parse(text)
    return problem.value


def test_the_caret_stands_under_the_wrong_word() -> None:
    assert pointed(wrong("qwen fits:much x"), 80) == ("qwen fits:much x", "     ^^^^^^^^^")
    assert under(wrong("模型 licence:mit")) == (5, 13)
    assert pointed(wrong("模型 sort:模 b"), 80) == ("模型 sort:模 b", "     ^^^^^^^")


@pytest.mark.parametrize("cells", [20, 40, 79])
def test_of_a_long_line_the_part_around_the_word_is_shown(cells: int) -> None:
    shown, carets = pointed(wrong("词 " * 40 + "licence:mit " + "y" * 90), cells)
    assert width(shown) < cells
    assert width(carets) < cells
    assert "licence:" in shown
    before = shown[: shown.index("licence:")]
    assert carets == " " * width(before) + "^" * 8


def test_choices_are_listed_by_pages() -> None:
    choices = [f"choice-{number}" for number in range(30)]
    first = line(choices, None, 40)
    assert first.startswith("30:  choice-0  choice-1")
    assert first.endswith("…")
    for at in range(30):
        said = line(choices, at, 40)
        assert f"‹choice-{at}›" in said
        assert said.startswith(f"{at + 1} of 30:")
        assert width(said) <= 42
    assert line(["one"], None, 3) == "1:  one"
