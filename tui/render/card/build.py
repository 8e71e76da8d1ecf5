"""From tags and text, in the order they stand, to blocks.

Markdown and raw HTML arrive here alike: Markdown's parser speaks of ``strong`` and ``td`` too. So
a cell begun in HTML may hold Markdown, and what is never closed is closed at the end.
"""

import re
from collections.abc import Sequence

from tui.model.text import clean_line
from tui.render.card.block import Block, Cell, Items, Listing, Quote, Rule, Table, Text, Title
from tui.render.card.inline import Run
from tui.render.card.link import Target, file_name
from tui.render.card.tags import FLOW, FRAMES, PHRASE, STYLES

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FRAMES = FRAMES | _HEADINGS.keys()
_TABLE = frozenset(["table", "tr", "td"])
_OWN_LINE = frozenset(["summary", "dt", "caption"])
_MEDIA = {"video": "src", "audio": "src", "iframe": "src", "embed": "src", "object": "data"}
_DEEPEST = 30  # frames; what nests deeper stays in the frame it is in
_WIDEST_SPAN = 100
_NUMBER = re.compile(r"\d{1,9}")
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")

# ``s`` is missing on purpose: on cards <s> and </s> are tokens of a vocabulary, not a strike-out.
KNOWN = FLOW | PHRASE | _FRAMES | STYLES.keys()


class _Frame:
    """An open block: its tag, the role of text in it, and what it holds so far."""

    __slots__ = ("blocks", "cell", "cells", "ground", "items", "rows", "tag")

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.ground = "text"
        self.blocks: list[Block] = []
        self.items: Items | None = None
        self.rows: list[tuple[int, list[Cell]]] = []
        self.cells: list[Cell] = []
        self.cell = Cell(self.blocks)


