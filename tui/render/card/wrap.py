"""Pieces of text to lines of a width in cells."""

from collections.abc import Iterable, Iterator

from tui.render.breaks import UNIT
from tui.render.card.block import Piece
from tui.render.spans import width

Bit = tuple[str, str, int]  # text, role, number of the link
Laid = tuple[list[Bit], int]  # a line and the offset of its source


class _Word:
    """What stays together: bits, their cells, and whether a space stands before them."""

    __slots__ = ("at", "bits", "cells", "ends_line", "gap")

    def __init__(self, at: int, gap: int, *, ends_line: bool = False) -> None:
        self.at = at
        self.gap = gap
        self.bits: list[Bit] = []
        self.cells = 0
        self.ends_line = ends_line

    def add(self, text: str, role: str, link: int) -> None:
        self.bits.append((text, role, link))
        self.cells += width(text)


def wrap(pieces: Iterable[Piece], cells: int) -> list[Laid]:
    """Lines of at most ``cells`` cells, each with the offset of the source line it begins in."""
    lines: list[Laid] = []
    line: list[Bit] = []
    at: int | None = None
    used = 0
    for word in _words(pieces):
        if word.ends_line or (line and used + word.gap + word.cells > cells):
            lines.append((line, word.at if at is None else at))
            line, used, at = [], 0, None
            if word.ends_line:
                continue
        at = word.at if at is None else at
        if word.cells > cells:
            *full, line = _chop(word.bits, cells)
            lines += [(part, word.at) for part in full]
            used = sum(width(text) for text, _, _ in line)
            continue
        if used and word.gap:
            _add_gap(line, word.bits[0])
        for bit in word.bits:
            _add(line, bit)
        used += word.cells + (word.gap if used else 0)
    if line:
        lines.append((line, at or 0))
    return lines


def measure(pieces: Iterable[Piece]) -> tuple[int, int]:
    """The cells of the longest word, and of the longest line when nothing is wrapped."""
    longest = natural = line = 0
    for word in _words(pieces):
        longest = max(longest, word.cells)
        line = 0 if word.ends_line else line + word.cells + (word.gap if line else 0)
        natural = max(natural, line)
    return longest, natural


def _words(pieces: Iterable[Piece]) -> Iterator[_Word]:
    word: _Word | None = None
    gap = 0
    for text, role, link, at in pieces:
        if text == "\n":
            if word is not None:
                yield word
            yield _Word(at, 0, ends_line=True)
            word, gap = None, 0
            continue
        for unit in UNIT.finditer(text):
            if unit[1]:
                gap = 1
            elif word is None or gap or unit[2]:
                if word is not None:
                    yield word
                word = _Word(at, gap)
                gap = 0
            if not unit[1] and word is not None:
                word.add(unit[0], role, link)
    if word is not None:
        yield word


def _add(line: list[Bit], bit: Bit) -> None:
    if line and line[-1][1:] == bit[1:]:
        line[-1] = (line[-1][0] + bit[0], bit[1], bit[2])
    else:
        line.append(bit)


def _add_gap(line: list[Bit], following: Bit) -> None:
    """A space takes the role that both its neighbours have, else that of plain text."""
    last = line[-1]
    _add(line, (" ", last[1], last[2]) if last[1:] == following[1:] else (" ", "text", 0))


def _chop(bits: Iterable[Bit], cells: int) -> list[list[Bit]]:
    """A word too long for a line, in lines that end between two graphemes."""
    lines: list[list[Bit]] = [[]]
    left = cells
    for text, role, link in bits:
        for grapheme, size in _graphemes(text, cells):
            if size > left and lines[-1]:
                lines.append([])
                left = cells
            _add(lines[-1], (grapheme, role, link))
            left -= size
    return lines


def _graphemes(text: str, cells: int) -> Iterator[tuple[str, int]]:
    if text.isascii():
        yield from ((char, 1) for char in text)
        return
    from rich.cells import split_graphemes

    for start, end, size in split_graphemes(text)[0]:
        yield text[start:end], min(size, cells)
