"""Single figures in few cells."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model import clean
from tui.render import cells
from tui.render.spans import width


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "·"),
        (0, "0"),
        (97, "97"),
        (999, "999"),
        (1000, "1.0k"),
        (9_949, "9.9k"),
        (9_950, "10k"),
        (999_499, "999k"),
        (999_949, "1.0M"),
        (303_000_000, "303M"),
        (1_598_839_674_782, "1.6T"),
        (-6_100, "-6.1k"),
        (2.5, "2.5"),
    ],
)
def test_counts(value: float | None, shown: str) -> None:
    assert cells.count(value) == shown


@given(st.integers(0, 10**14))
def test_a_count_takes_five_cells_at_most(value: int) -> None:
    assert len(cells.count(value)) <= 5


@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_a_larger_count_never_looks_smaller(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert number(cells.count(low)) <= number(cells.count(high)) * 1.0000001


def number(text: str) -> float:
    steps = {"k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
    return float(text.rstrip("kMBT")) * steps.get(text[-1], 1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "·"),
        (34, "34 B"),
        (638_000, "638.0 kB"),
        (16_100_000_000, "16.1 GB"),
        (1_210_000_000_000, "1.21 TB"),
    ],
)
def test_sizes_are_decimal(value: float | None, shown: str) -> None:
    assert cells.size(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5, "0s"),
        (0, "0s"),
        (59, "59s"),
        (60, "1m"),
        (3 * 3600 + 5, "3h"),
        (86_400 * 17, "17d"),
        (86_400 * 31, "1mo"),
        (86_400 * 800, "2y"),
    ],
)
def test_spans_of_time(seconds: float, shown: str) -> None:
    assert cells.span(seconds) == shown


def test_an_age_not_known_is_a_dot() -> None:
    assert cells.age(None, 100.0) == "·"
    assert cells.age(40.0, 100.0) == "1m"


@pytest.mark.parametrize(
    ("move", "shown"), [(3, "▲3"), (-1, "▼1"), (0, "="), ("new", "NEW"), (None, "·")]
)
def test_moves(move: int | str | None, shown: str) -> None:
    assert cells.move(move) == shown


def test_every_task_word_is_shorter_than_its_tag_and_fits_its_column() -> None:
    assert [tag for tag in cells.TASKS if width(cells.task(tag, 9)) > 9] == []
    assert [tag for tag, word in cells.TASKS.items() if width(word) >= width(tag)] == []


def test_task_words_are_told_apart() -> None:
    assert len(set(cells.TASKS.values())) == len(cells.TASKS)


@given(st.floats(0, 1), st.integers(1, 40))
def test_a_bar_grows_with_its_share_and_fits(share: float, room: int) -> None:
    bar = cells.bar(share, room)
    assert width(bar) <= room
    assert bool(bar) == (share > 0)
    assert width(cells.bar(1.0, room)) == room


def test_a_sparkline_keeps_its_gaps() -> None:
    assert cells.sparkline([1, None, 2, 8]) == "▁ ▂█"
    assert cells.sparkline([None, None]) == ""
    assert cells.sparkline([5, 5]) == "▁▁"


CHINESE = (
    "通义千问是阿里云研发的大语言模型，支持多种语言。Qwen3-8B 在数学、代码与推理上表现出色"
    "（见技术报告）。"
)


@pytest.mark.parametrize("room", [10, 24, 60])
def test_a_line_of_wide_characters_is_counted_in_cells(room: int) -> None:
    lines = cells.wrap(CHINESE * 3, room)
    assert all(width(line) <= room for line in lines)
    assert all(width(line) >= room - 12 for line in lines[:-1])  # and is filled
    assert "".join(lines).replace(" ", "") == (CHINESE * 3).replace(" ", "")
    assert not any(line.startswith(("，", "。", "）")) for line in lines)


def test_lines_hang_and_end_where_more_is_left_out() -> None:
    for text in ("one two three four five six seven", "一二三四五六七八九十一二三四五六"):
        lines = cells.wrap(text, 12, hang="  ", most=2)
        assert len(lines) == 2
        assert lines[1].startswith("  ")
        assert lines[1].endswith(" …")
        assert all(width(line) <= 12 for line in lines)
    assert cells.wrap("  ", 20) == []


@given(st.text(max_size=200), st.integers(-3, 80))
def test_no_text_is_wrapped_beyond_its_room(text: str, room: int) -> None:
    lines = cells.wrap(clean(text), room)
    assert all(width(line) <= max(room, 4) for line in lines)
    kept = "".join("".join(lines).split())
    assert kept == "".join(clean(text).split())


@given(st.text(alphabet=st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=200))
def test_plain_text_is_wrapped_as_ever(text: str) -> None:
    assert cells.wrap(text, 30) == textwrap.wrap(text, 30)
