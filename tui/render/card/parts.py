"""A long card's source in parts of some kilobytes, each of which can be laid out without the rest.

A part begins with a heading or a paragraph after a blank line, where nothing is open: no code
block, comment, style or script, and no HTML list or table. Where no such place comes a part is as
long as it has to be.
"""

import html
import re

_SHORT = 24_000  # characters of a card that is one part
_PART = 8_000  # characters, the fewest of a part
_MARK = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)"
    r"|(?P<comment><!--|-->)"
    r"|<(?P<close>/?)(?P<tag>table|ul|ol|dl|pre|style|script)\b"
    r"|(?P<good>\n[ \t]*\n)(?=[^\W\d_]|\#)",
    re.MULTILINE | re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+")
_SIGNS = str.maketrans("", "", "*_~`\\[]")


def part_starts(source: str) -> list[int]:
    """The offsets at which the parts of ``source`` begin; the first is 0."""
    starts = [0]
    if len(source) <= _SHORT:
        return starts
    inside = _Inside()
    for match in _MARK.finditer(source):
        if not match["good"]:
            inside.read(match)
            continue
        at = match.end()
        free = inside.ends_before(source[at])
        if free and at - starts[-1] >= _PART and len(source) - at >= _PART // 4:
            starts.append(at)
    return starts


class _Inside:
    """What is open at a place of the source."""

    def __init__(self) -> None:
        self._fence = ""
        self._comment = False
        self._elements = 0

    def read(self, match: re.Match[str]) -> None:
        """Go past a mark."""
        mark = match["fence"]
        if self._fence:
            if mark and mark.startswith(self._fence) and not match["info"].strip():
                self._fence = ""
        elif match["comment"]:
            self._comment = match["comment"] == "<!--"
        elif self._comment:
            return
        elif mark:
            self._fence = mark
        else:
            self._elements = max(0, self._elements + (-1 if match["close"] else 1))

    def ends_before(self, sign: str) -> bool:
        """Whether nothing is open before a line that begins with ``sign``."""
        if self._fence or self._comment:
            return False
        if sign == "#":
            self._elements = 0  # an element never closed ends here for our purpose
        return not self._elements


def words_of(needle: str) -> tuple[str, ...]:
    """The runs of letters and digits in what is searched for."""
    return tuple(_WORD.findall(needle.lower()))


class Haystack:
    """What a part's source says, for telling whether its lines may hold some words."""

    __slots__ = ("_bare", "_lowered", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._lowered = source.lower().translate(_SIGNS)  # **wor**ld shows as world
        self._bare: str | None = None

    def may_hold(self, words: tuple[str, ...]) -> bool:
        """False where no line made of this source can hold all the words."""
        if all(word in self._lowered for word in words):
            return True
        if self._bare is None:  # w<b>or</b>ld and w&#111;rld show as world too
            changed = "<" in self._source or "&" in self._source
            bare = html.unescape(_TAG.sub("", self._source)) if changed else ""
            self._bare = bare.lower().translate(_SIGNS)
        return all(word in self._lowered or word in self._bare for word in words)
