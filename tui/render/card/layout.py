"""Blocks to rows of a width in cells."""

from collections.abc import Sequence

from tui.render.card.block import (
    Block,
    Items,
    Listing,
    Quote,
    Row,
    Rule,
    Table,
    Text,
    Title,
)
from tui.render.card.code import code_lines
from tui.render.card.table import lay_table
from tui.render.card.wrap import Bit, wrap
from tui.render.spans import width

_NARROWEST = 16  # cells; what nests deeper than leaves these is not indented further
_CODE_INDENT = "  "
_UNDERLINES = {1: "━", 2: "─"}


def lay(blocks: Sequence[Block], cells: int) -> list[Row]:
    """The rows of ``blocks`` with a blank one between two blocks.

    Rows are at most ``cells`` long, but for code and for tables of many columns.
    """
    rows: list[Row] = []
    for block in blocks:
        laid = lay_block(block, cells)
        if rows and laid:
            rows.append(Row((), rows[-1].at))
        rows += laid
    return rows


def lay_block(block: Block, cells: int) -> list[Row]:
    """The rows of one block."""
    match block:
        case Text(pieces):
            return [Row(line, at) for line, at in wrap(pieces, cells)]
        case Title():
            return _lay_title(block, cells)
        case Listing():
            return _lay_listing(block)
        case Rule(at):
            return [Row([("─" * cells, "rule", 0)], at)]
        case Quote(blocks):
            return _lay_quote(blocks, cells)
        case Items():
            return _lay_items(block, cells)
        case Table():
            return lay_table(block, cells, lay)[0]


def _lay_title(title: Title, cells: int) -> list[Row]:
    """Levels 1 and 2 are underlined, the others keep their signs: a role is not always seen."""
    line = _UNDERLINES.get(title.level)
    lead = "" if line else "#" * title.level + " "
    rows = [Row(bits, at, title) for bits, at in wrap(title.pieces, max(1, cells - len(lead)))]
    rows = _indented(rows, lead, " " * len(lead), "muted")
    if line and rows:
        longest = max(sum(width(text) for text, _, _ in row.pieces) for row in rows)
        rows.append(Row([(line * longest, "rule", 0)], rows[-1].at, title))
    return rows


def _lay_listing(listing: Listing) -> list[Row]:
    offsets = listing.offsets
    rows = [Row([(listing.language, "muted", 0)], offsets[0])] if listing.language else []
    for index, line in enumerate(code_lines(listing.source, listing.language)):
        bits: list[Bit] = [(_CODE_INDENT, "code", 0), *line] if line else []
        rows.append(Row(bits, offsets[min(index, len(offsets) - 1)], listing))
    return rows


def _lay_quote(blocks: Sequence[Block], cells: int) -> list[Row]:
    if cells <= _NARROWEST:
        return lay(blocks, cells)
    return _indented(lay(blocks, cells - 2), "▎ ", "▎ ", "rule")


def _lay_items(items: Items, cells: int) -> list[Row]:
    rows: list[Row] = []
    for index, blocks in enumerate(items.items):
        mark = _mark(items, index, blocks)
        lead = width(mark)
        laid = _lay_item(blocks, max(_NARROWEST, cells - lead)) or [Row((), 0)]
        if rows and (items.loose or any(isinstance(b, Listing | Table) for b in blocks)):
            rows.append(Row((), rows[-1].at))
        rest = "" if cells <= _NARROWEST else " " * lead
        rows += _indented(laid, mark, rest, "muted")
    return rows


def _lay_item(blocks: Sequence[Block], cells: int) -> list[Row]:
    """As ``lay``, but a list follows its own paragraph at once."""
    rows: list[Row] = []
    for block in blocks:
        laid = lay_block(block, cells)
        if rows and laid and not isinstance(block, Items):
            rows.append(Row((), rows[-1].at))
        rows += laid
    return rows


def _mark(items: Items, index: int, blocks: Sequence[Block]) -> str:
    """A bullet or a number; nothing where the item begins with the box of a task."""
    if items.start is not None:
        return f"{items.start + index}. "
    first = blocks[0] if blocks else None
    task = isinstance(first, Text) and first.pieces[0][0] in ("☐ ", "☑ ")
    return "" if task else "• "


def _indented(rows: Sequence[Row], first: str, rest: str, role: str) -> list[Row]:
    indented: list[Row] = []
    for index, row in enumerate(rows):
        lead = rest if index else first
        if lead and (row.pieces or lead.strip()):
            row = row._replace(pieces=[(lead, role, 0), *row.pieces])
        indented.append(row)
    return indented