class Builder:
    """Takes tags and text; ``finish`` gives the blocks. ``run`` takes what stands in a line."""

    def __init__(self, links: list[Target], base: str) -> None:
        self.run = Run(links, base)
        self._frames = [_Frame("")]
        self._raw: list[str] | None = None
        self._inner_tables = 0

    def finish(self) -> list[Block]:
        """Close what is open and return the blocks."""
        self._end_raw()
        self._end_run(last=True)
        while len(self._frames) > 1:
            self._pop()
        return self._frames[0].blocks

    def text(self, text: str) -> None:
        """Add running text, or the text of a ``pre`` while one is open."""
        if self._raw is None:
            self.run.text(text)
        else:
            self._raw.append(text)

    def rule(self) -> None:
        """Add a horizontal rule."""
        self._end_run()
        self._frames[-1].blocks.append(Rule(self.run.at))

    def listing(self, source: str, language: str, offsets: Sequence[int]) -> None:
        """Add a code block, with the offsets of its lines."""
        self._end_run()
        self._frames[-1].blocks.append(Listing(source, clean_line(language), offsets))

    def open(self, tag: str, attrs: dict[str, str]) -> None:
        """Open a tag of ``KNOWN``."""
        if self._raw is not None:
            if tag == "br":
                self._raw.append("\n")
        elif tag in _FRAMES or tag == "th":
            self._open_frame(tag, attrs)
        elif tag in STYLES:
            self._open_style(tag, attrs)
        elif tag in FLOW:
            self._end_run()
            self._loosen(tag, attrs)
            self._open_medium(tag, attrs)
        else:
            self._open_phrase(tag, attrs)

    def close(self, tag: str, *, through: bool = False) -> None:
        """Close the innermost open ``tag``; ``through`` looks past the cell one is in too."""
        if tag == "pre":
            self._end_raw()
        elif self._raw is not None:
            return
        elif tag in _FRAMES or tag == "th":
            self._end_run()
            self._close_block("td" if tag == "th" else tag, through)
        elif tag in STYLES:
            self.run.close(tag)
            if tag in _OWN_LINE:
                self._end_run()
        elif tag in FLOW:
            self._end_run()

    def _open_style(self, tag: str, attrs: dict[str, str]) -> None:
        if tag in _OWN_LINE:
            self._end_run()
        self.run.open(tag, attrs)
        if tag == "summary":
            self.run.text("▸ ")

    def _open_phrase(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "br":
            self.run.line_break()
        elif tag == "hr":
            self.rule()
        elif tag == "img":
            self.run.medium(
                "image", attrs.get("src", ""), attrs.get("alt", ""), attrs.get("title", "")
            )
        elif tag == "input" and attrs.get("type") == "checkbox":
            self.run.text("☑ " if "checked" in attrs else "☐ ")
        elif tag == "pre":
            self._end_run()
            self._raw = []
        else:
            self._open_medium(tag, attrs)

    def _open_medium(self, tag: str, attrs: dict[str, str]) -> None:
        source = attrs.get(_MEDIA.get(tag, "src"), "")
        if source and (tag in _MEDIA or tag == "source"):
            word = tag if tag in ("video", "audio") else "media"
            self.run.medium(word, source, attrs.get("title") or file_name(source))
            self.run.text(" ")

    def _loosen(self, tag: str, attrs: dict[str, str]) -> None:
        """Note that a list has paragraphs in its items: it is set with blank lines."""
        if tag == "p" and self._frames[-1].tag == "li" and "tight" not in attrs:
            items = self._frames[-2].items
            if items is not None:
                items.loose = True

    def _open_frame(self, tag: str, attrs: dict[str, str]) -> None:
        head = tag == "th"
        tag = "td" if head else tag
        if tag in _TABLE and self._in_cell_table(tag):
            return
        self._end_run()
        if tag in ("tr", "td", "li"):
            self._make_room(tag)
        if len(self._frames) > _DEEPEST:
            return
        frame = _Frame(tag)
        if tag in ("ul", "ol"):
            number = _NUMBER.match(attrs.get("start", "1"))
            frame.items = Items((int(number[0]) if number else 1) if tag == "ol" else None)
        elif tag == "td":
            across, down = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))
            frame.cell = Cell(frame.blocks, across, down, _alignment(attrs), head)
        self._push(frame)

    def _in_cell_table(self, tag: str) -> bool:
        """Say whether this is a table in a cell: its rows become lines of the cell."""
        if tag == "table" and any(frame.tag == "td" for frame in self._frames):
            self._inner_tables += 1
        if not self._inner_tables:
            return False
        if tag == "td":
            self.run.separate(" │ ")
        else:
            self._end_run()
        return True

    def _make_room(self, tag: str) -> None:
        """Close what an item, row or cell ends, and open what it needs around it."""
        if tag == "li":
            self._close_frame("li", False)
            if self._frames[-1].items is None:
                frame = _Frame("ul")
                frame.items = Items(None)
                self._push(frame)
            return
        self._close_frame("td", True)
        if tag == "tr":
            self._close_frame("tr", False)
            if self._frames[-1].tag != "table":
                self._push(_Frame("table"))
        elif self._frames[-1].tag != "tr":
            self._make_room("tr")
            self._push(_Frame("tr"))

    def _close_block(self, tag: str, through: bool) -> None:
        if self._inner_tables and tag in _TABLE:
            self._inner_tables -= tag == "table"
        else:
            self._close_frame(tag, through)

    def _close_frame(self, tag: str, through: bool) -> None:
        for index in range(len(self._frames) - 1, 0, -1):
            opened = self._frames[index].tag
            if opened == tag:
                while len(self._frames) > index:
                    self._pop()
                return
            if not through and _holds(opened, tag):
                return

    def _push(self, frame: _Frame) -> None:
        if frame.tag == "td":
            frame.ground = "table.head" if frame.cell.head else "text"
        elif frame.tag == "blockquote":
            frame.ground = "quote"
        else:
            frame.ground = frame.tag if frame.tag in _HEADINGS else self._frames[-1].ground
        self._frames.append(frame)
        self.run.ground = frame.ground

    def _pop(self) -> None:
        """Turn the innermost frame into a block, row, cell or item of the one around it."""
        frame = self._frames.pop()
        parent = self._frames[-1]
        self.run.ground = parent.ground
        if frame.tag == "li" and parent.items is not None:
            parent.items.items.append(frame.blocks)
        elif frame.tag == "td" and parent.tag == "tr":
            self._inner_tables = 0
            parent.cells.append(frame.cell)
        elif frame.tag == "tr" and parent.tag == "table":
            parent.rows.append((self.run.at, frame.cells))
            parent.blocks += frame.blocks
        else:
            parent.blocks += _made(frame)

    def _end_run(self, *, last: bool = False) -> None:
        """End the paragraph or heading that the run of text makes."""
        if self._raw is not None:
            return
        pieces = self.run.finish() if last else self.run.take()
        if pieces:
            frame = self._frames[-1]
            level = _HEADINGS.get(frame.tag)
            frame.blocks.append(Text(pieces) if level is None else Title(level, pieces))

    def _end_raw(self) -> None:
        if self._raw is None:
            return
        source = "".join(self._raw).strip("\n")
        self._raw = None
        if source.strip():
            self.listing(source + "\n", "", [self.run.at])


def _holds(opened: str, tag: str) -> bool:
    """Say whether an open tag ``opened`` keeps a closing ``tag`` from closing tags around it."""
    if opened in ("ul", "ol"):
        return tag == "li"
    if opened == "table":
        return tag in ("tr", "td")
    return opened == "td" and tag not in _TABLE


def _made(frame: _Frame) -> list[Block]:
    if frame.tag == "blockquote":
        return [Quote(frame.blocks)]
    if frame.items is not None and frame.items.items:
        return [frame.items, *frame.blocks]
    return [Table(frame.rows), *frame.blocks] if frame.rows else frame.blocks


def _span(text: str | None) -> int:
    number = _NUMBER.match(text or "1")
    return max(1, min(int(number[0]), _WIDEST_SPAN)) if number else 1


def _alignment(attrs: dict[str, str]) -> str:
    match = _ALIGN.search(attrs.get("style", "").lower())
    align = match[1] if match else attrs.get("align", "").lower()
    return align if align in ("center", "right") else "left"
