"""A card's source in sections, each small enough to be parsed and laid out in a few milliseconds.

Sections end at a blank line or a heading where one comes in time. What is longer than a section
may be (a code block, a table, one endless line) is cut all the same, and the next section says
what it goes on with, so that the two look like one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# About microseconds, measured with markdown-it. A bracket that nothing closes is the dearest
# sign of all: the parser looks for its end from each place inside it.
_LINE_COST = 45
_BLANK_COST = 2
_SIGN_COST = 4
_BRACKET_COST = 30
_OPEN_COST = 90
_TAG_COST = 25
_WIDE_COST = 2  # of a character beyond ASCII, which has to be measured
_ENOUGH = 1600  # a section of this cost ends at the next good place
_TOO_MUCH = 3200  # a section of this cost ends at the next line
_LONG_LINE = 2400  # characters
_SHORT_CUT = 60  # characters, the fewest that are taken of an endless line full of signs
_AFTER_DATA = 200  # characters that may close the link whose target is data
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
_ROW = re.compile(r"\s*<(?:tr|li|dt|tbody|/table|/ul|/ol)\b", re.IGNORECASE)
_DATA = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=%]+")


class Section(NamedTuple):
    """Source from offset ``start`` to ``end``.

    ``head`` is text to put before it for parsing, made of whole lines: the line that opens its
    code block or the head of its table. ``goes_on`` says what was cut before it ("code", "table",
    "text" or nothing), and ``cut`` whether that happens again at its end. ``indent`` is how far
    its lines stand to the right of ``head``.
    """

    start: int
    end: int
    head: str = ""
    goes_on: str = ""
    cut: bool = False
    indent: int = 0


def section_text(source: str, section: Section) -> str:
    """What to parse for ``section``; data within links is left out, line by line the same."""
    text = source[section.start : section.end]
    if ";base64," in text:
        text = _DATA.sub(lambda match: match[0].partition(",")[0], text)
    indent = section.indent
    if section.goes_on == "text":  # a cut list would turn into code
        indent = len(text) - len(text.lstrip(" "))
    return section.head + _dedent(text, indent)


def sections(source: str) -> Iterator[Section]:
    """The sections of ``source`` in their order, each found when it is asked for."""
    return _Cutter(source).cut()


def _dedent(text: str, indent: int) -> str:
    """``text`` without ``indent`` spaces before its lines, up to the first that has fewer."""
    lines = text.split("\n") if indent else []
    lead = " " * indent
    for index, line in enumerate(lines):
        if line.strip() and not line.startswith(lead):
            break
        lines[index] = line.removeprefix(lead)
    return "\n".join(lines) if indent else text


def _cost(line: str, *, whole: bool = False) -> int:
    if line.isspace():
        return _BLANK_COST
    if whole:  # attributes cost nothing
        return _LINE_COST + len(line) // 4 + line.count("<") * _TAG_COST
    brackets = line.count("[")
    cost = _LINE_COST + len(line) + brackets * _BRACKET_COST
    if (unclosed := brackets - line.count("]")) > 0:
        cost += unclosed * _OPEN_COST
    if not line.isascii():
        cost += len(line.encode("utf-8", "replace")) * _WIDE_COST // 2
    return cost + len(_SIGN.findall(line)) * _SIGN_COST


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
        self._indent = 0
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
            if skipped := self._silent(at):
                if at > self._start:
                    yield self._take(at)
                self._start = self._good = at = skipped
                continue
            if self._is_endless(at, end):
                yield from self._cut_line(at, end)
            else:
                line = self._source[at:end]
                yield from self._before_line(line, at)
                self._read(line)
            at = end
        if at > self._start:
            yield self._take(at)

    def _is_endless(self, at: int, end: int) -> bool:
        if end - at > _LONG_LINE:
            return True
        if end - at < _TOO_MUCH // _OPEN_COST:
            return False
        return _cost(self._source[at:end], whole=self._whole > 0) > _TOO_MUCH

    def _take(self, end: int, goes_on: str = "", head: str = "") -> Section:
        """End the section at ``end``; the next one has ``goes_on`` and ``head``."""
        section = Section(self._start, end, self._head, self._goes_on, bool(goes_on), self._indent)
        self._start = self._good = end
        self._cost = self._cost_at_good = 0
        self._goes_on, self._head = goes_on, head
        self._indent = self._fence[1] if self._fence and goes_on else 0
        return section

    def _before_line(self, line: str, at: int) -> Iterator[Section]:
        """End the section before ``line`` where that is a good place, or high time."""
        if at <= self._start:
            self._cost = _cost(line, whole=self._whole > 0)
            return
        if self._is_good(line, at):
            self._good, self._cost_at_good = at, self._cost
            if self._cost >= _ENOUGH:
                yield self._take(at)
        cost = _cost(line, whole=self._whole > 0) // (3 if self._fence else 1)
        if self._fence and self._before.endswith(self._fence[3]):
            cost = 0  # the line that opens a code block does not end a section
        cuts_well = self._fence or (_ROW.match(line) if self._whole else line[0] not in " \t")
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

    def _silent(self, at: int) -> int:
        """Where a long comment, style or script that begins with the line at ``at`` ends, or 0."""
        match = None if self._fence or at < self._hold else _SILENT.match(self._source, at)
        if match is None or (name := match[1].lower()) in self._endless:
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
            self._indent = self._fence[1] if self._fence else 0
        while (place := self._place_in_line(end)) < end:
            yield self._take(place, kind, head)
        yield self._take(end, kind if self._fence else "", head)
        self._before = "\n" if self._fence is None else "text"

    def _place_in_line(self, end: int) -> int:
        """Where to cut an endless line next: sooner where it is costly, never within data."""
        at = self._start
        cost = _cost(self._source[at : min(end, at + _LONG_LINE)])
        last = at + min(_LONG_LINE, max(_SHORT_CUT, _LONG_LINE * _TOO_MUCH // (cost + 1) - 1))
        data = self._source.find(";base64,", at, last)
        if data >= 0 and (match := _DATA.search(self._source, max(at, data - 80))):
            last = max(last, match.end() + _AFTER_DATA)
        if last >= end:
            return end
        for sign, extra in ((" ", 1), ("<", 0), ("|", 1)):
            place = self._source.rfind(sign, at + (last - at) // 2, last) + extra
            if place > at + 1:
                return place
        return last


def _opening(line: str, lead: str) -> str:
    """The line that opens a code block, to stand at the section's left edge."""
    return line[len(lead) :] if ">" not in lead else line.lstrip()
