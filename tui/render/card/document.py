"""A model card as lines, rendered from its beginning on and no further than is asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from tui.render.card.block import Block, Listing, Row, Table, Title
from tui.render.card.layout import lay, lay_block
from tui.render.card.link import Target
from tui.render.card.parse import parse
from tui.render.card.reference import References
from tui.render.card.section import Section, section_text, sections
from tui.render.card.table import lay_table
from tui.render.spans import Line, width
from tui.render.spans import plain as line_text

_STEPS_AT_ONCE = 60
_MANY_CELLS = 400  # of a table that is laid out at once


class Heading(NamedTuple):
    """An entry of the outline."""

    level: int  # 1 to 6
    text: str
    line: int


class Link(NamedTuple):
    """A link that may be opened; ``url`` is https."""

    number: int  # from 1, in the order of reading
    text: str
    url: str
    line: int  # where it begins


class Code(NamedTuple):
    """A code block: the lines that show it, both included, and its source for copying."""

    first: int
    last: int
    source: str


class Wide(NamedTuple):
    """Lines longer than the document's width, to be scrolled sideways together."""

    first: int
    last: int
    cells: int  # of the longest


class CardDocument:
    """The lines of a card in ``cells`` cells, with what they hold.

    ``text`` is clean Markdown without front matter; ``base`` is the repo's page on the Hub without
    a slash at its end (``https://huggingface.co/org/name``), for relative links. Nothing is
    rendered until ``render_until`` or ``step`` is called; lines only ever come to the end, so
    that a line's number stays. ``references`` are the whole card's where ``text`` is a part.
    """

    def __init__(
        self, text: str, cells: int, base: str = "", references: References | None = None
    ) -> None:
        self._source = text
        self._base = base
        self._references = references or References(text)
        self.resize(cells)

    def resize(self, cells: int) -> None:
        """Begin anew at another width. ``offset_of`` before and ``line_of`` after keep a place."""
        self.width = max(cells, 1)
        self.lines: list[Line] = []
        self.outline: list[Heading] = []
        self.links: list[Link] = []
        self.code: list[Code] = []
        self.wide: list[Wide] = []
        self.done = False
        self._offsets: list[int] = []
        self._reached = 0
        self._targets: list[Target] = []
        self._met: set[int] = set()  # targets in the list of links
        self._columns: list[int] | None = None
        self._noted: Block | None = None
        self._widest = self.width
        self._work = self._render()

    @property
    def widest(self) -> int:
        """The cells of the longest line so far, and at least the width."""
        return self._widest

    @property
    def rendered(self) -> float:
        """The share of the source that has lines, from 0 to 1."""
        return 1.0 if self.done else self._reached / max(1, len(self._source))

    def step(self) -> bool:
        """Render the next section, a few milliseconds of work. False: all had been rendered."""
        if next(self._work, None) is None:
            self.done = True
        return not self.done

    def render_until(self, count: int) -> None:
        """Render until there are ``count`` lines, or no more to come, or the time is better shared.

        A source can go on for long without showing anything; after 60 steps the caller goes on.
        """
        for _ in range(_STEPS_AT_ONCE):
            if len(self.lines) >= count or not self.step():
                break

    def render_past(self, offset: int) -> None:
        """Render until the source at ``offset`` has its lines, however much is before it."""
        while self._reached <= offset and self.step():
            pass

    def offset_of(self, line: int) -> int:
        """The offset in the source of what ``line`` shows; 0 where there is no line."""
        if not self._offsets:
            return 0
        return self._offsets[max(0, min(line, len(self._offsets) - 1))]

    def line_of(self, offset: int) -> int:
        """The first line that shows the source at ``offset``, or the last before it."""
        following = bisect_right(self._offsets, offset)
        if not following:
            return 0
        return bisect_left(self._offsets, self._offsets[following - 1])

    def text_of(self, line: int) -> str:
        """The text of a line without its roles."""
        return line_text(self.lines[line])

    def _render(self) -> Iterator[bool]:
        """Do all the work, with a pause after each few milliseconds of it.

        A table cut into sections is held back until it is whole, or has enough cells to tell the
        widths of its columns.
        """
        pending: Table | None = None
        pending_goes_on = ""
        for section in sections(self._source):
            blocks = self._parse(section)
            goes_on = section.goes_on
            if pending is not None:
                pending, blocks = _joined(pending, blocks, repeats_head=goes_on == "table")
                yield True
                if blocks or not section.cut or _is_enough(pending):
                    self._show(pending, pending_goes_on)
                    pending, goes_on = None, ""
            if section.cut and blocks and isinstance(last := blocks[-1], Table):
                pending, pending_goes_on = last, goes_on if len(blocks) == 1 else ""
                del blocks[-1]
            for index, block in enumerate(blocks):
                self._show(block, goes_on if index == 0 else "")
            self._reached = section.end
            yield True
        if pending is not None:
            self._show(pending, pending_goes_on)

    def _parse(self, section: Section) -> list[Block]:
        text = section_text(self._source, section)
        offsets = self._line_offsets(section)
        try:
            return parse(text, offsets, self._targets, self._base, self._references)
        except RecursionError:
            return [Listing(text, "", offsets)]

    def _line_offsets(self, section: Section) -> list[int]:
        """The offset of each line of the section's text; its head is where it begins."""
        lines = self._source[section.start : section.end].split("\n")
        offsets = accumulate((len(line) + 1 for line in lines[:-1]), initial=section.start)
        return [section.start] * section.head.count("\n") + list(offsets)

    def _show(self, block: Block, goes_on: str) -> None:
        """Add the rows of one block, with a blank line before it unless it goes on."""
        if isinstance(block, Table):
            before = self._columns if goes_on else None
            repeats = goes_on == "table"
            rows, self._columns = lay_table(block, self.width, lay, before, repeats_head=repeats)
        else:
            rows = lay_block(block, self.width)
            self._columns = None
        if isinstance(block, Listing) and goes_on == "code":
            rows = [row for row in rows if row.block is block]
            self._extend_code(block)
        if rows and self.lines and not goes_on:
            self._add(Row((), 0))
        for row in rows:
            self._add(row)

    def _extend_code(self, block: Listing) -> None:
        """Let ``block`` count as more of the code block that ends the lines so far, if any does."""
        if self.code and self.code[-1].last == len(self.lines) - 1:
            self.code[-1] = self.code[-1]._replace(source=self.code[-1].source + block.source)
            self._noted = block

    def _add(self, row: Row) -> None:
        number = len(self.lines)
        spans: list[tuple[str, str]] = []
        cell = 0
        for text, role, target in row.pieces:
            cell += width(text)
            if target and self._targets[target - 1].opens:
                self._note_link(target, number)
            if spans and spans[-1][1] == role:
                spans[-1] = (spans[-1][0] + text, role)
            else:
                spans.append((text, role))
        self.lines.append(tuple(spans))
        self._offsets.append(max(row.at, self._offsets[-1] if self._offsets else 0))
        if cell > self.width:
            self._widen(number, cell)
        if row.block is not None:
            self._note(row.block, number)

    def _note_link(self, target: int, line: int) -> None:
        """List a target when it is first met; its place in the list is the number readers see."""
        if target not in self._met:
            self._met.add(target)
            destination = self._targets[target - 1]
            self.links.append(Link(len(self.links) + 1, destination.label(), destination.url, line))

    def _widen(self, line: int, cells: int) -> None:
        last = self.wide[-1] if self.wide else None
        if last is not None and last.last == line - 1:
            self.wide[-1] = Wide(last.first, line, max(last.cells, cells))
        else:
            self.wide.append(Wide(line, line, cells))
        self._widest = max(self._widest, cells)

    def _note(self, block: Block, line: int) -> None:
        """Enter a heading into the outline, and a code block or one more line of it."""
        if isinstance(block, Title) and block is not self._noted:
            text = " ".join("".join(text for text, _, _, _ in block.pieces).split())
            self.outline.append(Heading(block.level, text, line))
        elif isinstance(block, Listing) and block is not self._noted:
            self.code.append(Code(line, line, block.source))
        elif isinstance(block, Listing):
            self.code[-1] = self.code[-1]._replace(last=line)
        self._noted = block


def _joined(table: Table, blocks: list[Block], *, repeats_head: bool) -> tuple[Table, list[Block]]:
    """``table`` with the rows of the table that ``blocks`` begin with, and the other blocks."""
    if not blocks or not isinstance(following := blocks[0], Table):
        return table, blocks
    rows = following.rows
    if repeats_head:
        rows = [row for row in rows if not all(cell.head for cell in row[1])]
    return Table(table.rows + rows), blocks[1:]


def _is_enough(table: Table) -> bool:
    return sum(len(cells) for _, cells in table.rows) >= _MANY_CELLS


def plain(text: str, cells: int, base: str = "") -> str:
    """A card as text in lines of ``cells`` cells, with its links numbered at the end."""
    document = CardDocument(text, cells, base)
    while document.step():
        pass
    lines = [document.text_of(line).rstrip() for line in range(len(document.lines))]
    if document.links:
        lines += ["", "Links"]
        lines += [f"{link.number:>4}  {link.text}  {link.url}" for link in document.links]
    return "\n".join(lines) + "\n" if lines else ""
