"""A card of any length: its parts make the whole, and only what is looked at is laid out."""

import pytest

from tests.bench.bench_card import HOSTILE, card
from tui.render.card import CardDocument, LongCard, Place
from tui.render.card.parts import Haystack, part_starts, words_of

CELLS, BASE = 60, "https://hub.test/acme/base"
PROSE = "A line of words, and more of them. " * 6 + "\n\n"
ODD = ("headings", "items", "table", "HTML table", "open comments", "fence", "definitions")


def all_of(text: str) -> tuple[LongCard, CardDocument]:
    long, plain = LongCard(text, CELLS, BASE), CardDocument(text, CELLS, BASE)
    for document in (long, plain):
        while document.step():
            pass
    return long, plain


@pytest.mark.parametrize("name", ["an honest card", *ODD])
def test_the_parts_make_the_whole(name: str) -> None:
    if name in ODD:
        # where a table that is never closed ends depends on how far it is from the beginning
        after = "" if name == "HTML table" else f"\n\n{PROSE * 30}"
        text = f"{PROSE * 90}{HOSTILE[name](6_000)}{after}"
    else:
        text = card(26_000)
    long, plain = all_of(text)
    assert long.parts_laid_out > 1
    assert list(long.lines) == plain.lines
    assert (long.outline, long.links, long.code) == (plain.outline, plain.links, plain.code)
    assert (long.widest, long.done) == (plain.widest, True)


OPEN = (
    "```python\n{}```\n", "~~~\n{}~~~\n", "<!-- {} -->\n", "<pre>\n{}</pre>\n",
    "<style>\n{}</style>\n",
    "<ul><li>\n{}</ul>\n", "````\n```\n{}````\n",
)  # fmt: skip


@pytest.mark.parametrize("around", OPEN)
def test_nothing_that_is_open_is_cut(around: str) -> None:
    inner = "a line\n\nMore of it\n\n" * 1500
    text = around.format(inner) + "\nAfter it\n\n" + "word " * 5000
    starts = part_starts(text)
    assert starts == [0] or starts[1] >= text.index("After it")


def test_a_short_card_is_one_part() -> None:
    assert part_starts("# A\n\n" * 4000) == [0]
    assert len(part_starts("# A\n\n" * 40_000)) > 10


def test_the_end_and_another_width_lay_out_what_is_in_sight() -> None:
    document = LongCard(card(400_000), CELLS, BASE)
    document.render_until(24)
    assert document.parts_laid_out == 1
    document.end(24)
    assert document.parts_laid_out <= 3
    last = document.lines[document.count() - 1]
    assert last
    middle = document.around(document.count() // 2, 24, 48)
    shown = [document.lines[n] for n in range(middle, middle + 24)]
    assert sum(bool(line) for line in shown) > 12
    offset = document.offset_of(middle)
    document.resize(100)
    line = document.line_of(offset)
    document.around(line, 24, 48)
    assert document.parts_laid_out <= 3
    assert document.offset_of(document.line_of(offset)) == offset


def test_what_is_laid_out_above_moves_no_place() -> None:
    document = LongCard(card(60_000), CELLS, BASE)
    document.end(50)
    place = document.place(document.count() - 30)
    text = document.text_of(document.line_at(place))
    while document.step():
        pass
    assert document.text_of(document.line_at(place)) == text


def test_find_lays_out_the_parts_that_may_hold_the_words() -> None:
    text = card(400_000) + "\n## The last\n\nA **nee**dle here.\n"
    document = LongCard(text, CELLS, BASE)
    found = document.find("needle here", Place(0, 0), 1, here=True)
    assert isinstance(found, Place)
    assert "needle here" in document.text_of(document.line_at(found))
    assert document.parts_laid_out <= 2
    assert document.find("needle here", found, 1, here=False) == found  # around the end
    assert document.find("no such words", found, 1, here=False) is False
    assert document.parts_laid_out <= 2


def test_find_goes_both_ways_through_the_parts() -> None:
    text = "".join(f"## Part {n}\n\n{'word ' * 300}\n\nmark{n % 2}\n\n" for n in range(60))
    document = LongCard(text, CELLS, BASE)
    place, seen = Place(0, 0), []
    for _ in range(30):
        found = document.find("mark1", place, 1, here=False)
        assert isinstance(found, Place)
        place = found
        seen.append(place)
    assert seen == sorted(set(seen))
    for expected in seen[-2::-1]:
        found = document.find("mark1", place, -1, here=False)
        assert found == expected
        place = expected
    assert document.find("mark1", seen[-1], 1, here=False) == seen[0]


@pytest.mark.parametrize(
    ("source", "needle", "may"),
    [
        ("a **wor**ld", "world", True),
        ("a w<b>or</b>ld", "World", True),
        ("snake_case", "snake_case", True),
        ("fish &amp; chips", "& chips", True),
        ("w&#111;rld", "world", True),
        ('<img alt="figure 7">', "figure 7", True),
        ("nothing", "something", False),
    ],
)
def test_what_a_source_may_show(source: str, needle: str, may: bool) -> None:
    assert Haystack(source).may_hold(words_of(needle)) is may
