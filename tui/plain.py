"""Which signs a terminal can show, and what is written in place of the others, as wide as they.

A terminal says in no way what it reads; its locale does. What is not set says nothing, and counts
as UTF-8: so start containers and bare SSH sessions, whose terminals are UTF-8 all the same.
"""

import codecs
import os
import sys
from collections.abc import Mapping

UTF_8, ASCII = "utf-8", "ascii"
_HOLE = "?"

TWINS: dict[str, str] = {
    **dict.fromkeys("▏▎▍│┃╎╏┆┇┊┋║", "|"),
    **dict.fromkeys("–—−─━╌╍┄┅┈┉═‐‑⁻₋", "-"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╂╪╫╬╭╮╰╯╔╗╚╝╠╣╦╩⁺₊", "+"),
    **dict.fromkeys("█▉▊▋▓", "#"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("‘’′", "'"),
    **dict.fromkeys("≈±∼", "~"),
    **dict.fromkeys("♥●•■◼★✱", "*"),
    **dict.fromkeys("○◦□◇", "o"),
    **dict.fromkeys("→▌▸▶►≥›", ">"),
    **dict.fromkeys("←◀◂≤‹⏎", "<"),
    **dict.fromkeys("↑▴", "^"),
    **dict.fromkeys("↓▾", "v"),
    **dict.fromkeys("×✖✗☒✕", "x"),
    **{"▲": "+", "▼": "-", "◆": "@", "≠": "!", "☑": "x", "☐": "_", "✓": "v", "✔": "v", "√": "V"},
    **dict.fromkeys("\u00a0\u202f\u2009", " "),
    **{"·": ".", "…": ".", "░": ".", "▒": ":", "⌊": "[", "⌋": "]"},
    # the steps of a course, from low to high
    **dict(zip("▁▂▃▄▅▆▇", "_.:-=+*")),
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁱⁿ⁽⁾⁼", "0123456789in()=")),
    **dict(zip("₀₁₂₃₄₅₆₇₈₉ₙ₍₎₌", "0123456789n()=")),
}  # fmt: skip
"""Signs of one cell, each with one of ASCII."""

_CONSOLE = frozenset("█▌▄▀░▒▓│─┤├┼┌┐└┘┬┴═║●•○◆▲▼♥≈≥≤±·→←↑↓√²ⁿ\u00a0")
"""What the font of the Linux console has of them: code page 437."""


class Signs:
    """The signs of one terminal. ``codec`` is the encoding that it reads."""

    def __init__(self, codec: str = UTF_8, *, console: bool = False) -> None:
        self.codec = codec
        lacking = {sign: twin for sign, twin in TWINS.items() if sign not in _CONSOLE}
        self.twins = {} if codec == UTF_8 and not console else lacking if console else TWINS

    @property
    def name(self) -> str:
        """``-ascii``: what a file's name says of them; "" where everything can be written."""
        return "" if self.whole else f"-{'console' if self.codec == UTF_8 else self.codec}"

    @property
    def whole(self) -> bool:
        """Whether everything can be written as it is."""
        return not self.twins

    def stand_in(self, character: str, cells: int) -> str | None:
        """What to write for a character of so many cells; None where the terminal has it."""
        if (twin := self.twins.get(character)) is not None:
            return twin
        if self.codec == UTF_8 or character.isascii():
            return None
        try:
            carried = min(character.encode(self.codec)) >= 0xA0  # below stand controls
        except UnicodeEncodeError:
            carried = False
        return None if carried else _HOLE * cells


def signs(env: Mapping[str, str], ascii: bool | None = None) -> Signs:
    """The signs of the terminal that ``env`` tells of, unless the reader has said ``ascii``."""
    if ascii is not None:
        return Signs(ASCII if ascii else UTF_8)
    codec = _codec(env)
    return Signs(codec, console=codec == UTF_8 and env.get("TERM") == "linux")


def _codec(env: Mapping[str, str]) -> str:
    """The encoding that the locale names: UTF-8, one of ISO 8859, else no more than ASCII.

    Other encodings have bytes that some terminals take for controls.
    """
    settings = (env.get("LC_ALL"), _character_type(env), env.get("LANG"))
    locale = next((value for value in settings if value), UTF_8)
    name = locale.partition("@")[0].rpartition(".")[2]
    try:
        codec = codecs.lookup(name).name
    except LookupError:  # C, POSIX, or a language alone
        return ASCII
    return codec if codec == UTF_8 or codec.startswith("iso8859") else ASCII


def _character_type(env: Mapping[str, str]) -> str | None:
    """``LC_CTYPE`` as the reader set it: where the locale is C, Python sets it to UTF-8."""
    value = env.get("LC_CTYPE")
    if env is not os.environ or not sys.flags.utf8_mode:
        return value
    try:
        with open("/proc/self/environ", "rb") as file:
            began = dict(pair.partition(b"=")[::2] for pair in file.read().split(b"\0"))
    except OSError:
        return None
    return began.get(b"LC_CTYPE", b"").decode("ascii", "replace") or None
