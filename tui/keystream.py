"""What a terminal sends, cut into keys, sequences and pastes; what is none of these is swallowed.

A terminal answers questions on the same line that the keys come on, sometimes late and in pieces.
An answer taken for keys would open menus and set bookmarks, so only whole sequences leave here,
strings (OSC, DCS, APC) never do, and a piece that stays without its end is forgotten.
Forms: ECMA-48 section 5.4 (CSI), 8.3.89 (OSC), xterm "Control Sequences".
"""

import re
import sys
from collections.abc import Container, Generator, Iterator
from enum import Enum
from typing import NamedTuple

ESC = "\x1b"
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
ALONE = 0.1  # seconds after which Esc was the key of that name
PAIR = 0.3  # seconds after which Esc and one of [ ] O P _ were two keys
PIECE = 3.0  # seconds that a sequence, an answer or a paste may take to come whole

_SEQUENCE = re.compile(
    r"\x1b(?:\[M...|\[\[[A-E]|\[(?!\[)[0-?]*[ -/]*[@-~]|O[0-9]?[ -~])", re.DOTALL
)  # a click as X10 has it, a key of the Linux console, CSI, SS3
_UNFINISHED = re.compile(r"\x1b(?:\[(?:M.{0,2}|\[|[0-?]*[ -/]*)|O[0-9]?|[]P_]?)\Z", re.DOTALL)
_STRING = re.compile(r"\x1b(?:\][0-9lLI]|P[0-9>!$+=|{]|_G)")  # how the answers begin
_STRING_ENDS = re.compile(r"\x07|\x9c|\x1b\\")
_BROKEN = re.compile(r"\x1b\[[0-?]*[ -/]*")
# The rest of an answer whose Esc came so early that it was taken for the key.
_REST = re.compile(r"\[(?:[?>=][\d;]*|[\d;]+)(?:\$y|[cnRtuy])|\]\d+;[^\x07\x1b]*(?:\x07|\x1b\\)")

_KITTY = re.compile(r"\x1b\[(\d*)(?::\d*)*(?:;[\d:]*){0,2}([u~ABCDEFHPQS])")
_ATTRIBUTES = re.compile(r"\x1b\[\?[\d;]*c")
_CURSOR = re.compile(r"\x1b\[\d+;\d+R")
_NO_KEYS = re.compile(
    r"\x1b\[(?:[IO]|<[-\d;]+[mM]|[\d;]+M|M...|\?20(?:26|48);\d\$y|48(?:;[\d:]+){4}t)", re.DOTALL
)  # focus, mouse, the two modes that are asked for, a new size


class Kind(Enum):
    """What a piece of input is."""

    TEXT = "text"  # characters as typed
    ESCAPE = "escape"  # the key of that name
    SEQUENCE = "sequence"  # one whole sequence, which may be a key
    PASTE = "paste"  # what stood between the marks of a paste


class Piece(NamedTuple):
    """One piece of input."""

    kind: Kind
    text: str


class KeyStream:
    """Cuts what arrives. ``feed`` takes it, ``tick`` looks whether a piece has waited too long."""

    def __init__(self) -> None:
        self.attributes = ""  # the terminal's last answer to what it can do
        self._pending = ""  # what has no end so far
        self._since = 0.0  # when the last of it came
        self._pasting = False
        self._escaped = float("-inf")  # when an Esc was taken for the key because nothing followed

    def feed(self, text: str, now: float) -> list[Piece]:
        """The input that is whole with ``text``, which came at ``now`` (seconds, any origin)."""
        if not self._pending and now - self._escaped < PIECE and (rest := _REST.match(text)):
            text = text[rest.end() :]
        self._pending += text
        self._since = now
        return list(self._cut())

    def tick(self, now: float) -> list[Piece]:
        """The input that counts as whole because nothing has followed for a while."""
        waited, pending = now - self._since, self._pending
        if self._pasting and waited >= PIECE:  # the line was cut while pasting
            self._pasting, self._pending = False, ""
            return [Piece(Kind.PASTE, pending)]
        if pending == ESC and waited >= ALONE:
            self._pending, self._escaped = "", now
            return [Piece(Kind.ESCAPE, ESC)]
        if len(pending) == 2 and waited >= PAIR and not self._pasting:
            self._pending = ""
            return [Piece(Kind.ESCAPE, ESC), Piece(Kind.TEXT, pending[1])]
        if pending and waited >= PIECE:
            self._pending = ""
        return []

    def _cut(self) -> Iterator[Piece]:
        while self._pending:
            if self._pasting:
                pasted, end, after = self._pending.partition(PASTE_ENDS)
                if not end:
                    return
                self._pasting, self._pending = False, after
                yield Piece(Kind.PASTE, pasted)
                continue
            typed, esc, after = self._pending.partition(ESC)
            self._pending = esc + after
            if typed:
                yield Piece(Kind.TEXT, typed)
            elif not (yield from self._cut_sequence()):
                return

    def _cut_sequence(self) -> Generator[Piece, None, bool]:
        """Cut what begins with Esc. Returns False where its end has not come."""
        text = self._pending
        if _STRING.match(text):
            end = _STRING_ENDS.search(text, 2)
            self._pending = text[end.end() :] if end else text
            return end is not None
        if sequence := _SEQUENCE.match(text):
            self._pending = text[sequence.end() :]
            if sequence.group() == PASTE_BEGINS:
                self._pasting = True
            else:
                if _ATTRIBUTES.fullmatch(sequence.group()):
                    self.attributes = sequence.group()
                yield Piece(Kind.SEQUENCE, sequence.group())
            return True
        if _UNFINISHED.match(text):
            return False
        broken = _BROKEN.match(text)
        if broken and broken.end() > 2:  # a sequence that another one has cut off
            self._pending = text[broken.end() :]
        else:
            self._pending = text[1:]
            yield Piece(Kind.ESCAPE, ESC)
        return True


def wanted(sequence: str, keys: Container[str], numbered: Container[str]) -> bool:
    """Whether a sequence is a key, the mouse, or an answer that the toolkit waits for.

    ``keys``: whole sequences that are keys. ``numbered``: numbers with their final character
    (``3~``, ``27u``) that are keys, as xterm and the kitty protocol send them with modifiers.
    """
    if _CURSOR.fullmatch(sequence):
        return False
    if sequence in keys or _NO_KEYS.fullmatch(sequence):
        return True
    matched = _KITTY.fullmatch(sequence)
    if matched is None:
        return False
    number, end = matched.groups()
    typed = end == "u" and bool(number) and int(number) <= sys.maxunicode
    return typed or f"{number or 1}{end}" in numbered
