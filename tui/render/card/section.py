"""A card's source in sections, each small enough to be parsed and laid out in a few milliseconds.

Sections end at a blank line or a heading where one comes in time. What is longer than a section
may be (a code block, a table, one endless line) is cut all the same, and the next section says
what it goes on with, so that the two look like one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Measured on markdown-it: a line costs as much as 45 characters of prose; the time an open
# bracket takes grows with their number in a section.
_LINE_COST = 45
_SIGN_COST = 3
_BRACKET_COST = 9
_ENOUGH = 2200  # a section of this cost ends at the next good place
_TOO_MUCH = 4400  # a section of this cost ends at the next line
_LONG_LINE = 3000  # characters
_SHORT_CUT = 450  # characters taken of an endless line full of signs
_STEPPED_OVER = 600  # characters of a comment, style or script worth a section's end

_SIGN = re.compile(r"[*_`<&~\\!|]")
_FENCE = re.compile(
    r"(?P<lead>[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<fence>`{3,}(?=[^`]*$)|~{3,})"
)
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_SILENT = re.compile(r" {0,3}<(!--|style\b|script\b)", re.IGNORECASE)
_ENDS = {
    name: re.compile(end, re.IGNORECASE)
    for name, end in (("!--", "-->"), ("style", "</style>"), ("script", "</script>"))
}
_WHOLE = re.compile(r"<(/?)(?:table|ul|ol|dl|pre)\b", re.IGNORECASE)
_DATA = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=%]+")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]\n]{1,300}\]:[ \t]*\S[^\n]{0,2000}")
_MOST_DEFINITIONS = 1000


class Section(NamedTuple):
    """Source from offset ``start`` to ``end``.

    ``head`` is text to put before it for parsing, made of whole lines: the line that opens its
    code block or the head of its table. ``goes_on`` says what was cut before it: "code", "table",
    "text", or nothing.
    """

    start: int
    end: int
    head: str = ""
    goes_on: str = ""


def section_text(source: str, section: Section) -> str:
    """What to parse for ``section``; data within links is left out, line by line the same."""
    text = source[section.start : section.end]
    if ";base64," in text:
        text = _DATA.sub(lambda found: found[0].partition(",")[0], text)
    if section.goes_on == "text":
        text = _dedent(text)
    return section.head + text


def definitions(source: str) -> str:
    """The link references of a card, wherever they stand; at most a thousand of them."""
    found: list[str] = []
    tries = 0
    at = source.find("]:")
    while at >= 0 and tries < _MOST_DEFINITIONS:
        tries += 1
        start = source.rfind("\n", max(0, at - 310), at) + 1
        if match := _DEFINITION.match(source, start):
            found.append(match[0])
        at = source.find("]:", at + 2)
    return "\n".join(found)


def sections(source: str) -> Iterator[Section]:
    """The sections of ``source`` in their order, each found when it is asked for."""
    return _Cutter(source).cut()


def _dedent(text: str) -> str:
    """Text without the indent of its first line, so that a cut list does not turn into code."""
    indent = len(text) - len(text.lstrip(" "))
    if not indent:
        return text
    return re.sub(rf"^ {{1,{indent}}}", "", text, flags=re.MULTILINE)


def _cost(line: str) -> int:
    signs = len(_SIGN.findall(line))
    return _LINE_COST + len(line) + signs * _SIGN_COST + line.count("[") * _BRACKET_COST


class _Cutter:
    """Reads lines one by one and knows inside what it is."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._start = 0  # of the section that grows
        self._cost = 0
        self._good = 0  # the last place in it to cut at
        self._cost_at_good = 0
        self._goes_on = ""
        self._head = ""
        self._fence: tuple[str, int, bool, str] | None = None  # mark, indent, quoted, line
        self._whole = 0  # HTML elements to keep together that are open
        self._hold = 0  # no good place before this offset
        self._table = ""  # the two lines that head the pipe table one is in
        self._before = ""
        self._in_list = False
        self._endless: set[str] = set()  # what has no end from here on

    def cut(self) -> Iterator[Section]:
        at = 0
        while at < len(self._source):
            end = self._source.find("\n", at) + 1 or len(self._source)
            if end - at > _LONG_LINE:
                yield from self._cut_line(at, end)
            else:
                line = self._source[at:end]
                yield from self._before_line(line, at)
                if skipped := self._silent(line, at):
                    if at > self._start:
                        yield self._take(at)
                    self._start = self._good = at = skipped
                    continue
                self._read(line)
            at = end
        if at > self._start:
            yield self._take(at)

    def _take(self, end: int, goes_on: str = "", head: str = "") -> Section:
        """End the section at ``end``; the next one goes on with what is said."""
        section = Section(self._start, end, self._head, self._goes_on)
        self._start = self._good = end
        self._cost = self._cost_at_good = 0
        self._goes_on, self._head = goes_on, head
        return section

    def _before_line(self, line: str, at: int) -> Iterator[Section]:
        """End the section before ``line`` where that is a good place, or high time."""
        if at <= self._start:
            self._cost = _cost(line)
            return
        if self._is_good(line, at):
            self._good, self._cost_at_good = at, self._cost
            if self._cost >= _ENOUGH:
                yield self._take(at)
        cost = _cost(line) // (3 if self._fence else 2 if self._whole else 1)
        cuts_well = self._fence or self._whole or line[0] not in " \t"
        if self._cost + cost > (_TOO_MUCH if cuts_well else _TOO_MUCH * 3 // 2):
            yield self._take_by_force(at)
        self._cost += cost

    def _take_by_force(self, at: int) -> Section:
        if self._fence:
            return self._take(at, "code", self._fence[3])
        if self._table:
            return self._take(at, "table", self._table)
        if self._start < self._good < at and not self._whole:
            rest = self._cost - self._cost_at_good
            section = self._take(self._good)
            self._cost = rest
            return section
        return self._take(at, "text")

    def _is_good(self, line: str, at: int) -> bool:
        if self._fence or at < self._hold:
            return False
        if _HEADING.match(line) and not self._before.strip():
            self._whole = 0  # an element never closed ends here for our purpose
            return True
        if self._whole or self._before.strip() or line[0] in " \t\n>":
            return False
        return not (self._in_list and _MARKER.match(line))

    def _silent(self, line: str, at: int) -> int:
        """Where a long comment, style or script that begins at ``line`` ends, else 0."""
        found = None if self._fence or at < self._hold else _SILENT.match(line)
        if found is None or (name := found[1].lower()) in self._endless:
            return 0
        closed = _ENDS[name].search(self._source, at)
        if closed is None:
            self._endless.add(name)
            return 0
        if closed.end() - at > _STEPPED_OVER and not self._whole:
            return closed.end()
        self._hold = closed.end()
        return 0

    def _read(self, line: str) -> None:
        bare = line.strip()
        if self._fence:
            self._read_code(line, bare)
        elif bare:
            self._read_flow(line, bare)
        else:
            self._table = ""
        self._before = line

    def _read_code(self, line: str, bare: str) -> None:
        assert self._fence is not None
        mark, indent, quoted, _ = self._fence
        unmarked = bare.lstrip("> \t") if quoted else bare
        closes = len(unmarked) >= len(mark) and not unmarked.strip(mark[0])
        left = bool(bare) and (
            (quoted and bare[0] != ">")
            or (self._in_list and len(line) - len(line.lstrip()) < indent)
        )
        if closes or left:
            self._fence = None
        if left and not closes:
            self._read_flow(line, bare)

    def _read_flow(self, line: str, bare: str) -> None:
        indented = line[0] in " \t"
        if not indented:
            self._in_list = bool(_MARKER.match(line)) or (
                self._in_list and bool(self._before.strip())
            )
        fence = _FENCE.match(line.rstrip("\n"))
        if fence and (self._in_list or len(line) - len(line.lstrip()) < 4):
            lead = fence["lead"]
            indent = len(lead) if not lead.strip() or self._in_list else 0
            self._fence = (fence["fence"], indent, ">" in lead, _opening(line, lead))
            return
        for tag in _WHOLE.findall(line):
            self._whole = max(0, self._whole + (-1 if tag else 1))
        if "-" in bare and set(bare) <= set("|-: \t") and "|" in self._before:
            self._table = self._before + line
        elif "|" not in bare:
            self._table = ""

    def _cut_line(self, at: int, end: int) -> Iterator[Section]:
        """Cut an endless line at spaces, or before a tag, or where it must be."""
        if at > self._start:
            yield self._take(at)
        self._table = ""
        kind, head = ("code", self._fence[3]) if self._fence else ("text", "")
        if head:
            self._goes_on, self._head = kind, head
        while end - self._start > _LONG_LINE:
            yield self._take(self._place_in_line(self._start, end), kind, head)
        yield self._take(end, kind if self._fence else "", head)
        self._before = "\n" if self._fence is None else "text"

    def _place_in_line(self, at: int, end: int) -> int:
        dense = _cost(self._source[at : at + _LONG_LINE]) > _TOO_MUCH
        last = at + (_SHORT_CUT if dense else _LONG_LINE)
        data = self._source.find(";base64,", at, last)
        if data >= 0 and (found := _DATA.search(self._source, max(at, data - 80))):
            last = max(last, found.end())
        for sign, extra in ((" ", 1), ("<", 0)):
            place = self._source.rfind(sign, at + (last - at) // 2, last) + extra
            if place > at + 1:
                return place
        return min(last, end)


def _opening(line: str, lead: str) -> str:
    """The line that opens a code block, to stand at the section's left edge."""
    return line[len(lead) :] if ">" not in lead else line.lstrip()
