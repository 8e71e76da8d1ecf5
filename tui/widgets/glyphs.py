"""Characters whose cells terminals do not agree on.

What stands after one may stand elsewhere than we think, so the place is named again after it: a
figure at the right edge must not fall off because a title holds a heart.
"""

from collections.abc import Mapping
from unicodedata import category, east_asian_width

_MOST = 5000  # characters remembered
_EMOJI = 0x1F000
_SYMBOLS = range(0x2600, 0x27C0)  # old signs that some terminals draw as emoji
_OURS = "✓✗"  # of these, the ones no terminal draws wide
_WIDE_HERE = ("ja", "ko", "zh")


class Disputed(dict[str, bool]):
    """Whether terminals may give a character other cells than we do.

    ``ambiguous``: the terminal may draw wide what Unicode (UAX #11) leaves open, as those for
    Chinese, Japanese and Korean can be told to. The "" in the cell after a wide character counts
    as disputed, for the character is.
    """

    def __init__(self, *, ambiguous: bool) -> None:
        super().__init__()
        self._ambiguous = ambiguous

    def __missing__(self, character: str) -> bool:
        if len(self) >= _MOST:
            self.clear()
        differs = self[character] = len(character) != 1 or self._may_differ(character)
        return differs

    def _may_differ(self, character: str) -> bool:
        if character.isascii():
            return False
        code, kind = ord(character), category(character)
        if kind in ("Cn", "Co") or code >= _EMOJI:  # unknown to us, a font's own, a picture
            return True
        width = east_asian_width(character)
        if width == "A":
            return self._ambiguous
        return code in _SYMBOLS and character not in _OURS


def wide_ambiguous(env: Mapping[str, str]) -> bool:
    """Whether the reader's locale is one whose terminals may draw ambiguous characters wide."""
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    return locale.startswith(_WIDE_HERE)
