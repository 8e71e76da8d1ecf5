"""What a card is made of, before it has a width: blocks that hold pieces of text."""

from collections.abc import Sequence
from typing import NamedTuple

# text, role, number of the link it belongs to (0: none), offset of its source line in the card.
# A text that is one newline ends the line.
Piece = tuple[str, str, int, int]


class Text(NamedTuple):
    """A paragraph."""

    pieces: list[Piece]


class Title(NamedTuple):
    """A heading of level 1 to 6."""

    level: int
    pieces: list[Piece]


class Listing(NamedTuple):
    """A code block, with the offset in the card of each of its lines, or of the first ones."""

    source: str
    language: str
    offsets: Sequence[int]


class Rule(NamedTuple):
    """A horizontal rule."""

    at: int


class Quote(NamedTuple):
    """A block quote."""

    blocks: "list[Block]"


class Items:
    """A list; ``start`` is the first number of an ordered one, None for bullets."""

    __slots__ = ("items", "loose", "start")

    def __init__(self, start: int | None) -> None:
        self.start = start
        self.loose = False
        self.items: list[list[Block]] = []


class Cell(NamedTuple):
    """A table cell over ``across`` columns and ``down`` rows; align is left, center or right."""

    blocks: "list[Block]"
    across: int = 1
    down: int = 1
    align: str = "left"
    head: bool = False


class Table(NamedTuple):
    """Rows of cells, each with the offset of its source line."""

    rows: list[tuple[int, list[Cell]]]


Block = Text | Title | Listing | Rule | Quote | Items | Table


class Row(NamedTuple):
    """A laid out line: (text, role, link) pieces; ``block`` is the title or listing it shows."""

    pieces: Sequence[tuple[str, str, int]]
    at: int
    block: Block | None = None
