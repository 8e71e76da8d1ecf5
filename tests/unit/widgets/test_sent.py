"""Only what changed is written, and the terminal still shows all of it."""

import re
from unicodedata import east_asian_width

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.widgets.glyphs import wide_ambiguous
from tui.widgets.looks import Reader
from tui.widgets.sent import Sent, erases_in_colour

COLUMNS, LINES = 24, 8
GROUND = Style.parse("#eeeeee on #101010")
STYLES = (
    GROUND,
    Style.parse("bold #88aaff on #101010"),
    Style.parse("dim italic #88aaff on #203040"),
    Style.parse("underline reverse on #101010"),
    Style.parse("strike red on default"),
    Style(),
)
WORDS = ("a", "Qwen", "      ", "─────", "模型", "e\u0301", "0.5 B", " " * 15)

Text = list[tuple[str, int]]


class Paper:
    """A terminal to look at."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.Stream(self.screen)
        self._stream.feed("\x1b[?7l")  # as the toolkit has it

    def write(self, text: str) -> None:
        self._stream.feed(text)

    def seen(self) -> list[list[tuple[object, ...]]]:
        """What a person sees; of a blank, its ground."""
        return [[_seen(self.screen.buffer[y][x]) for x in range(COLUMNS)] for y in range(LINES)]


def _seen(char: pyte.screens.Char) -> tuple[object, ...]:
    shown = (char.underscore, char.reverse, char.strikethrough)
    if char.data == " ":
        return (" ", char.bg, *shown, char.fg if any(shown) else "")
    return (char.data, char.bg, *shown, char.fg, char.bold, char.italics)


def sent(*, bce: bool = True) -> Sent:
    return Sent(Reader(ColorSystem.TRUECOLOR), erases_in_colour=bce)


def strip(text: Text, width: int = COLUMNS) -> Strip:
    made = Strip([Segment(word, STYLES[style]) for word, style in text])
    return made.adjust_cell_length(width, GROUND)


def whole(lines: list[Strip]) -> LayoutUpdate:
    return LayoutUpdate([[line] for line in lines], Region(0, 0, COLUMNS, len(lines)))


def shown_whole(lines: list[Strip]) -> list[list[tuple[object, ...]]]:
    paper = Paper()
    paper.write(sent().changes(whole(lines), COLUMNS, LINES))
    return paper.seen()


texts = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, len(STYLES) - 1)), max_size=8)
screens = st.lists(texts, min_size=LINES, max_size=LINES)


@st.composite
def runs(draw: st.DrawFn) -> list[list[Text]]:
    """Screens one after the other: other lines, or the same ones some lines away."""
    made = [draw(screens)]
    for _ in range(draw(st.integers(1, 4))):
        last = made[-1]
        by = draw(st.integers(-LINES + 1, LINES - 1))
        fresh = draw(screens)
        if draw(st.booleans()):
            made.append([last[y + by] if 0 <= y + by < LINES else fresh[y] for y in range(LINES)])
        else:
            made.append([draw(st.sampled_from([last[y], fresh[y]])) for y in range(LINES)])
    return made


@settings(max_examples=60, deadline=None)
@given(runs(), st.booleans())
def test_what_is_sent_makes_every_screen(run: list[list[Text]], bce: bool) -> None:
    paper, memory = Paper(), sent(bce=bce)
    for texts in run:
        lines = [strip(text) for text in texts]
        paper.write(memory.changes(whole(lines), COLUMNS, LINES))
        assert paper.seen() == shown_whole(lines)


@settings(max_examples=40, deadline=None)
@given(screens, screens)
def test_a_part_of_a_line_is_taken_alone(first: list[Text], second: list[Text]) -> None:
    paper, memory = Paper(), sent()
    lines, others = [strip(text) for text in first], [strip(text, 10) for text in second]
    paper.write(memory.changes(whole(lines), COLUMNS, LINES))
    chops = [{0: None, 6: other, 16: None} for other in others]
    spans = [(y, 6, 16) for y in range(2, 5)]
    update = ChopsUpdate(chops, spans, [[6, 16, COLUMNS]] * LINES)
    paper.write(memory.changes(update, COLUMNS, LINES))
    for y in range(2, 5):
        lines[y] = Strip.join([lines[y].crop(0, 6), others[y], lines[y].crop(16, COLUMNS)])
    assert paper.seen() == shown_whole(lines)


@settings(max_examples=60, deadline=None)
@given(screens, st.booleans())
def test_a_frame_that_stands_is_known(texts: list[Text], bce: bool) -> None:
    update = whole([strip(text) for text in texts])
    frame = sent(bce=bce).changes(update, COLUMNS, LINES)
    memory = sent(bce=bce)
    memory.stands(frame, COLUMNS, LINES)
    assert memory.changes(update, COLUMNS, LINES) == ""


def test_a_frame_of_another_make_is_written_anew() -> None:
    update = whole([strip([("Qwen", 1)])] * LINES)
    first = sent().changes(update, COLUMNS, LINES)
    for frame in ("\x1b[2J", "\x1b[38;9mx", "x\r\n" * (LINES + 1), "\x1b]52;c;eA==\x07", "x" * 99):
        memory = sent()
        memory.stands(frame, COLUMNS, LINES)
        assert memory.changes(update, COLUMNS, LINES) == first


def test_nothing_is_sent_while_nothing_changes() -> None:
    memory = sent()
    lines = [strip([("Qwen", 1), ("0.5 B", 0)])] * LINES
    assert memory.changes(whole(lines), COLUMNS, LINES)
    assert memory.changes(whole(lines), COLUMNS, LINES) == ""
    lines = [strip([("Qwen", 1), ("0.", 0), ("5 B", 0)])] * LINES  # the same in other pieces
    assert memory.changes(whole(lines), COLUMNS, LINES) == ""


def test_one_figure_costs_its_cells() -> None:
    memory = sent()
    lines = [strip([("Qwen", 1), (f"{n:>8}", 0)]) for n in range(LINES)]
    memory.changes(whole(lines), COLUMNS, LINES)
    lines[3] = strip([("Qwen", 1), (f"{9:>8}", 0)])
    assert len(memory.changes(whole(lines), COLUMNS, LINES)) < 50


def test_lines_that_moved_are_moved_by_the_terminal() -> None:
    memory = sent()
    lines = [strip([(f"line {n} of the card", n % 3)]) for n in range(30)]
    first = memory.changes(whole(lines[:LINES]), COLUMNS, LINES)
    scrolled = memory.changes(whole(lines[1 : LINES + 1]), COLUMNS, LINES)
    assert "\x1b[1;8r" in scrolled
    assert len(scrolled) < len(first) / 2


def test_after_forgetting_all_is_sent_again() -> None:
    memory = sent()
    lines = [strip([("Qwen", 1)])] * LINES
    first = memory.changes(whole(lines), COLUMNS, LINES)
    memory.forget()
    assert memory.changes(whole(lines), COLUMNS, LINES) == first
    assert len(memory.changes(whole([line.adjust_cell_length(30) for line in lines]), 30, LINES))


def test_a_terminal_that_erases_without_colour_is_not_asked_to() -> None:
    for env, erases in (
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen.xterm"}, False),
        ({"TERM": "xterm", "STY": "1.pts"}, False),
    ):
        assert erases_in_colour(env) is erases
    lines = [strip([("a", 1)])] * LINES
    assert "\x1b[K" in sent().changes(whole(lines), COLUMNS, LINES)
    assert "\x1b[K" not in sent(bce=False).changes(whole(lines), COLUMNS, LINES)


# As xterm -cjk_width draws it: what Unicode leaves open, and a heart, take two cells.
def _wide(character: str) -> int:
    return 2 if east_asian_width(character) in "AWF" or character in "❤☀" else 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("▲▼▌·…─█❤☀模a 5", max_size=COLUMNS // 2), min_size=LINES, max_size=LINES),
    st.lists(st.integers(0, LINES - 1), max_size=4),
)
def test_figures_keep_their_place_where_the_terminal_draws_glyphs_wide(
    titles: list[str], again: list[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pyte.screens.wcwidth", _wide)
        paper, memory = Paper(), Sent(Reader(ColorSystem.TRUECOLOR), **WIDE)
        for places in ([], again):
            figures = [f"{99 if y in places else y:>5}" for y in range(LINES)]
            lines = [
                Strip([Segment(title, GROUND)]).adjust_cell_length(COLUMNS - 5, GROUND)
                for title in titles
            ]
            lines = [
                Strip.join([line, Strip([Segment(figure, STYLES[1])])])
                for line, figure in zip(lines, figures)
            ]
            paper.write(memory.changes(whole(lines), COLUMNS, LINES))
            for y, figure in enumerate(figures):
                row = paper.screen.buffer[y]
                seen = "".join(row[x].data for x in range(COLUMNS - 4, COLUMNS))
                assert seen == figure[-4:]


WIDE = {"erases_in_colour": True, "ambiguous": True}


def test_after_signs_that_may_be_wide_the_place_is_named() -> None:
    for text, here, there in (("▌▲2 ✓", 0, 2), ("a❤b", 1, 1), ("\ue0b0x", 1, 1), ("Qwen", 0, 0)):
        for ambiguous, jumps in ((False, here), (True, there)):
            memory = Sent(Reader(ColorSystem.TRUECOLOR), erases_in_colour=True, ambiguous=ambiguous)
            memory.changes(whole([strip([])] * LINES), COLUMNS, LINES)
            lines = [strip([(text, 0), ("end", 1)]), *[strip([])] * (LINES - 1)]
            written = memory.changes(whole(lines), COLUMNS, LINES)
            assert len(re.findall(r"\x1b\[1;\d+H", written)) == jumps, (text, ambiguous)


def test_the_locales_whose_terminals_may_draw_wide() -> None:
    for env, wide in (
        ({"LANG": "ja_JP.UTF-8"}, True),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_CTYPE": "zh_CN.UTF-8"}, True),
        ({}, False),
    ):
        assert wide_ambiguous(env) is wide
