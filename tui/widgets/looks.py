"""Cells of a terminal, each a character with its look, and the codes from one look to another."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rich.cells import get_character_cell_size, split_graphemes
from rich.color import Color, ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from rich.style import Style

from tui.plain import Signs


class Look(NamedTuple):
    """What a terminal needs to draw a character: bits in the order of _NAMES, and colour codes."""

    attributes: int
    fore: str  # codes, "" for the terminal's own colour
    back: str


Cell = tuple[str, Look]  # the character; "" in the cell after a wide one

PLAIN = Look(0, "", "")
_NAMES = (
    *("bold", "dim", "italic", "underline", "blink", "blink2", "reverse", "conceal"),
    *("strike", "underline2", "frame", "encircle", "overline"),
)
_ON = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
_OFF = ("22", "22", "23", "24", "25", "25", "27", "28", "29", "24", "54", "54", "55")
_WEIGHT = 0b11  # bold and dim end together
_SEEN_ON_BLANK = sum(1 << bit for bit in (3, 6, 8, 9, 10, 11, 12))  # lines, frames and reverse
_MOST_STYLES = 1000
_ALL_SIGNS = Signs()


def bare(look: Look) -> bool:
    """Whether a blank of this look is its background and nothing else."""
    return not look.attributes and not look.fore


@lru_cache(maxsize=4096)
def codes(before: Look, after: Look) -> tuple[str, Look]:
    """What to write to go from one look to the other, and the look that stands then.

    Towards a blank's look only the background has to come: its letters would not be seen.
    """
    if before.back == after.back and bare(after) and not before.attributes & _SEEN_ON_BLANK:
        return "", before
    if after == PLAIN:
        return "" if before == PLAIN else "\x1b[m", PLAIN
    if bare(after) and not before.attributes & _SEEN_ON_BLANK:
        after = before._replace(back=after.back)
    steps = _steps(before, after)
    anew = ["", *_steps(PLAIN, after)]
    return f"\x1b[{min(';'.join(steps), ';'.join(anew), key=len)}m" if steps else "", after


def worn(look: Look, written: str) -> Look | None:
    """The look after the codes between ``ESC [`` and ``m``; None where one is not ours."""
    left = written.split(";")
    while left:
        code = left.pop(0)
        if code in ("38", "48"):
            count = {"2": 4, "5": 2}.get(left[0] if left else "", 0)
            if not count or len(left) < count:
                return None
            colour = ";".join([code, *left[:count]])
            del left[:count]
            look = look._replace(fore=colour) if code == "38" else look._replace(back=colour)
        elif code in _ON:
            look = look._replace(attributes=look.attributes | 1 << _ON.index(code))
        elif code in _OFF:
            gone = sum(1 << bit for bit, off in enumerate(_OFF) if off == code)
            look = look._replace(attributes=look.attributes & ~gone)
        elif code in ("", "0"):
            look = PLAIN
        elif len(code) == 2 and code[0] in "39":
            look = look._replace(fore="" if code == "39" else code)
        elif code[0] in "41":
            look = look._replace(back="" if code == "49" else code)
        else:
            return None
    return look


def _steps(before: Look, after: Look) -> list[str]:
    gone = before.attributes & ~after.attributes
    come = after.attributes & ~before.attributes
    if gone & _WEIGHT:
        come |= after.attributes & _WEIGHT
    steps = list(dict.fromkeys(_OFF[bit] for bit in range(len(_OFF)) if gone >> bit & 1))
    steps += [_ON[bit] for bit in range(len(_ON)) if come >> bit & 1]
    if before.fore != after.fore:
        steps.append(after.fore or "39")
    if before.back != after.back:
        steps.append(after.back or "49")
    return steps


def colours(console: Console, *, none: bool, few: bool) -> ColorSystem | None:
    """The colours that the toolkit draws with, or few of them: 16.

    None where NO_COLOR asks for none, nor for greys.
    """
    if none:
        return None
    system = COLOR_SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)
    return ColorSystem.STANDARD if few and system != ColorSystem.WINDOWS else system


class _Cells(dict[str, Cell]):
    """The cells of one look, each made once: the same cell is the same object."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        shown = look.attributes & _SEEN_ON_BLANK
        self[" "] = (" ", Look(shown, look.fore if shown else "", look.back))

    def __missing__(self, character: str) -> Cell:
        cell = self[character] = (character, self.look)
        return cell


class Reader:
    """Turns segments into cells for a terminal of so many colours; None: without any.

    A character that is not among the terminal's ``signs`` becomes others that are as wide.
    """

    def __init__(self, colours: ColorSystem | None, signs: Signs = _ALL_SIGNS) -> None:
        self._colours = colours
        self._signs = signs
        self._known: dict[Style | None, _Cells] = {}
        self._by_look: dict[Look, _Cells] = {}

    def cells(self, segments: Iterable[Segment]) -> list[Cell]:
        """One cell for each column that the segments take. Links of styles are left out."""
        row: list[Cell] = []
        for text, style, _ in segments:
            cells = self._known.get(style)
            if cells is None:
                cells = self._learn(style)
            self._spell(row, text, cells)
        return row

    def spelled(self, text: str, look: Look) -> list[Cell]:
        """The cells of a text in one look."""
        row: list[Cell] = []
        self._spell(row, text, self._by_look.setdefault(look, _Cells(look)))
        return row

    def _learn(self, style: Style | None) -> _Cells:
        if len(self._known) >= _MOST_STYLES:
            self._known.clear()
            self._by_look.clear()
        look = PLAIN if style is None else self._look(style)
        cells = self._known[style] = self._by_look.setdefault(look, _Cells(look))
        return cells

    def _look(self, style: Style) -> Look:
        fore, back = style.color, style.bgcolor
        return Look(
            sum(1 << bit for bit, name in enumerate(_NAMES) if getattr(style, name)),
            self._code(fore, fore=True) if fore else "",
            self._code(back, fore=False) if back else "",
        )

    def _code(self, colour: Color, *, fore: bool) -> str:
        if colour.is_default or self._colours is None:
            return ""
        return ";".join(colour.downgrade(self._colours).get_ansi_codes(fore))

    def _spell(self, row: list[Cell], text: str, cells: _Cells) -> None:
        """Add the cells of a text; the second cell of a wide character is empty."""
        if text.isascii():
            row += map(cells.__getitem__, text)
        elif not self._signs.whole:
            self._stand_in(row, text, cells)
        elif all(get_character_cell_size(sign) == 1 for sign in text):
            row += map(cells.__getitem__, text)
        else:
            for start, end, size in split_graphemes(text)[0]:
                if size:
                    row.append(cells[text[start:end]])
                    row += [cells[""]] * (size - 1)
                elif row:  # a mark of its own stands on the character before it
                    row[-1] = (row[-1][0] + text[start:end], row[-1][1])

    def _stand_in(self, row: list[Cell], text: str, cells: _Cells) -> None:
        """Add the cells of a text of which the terminal may lack a part; marks are left out."""
        for start, end, size in split_graphemes(text)[0]:
            cluster = text[start:end]
            if (stand_in := self._signs.stand_in(cluster, size)) is not None:
                row += map(cells.__getitem__, stand_in)
            elif size:
                row.append(cells[cluster])
                row += [cells[""]] * (size - 1)
