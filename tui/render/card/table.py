"""Tables to lines: columns that fit by wrapping their cells, or as wide as they need to be."""

from collections.abc import Callable, Iterator, Sequence

from tui.render.card.block import Block, Cell, Row, Table, Text
from tui.render.card.wrap import Bit, measure, wrap
from tui.render.spans import width

Lay = Callable[[Sequence[Block], int], list[Row]]

_BETWEEN = " │ "
_GAP = len(_BETWEEN)
_UNBROKEN = (30, 12)  # cells up to which a word stays whole, the better choice first
_READABLE = 40  # cells of a column when the table is wider than the screen anyway
_ENDLESS = 100_000


class _Grid:
    """A table's cells at their columns, with gaps where a cell reaches down from above."""

    def __init__(self, table: Table, lay: Lay) -> None:
        self.lay = lay
        self.rows = [(at, row) for at, row in _placed(table) if row]
        self.columns = max(
            (place + cell.across for _, row in self.rows for place, cell in row), default=0
        )
        self.longest = [1] * self.columns
        self.natural = [1] * self.columns
        for _, row in self.rows:
            for place, cell in row:
                if cell.across == 1:
                    self._measure(place, cell)

    def _measure(self, place: int, cell: Cell) -> None:
        if all(isinstance(block, Text) for block in cell.blocks):
            sizes = [measure(block.pieces) for block in cell.blocks if isinstance(block, Text)]
            longest = max((size[0] for size in sizes), default=0)
            natural = max((size[1] for size in sizes), default=0)
        else:
            rows = self.lay(cell.blocks, _ENDLESS)
            natural = max((_cells(row.pieces) for row in rows), default=0)
            longest = min(natural, _READABLE)
        self.longest[place] = max(self.longest[place], longest)
        self.natural[place] = max(self.natural[place], natural)

    def widths(self, cells: int) -> list[int]:
        """The cells of each column for a table of ``cells`` cells, if that can be."""
        room = cells - _GAP * (self.columns - 1)
        if sum(self.natural) <= room:
            return self.natural
        for unbroken in _UNBROKEN:
            least = [min(longest, unbroken) for longest in self.longest]
            if sum(least) <= room:
                return _shared(least, self.natural, room)
        return [min(natural, _READABLE) for natural in self.natural]

    def widths_after(self, before: list[int], cells: int) -> list[int]:
        """The widths of the part above, unless a word of this part would not fit them."""
        if len(before) != self.columns:
            return self.widths(cells)
        if all(longest <= above for longest, above in zip(self.longest, before)):
            return before
        self.natural = [max(pair) for pair in zip(self.natural, before)]
        return self.widths(cells)


def lay_table(
    table: Table,
    cells: int,
    lay: Lay,
    before: list[int] | None = None,
    *,
    repeats_head: bool = False,
) -> tuple[list[Row], list[int]]:
    """The lines of ``table`` and the widths of its columns.

    ``lay`` lays out the blocks of a cell. ``before`` are the widths of the table's part above
    this one, which stay if they can; ``repeats_head`` says that the head stands there already.
    Lines are longer than ``cells`` where the columns are too many to be read otherwise.
    """
    grid = _Grid(table, lay)
    widths = grid.widths(cells) if before is None else grid.widths_after(before, cells)
    heads = 0
    while heads < len(grid.rows) and all(cell.head for _, cell in grid.rows[heads][1]):
        heads += 1
    laid = [list(_lay_row(grid, at, row, widths)) for at, row in grid.rows]
    apart = 3 * sum(len(lines) > 1 for lines in laid[heads:]) > len(laid) - heads
    rows: list[Row] = []
    for index, lines in enumerate(laid):
        at = grid.rows[index][0]
        if index < heads:
            rows += [] if repeats_head or _is_blank(lines) else lines
            if index == heads - 1 and rows:
                rows.append(_line(widths, "─", at))
            continue
        if apart and index > heads:
            rows.append(_line(widths, "┈", at))
        rows += lines
    return rows, widths


def _placed(table: Table) -> Iterator[tuple[int, list[tuple[int, Cell]]]]:
    """Rows with each cell's column, past the columns that cells above reach down into."""
    occupied: dict[int, int] = {}
    for at, cells in table.rows:
        row: list[tuple[int, Cell]] = []
        place = 0
        reaching: dict[int, int] = {}
        for cell in cells:
            while occupied.get(place, 0):
                place += 1
            row.append((place, cell))
            if cell.down > 1:
                reaching |= dict.fromkeys(range(place, place + cell.across), cell.down)
            place += cell.across
        occupied = {column: rows - 1 for column, rows in occupied.items() if rows > 1}
        occupied |= {column: rows - 1 for column, rows in reaching.items()}
        yield at, row


def _shared(least: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """Widths from ``least`` on towards ``natural``, what is left of ``room`` shared by want."""
    spare = room - sum(least)
    wants = [want - low for low, want in zip(least, natural)]
    total = max(1, sum(wants))
    return [low + spare * want // total for low, want in zip(least, wants)]


def _lay_row(
    grid: _Grid, at: int, row: Sequence[tuple[int, Cell]], widths: Sequence[int]
) -> Iterator[Row]:
    """The lines of one row, cells side by side, filled to their columns."""
    laid: list[tuple[int, int, list[Sequence[Bit]], str]] = []
    for place, cell in row:
        cells = sum(widths[place : place + cell.across]) + _GAP * (cell.across - 1)
        laid.append((place, cells, _cell_lines(grid.lay, cell, cells), cell.align))
    for number in range(max((len(lines) for _, _, lines, _ in laid), default=0)):
        bits: list[Bit] = []
        filled = 0  # columns
        for place, cells, lines, align in laid:
            while filled < place:
                bits += _filled((), widths[filled], "left", filled)
                filled += 1
            line = lines[number] if number < len(lines) else ()
            bits += _filled(line, cells, align, filled)
            filled = place + 1
            while filled < len(widths) and _cells(bits) > sum(widths[:filled]) + _GAP * filled:
                filled += 1
        yield Row(_trimmed(bits), at)


def _cell_lines(lay: Lay, cell: Cell, cells: int) -> list[Sequence[Bit]]:
    if len(cell.blocks) == 1 and isinstance(text := cell.blocks[0], Text):
        return [line for line, _ in wrap(text.pieces, cells)]
    return [row.pieces for row in lay(cell.blocks, cells)]


def _filled(line: Sequence[Bit], cells: int, align: str, column: int) -> list[Bit]:
    spare = max(0, cells - _cells(line))
    left = {"left": 0, "center": spare // 2, "right": spare}[align]
    bits: list[Bit] = [(_BETWEEN, "table.rule", 0)] if column else []
    bits += [(" " * left, "text", 0)] if left else []
    bits += line
    return [*bits, (" " * (spare - left), "text", 0)] if spare > left else bits


def _trimmed(bits: list[Bit]) -> list[Bit]:
    while bits and not bits[-1][0].strip():
        bits.pop()
    if bits:
        text, role, link = bits[-1]
        bits[-1] = (text.rstrip(), role, link)
    return bits


def _line(widths: Sequence[int], sign: str, at: int) -> Row:
    cross = sign + ("┼" if sign == "─" else sign) + sign
    return Row([(cross.join(sign * cells for cells in widths), "table.rule", 0)], at)


def _is_blank(rows: Sequence[Row]) -> bool:
    return not any(role != "table.rule" for row in rows for _, role, _ in row.pieces)


def _cells(bits: Sequence[Bit]) -> int:
    return sum(width(text) for text, _, _ in bits)
