"""Markdown to blocks: markdown-it's tokens, with raw HTML read as well, go to one builder."""

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from tui.render.card import html
from tui.render.card.block import Block, Listing
from tui.render.card.build import Builder
from tui.render.card.link import Target
from tui.render.card.reference import References

_DEEPEST = 24  # levels of Markdown blocks, two for each list; more make brackets dear
_FORMULA = re.compile(
    r"\$\$[^$]+\$\$|\$(?=[^\s$])[^$\n]{1,400}(?<=\S)\$(?!\d)|\\\([^\n]{1,400}?\\\)|\\\[[^$]{1,2000}?\\\]"
)
_NOTE = re.compile(r"\[\^([^\]\s]{1,80})\]")
_TASK = re.compile(r"\[([ xX])\] ")
_SILENT = re.compile(r"<(style|script)\b", re.IGNORECASE)
_ALERT = re.compile(r"\[!(\w+)\]\s*$")


def parse(
    source: str,
    offsets: list[int],
    links: list[Target],
    base: str,
    references: References,
    images: list[tuple[str, str]] | None = None,
) -> list[Block]:
    """The blocks of ``source``, a section of a card.

    ``offsets`` has for each line of the section its offset in the card. ``links`` grows by the
    links met, ``images`` by source and words of each picture; ``base`` is the repo's page;
    ``references`` are the whole card's. A section
    that nests deeper than the parser follows comes back as its own source.
    """
    if definitions := references.used_by(source):
        _parser().parse(definitions, references.env)
    tokens = _parser().parse(source, references.env)
    if any(token.level >= _DEEPEST - 2 for token in tokens):
        return [Listing(source, "", offsets)]
    builder = Builder(links, base)
    _Walk(builder, source.split("\n"), offsets).read(tokens)
    blocks = builder.finish()
    if images is not None:
        images += builder.run.images
    return blocks


class _Walk:
    """One pass over the tokens of a section."""

    def __init__(self, builder: Builder, lines: Sequence[str], offsets: list[int]) -> None:
        self._builder = builder
        self._lines = lines
        self._offsets = offsets
        self._line = 0
        self._columns = 0
        self._excess: list[str] = []
        self._begins: str = ""  # the tag of the block that the next text begins

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.map and token.nesting >= 0:
                self._place(token.map[0])
            if token.type == "inline":
                self._inline(token)
            elif token.type == "html_block":
                html.feed(self._builder, token.content, self._offsets, self._line)
            elif token.type in ("fence", "code_block"):
                first = self._line + (token.type == "fence")
                offsets = self._offsets[first : first + token.content.count("\n")]
                at = offsets or [self._builder.run.at]
                self._builder.listing(token.content, token.info.strip(), at)
            elif token.type == "hr":
                self._builder.rule()
            elif token.nesting == 1:
                self._open(token)
            else:
                self._close(token)

    def _place(self, line: int) -> None:
        self._line = line
        self._builder.run.at = self._offsets[min(line, len(self._offsets) - 1)]

    def _open(self, token: Token) -> None:
        if token.tag == "thead":
            self._columns = 0
        elif token.tag == "th":
            self._columns += 1
        elif token.type == "tr_open":
            self._excess = self._cells_beyond()
        attrs = {name: str(value) for name, value in token.attrs.items()}
        if token.hidden:
            attrs["tight"] = ""
        self._builder.open(token.tag, attrs)
        self._begins = self._begins if token.tag == "p" else token.tag

    def _close(self, token: Token) -> None:
        if token.type == "tr_close":
            for text in self._excess:
                self._builder.open("td", {})
                self._children(_parser().parseInline(text)[0].children or [])
                self._builder.close("td", through=True)
        self._builder.close(token.tag, through=True)

    def _cells_beyond(self) -> list[str]:
        """The cells of a row beyond the columns of the head, which the parser leaves out."""
        line = self._lines[self._line].strip(" \t>") if self._line < len(self._lines) else ""
        if not self._columns or line.count("|") < self._columns:
            return []
        cells = escapedSplit(line)
        if cells and not cells[0]:
            cells.pop(0)
        return [cell.strip() for cell in cells[self._columns :] if cell.strip()]

    def _inline(self, token: Token) -> None:
        children = _heard(token.children or [])
        begins, self._begins = self._begins, ""
        if begins in ("li", "blockquote") and children and children[0].type == "text":
            self._begin(begins, children[0])
        self._children(children)

    def _begin(self, tag: str, first: Token) -> None:
        """Turn the mark of a task or an alert, at the beginning of its block, into a sign."""
        if tag == "li" and (task := _TASK.match(first.content)):
            first.content = first.content[task.end() :]
            self._builder.run.text("☐ " if task[1] == " " else "☑ ")
        elif tag == "blockquote" and (alert := _ALERT.match(first.content)):
            first.content = ""
            self._builder.open("strong", {})
            self._builder.run.text(alert[1].capitalize())
            self._builder.close("strong")
            self._builder.run.line_break()

    def _children(self, children: Sequence[Token]) -> None:
        run = self._builder.run
        for child in children:
            if child.type == "text":
                self._builder.text(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                self._break(child.type)
            elif child.nesting == 1:
                attrs = {name: str(value) for name, value in child.attrs.items()}
                self._builder.open("del" if child.tag == "s" else child.tag, attrs)
            elif child.nesting == -1:
                self._builder.close("del" if child.tag == "s" else child.tag)
            elif child.type == "code_inline":
                self._builder.open("code", {})
                self._builder.text(child.content)
                self._builder.close("code")
            elif child.type == "image":
                title = str(child.attrs.get("title", ""))
                run.medium("image", str(child.attrs.get("src", "")), _alt(child), title)
            elif child.type == "html_inline":
                html.feed(self._builder, child.content, self._offsets, self._line)
            elif child.type == "formula":
                run.verbatim(child.content, "math")
            else:
                run.text(child.content, "muted")

    def _break(self, kind: str) -> None:
        self._place(self._line + 1)
        if kind == "hardbreak":
            self._builder.run.line_break()
        else:
            self._builder.text(" ")


def _heard(children: Sequence[Token]) -> list[Token]:
    """``children`` without the styles and scripts that are closed among them."""
    heard: list[Token] = []
    silent_to = -1
    for index, child in enumerate(children):
        if index <= silent_to:
            continue
        if child.type == "html_inline" and (match := _SILENT.match(child.content)):
            closing = f"</{match[1].lower()}"
            for later in range(index + 1, len(children)):
                if children[later].content.lower().startswith(closing):
                    silent_to = later
                    break
        if index > silent_to:
            heard.append(child)
    return heard


def _alt(image: Token) -> str:
    """The words of an image's description, whatever Markdown they are written in."""
    words = (
        _alt(child) if child.type == "image" else child.content or " "
        for child in image.children or []
        if child.nesting == 0
    )
    return "".join(words)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.inline.ruler.before("link", "note", _note)
    parser.block.ruler.at("reference", _reference)
    return parser


def _formula(state: StateInline, silent: bool) -> bool:
    r"""Keep ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]`` from being read as Markdown."""
    if state.src[state.pos] not in "$\\":
        return False
    return _take(state, silent, _FORMULA, "formula")


def _note(state: StateInline, silent: bool) -> bool:
    """Take a footnote's mark ``[^1]`` as text, both where it is used and where it is explained."""
    return state.src[state.pos] == "[" and _take(state, silent, _NOTE, "note")


def _take(state: StateInline, silent: bool, pattern: re.Pattern[str], kind: str) -> bool:
    match = pattern.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = match[0].replace("[^", "[") if kind == "note" else match[0]
    state.pos = match.end()
    return True


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a link reference, but leave ``[^1]: …`` to be a footnote's text."""
    position = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("[^", position):
        return False
    return reference(state, start, end, silent)
