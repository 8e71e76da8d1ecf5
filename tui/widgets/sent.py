"""What the terminal shows, remembered cell by cell, so that only what changed is sent.

The toolkit paints whole widgets again and again while they are mounted, laid out and filled; on
a slow line every one of these paints would have to be carried.
"""

from collections.abc import Iterator, Mapping

from tui.terminal import ChopsUpdate, CompositorUpdate, LayoutUpdate
from tui.widgets.glyphs import Disputed
from tui.widgets.looks import PLAIN, Cell, Look, Reader, bare, codes
from tui.widgets.replay import cells_of

Row = list[Cell | None]  # None: nobody knows what stands there

_NEAR = 3  # unchanged cells between two changes that are written again: a jump costs as much
_BLANKS = 9  # blank cells from which on to erase is shorter than to write
_TO_END = "\x1b[K"
_LEAST_SCROLLED = 3  # lines that must be found again elsewhere, for a scroll to be worth it


class Sent:
    """The cells of a terminal of some size, and what to write to change them.

    ``erases_in_colour`` tells whether the terminal erases with the background that is set,
    ``ambiguous`` whether it may draw wide what Unicode leaves open.
    """

    def __init__(self, reader: Reader, *, erases_in_colour: bool, ambiguous: bool = False) -> None:
        self._reader = reader
        self._erases_in_colour = erases_in_colour
        self._disputed = Disputed(ambiguous=ambiguous)
        self._rows: list[Row] = []

    def read_with(self, reader: Reader) -> None:
        """Take another reader from here on; what stands on the terminal stays known."""
        self._reader = reader

    def forget(self) -> None:
        """The terminal may show anything: the next update writes all of its cells."""
        self._rows = []

    def stands(self, frame: str, columns: int, lines: int) -> None:
        """A terminal of this size shows ``frame``, which an earlier memory wrote."""
        rows = cells_of(frame, columns, lines, self._reader)
        self._rows = [] if rows is None else [list(row) for row in rows]

    def changes(self, update: CompositorUpdate, columns: int, lines: int) -> str:
        """The bytes that bring an update to a terminal of this size; "" where nothing changed."""
        if len(self._rows) != lines or len(self._rows[0]) != columns:
            self._rows = [[None] * columns for _ in range(lines)]
        fresh: dict[int, Row] = {}
        for y, x, cells in self._pieces(update):
            if not 0 <= y < lines:
                continue
            row = fresh.get(y)
            if row is None:
                row = fresh[y] = self._rows[y].copy()
            _put(row, x, cells[: columns - x])
        fresh = {y: fresh[y] for y in sorted(fresh) if fresh[y] != self._rows[y]}
        if not fresh:
            return ""
        pen = _Pen(columns, self._disputed, erases_in_colour=self._erases_in_colour)
        self._scroll(fresh, pen)
        for y, row in fresh.items():
            pen.line(y, self._rows[y], row)
            self._rows[y] = row
        return pen.done()

    def _pieces(self, update: CompositorUpdate) -> Iterator[tuple[int, int, list[Cell]]]:
        """Line, column and cells of each piece of an update."""
        read = self._reader.cells
        if isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips, update.region.y):
                x = update.region.x
                for strip in strips:
                    yield y, x, read(strip)
                    x += strip.cell_length
        elif isinstance(update, ChopsUpdate):
            for y, first, end in update.spans:
                for (x, chop), stop in zip(update.chops[y].items(), update.chop_ends[y]):
                    if chop is None or x >= end or stop <= first:
                        continue
                    left, right = max(first - x, 0), min(stop, end) - x
                    yield y, x + left, read(chop)[left:right]

    def _scroll(self, fresh: dict[int, Row], pen: "_Pen") -> None:
        """Let the terminal itself move the lines that are shown already, some lines away."""
        by, first, last = _best_scroll(self._rows, fresh)
        if not by:
            return
        pen.scroll(first, last, by)
        width = len(self._rows[0])
        gone: list[Row] = [[None] * width for _ in range(abs(by))]
        moved = self._rows[first : last + 1]
        self._rows[first : last + 1] = moved[by:] + gone if by > 0 else gone + moved[:by]
        for y in range(first, last + 1):  # lines that had been right are not so any more
            fresh.setdefault(y, moved[y - first])
        for y in sorted(fresh):
            fresh[y] = fresh.pop(y)


def _put(row: Row, x: int, cells: list[Cell]) -> None:
    """Put cells on a line; half of a wide character, left beside them, becomes blank."""
    end = x + len(cells)
    for half, second in ((x - 1, x), (end, end)):
        if half >= 0 and second < len(row) and (cell := row[second]) and not cell[0]:
            row[half] = (" ", cell[1])
    row[x:end] = cells


def _best_scroll(rows: list[Row], fresh: dict[int, Row]) -> tuple[int, int, int]:
    """By how many lines upwards, and from which line to which; by 0 where it does not help."""
    first, last = min(fresh), max(fresh)
    best: tuple[int, list[int]] = (0, [])
    if last - first < _LEAST_SCROLLED:
        return 0, 0, 0
    for distance in range(1, last - first):
        for by in (distance, -distance):
            lines = [
                y
                for y in fresh
                if first <= y + by <= last and fresh[y] == rows[y + by] and _says(fresh[y])
            ]
            if len(lines) > len(best[1]):
                best = by, lines
    by, lines = best
    if not lines:
        return 0, 0, 0
    top, bottom = min(lines), max(lines)
    top, bottom = min(top, top + by), max(bottom, bottom + by)
    broken = sum(y not in fresh for y in range(top, bottom + 1))
    return (by, top, bottom) if len(lines) - broken >= _LEAST_SCROLLED else (0, 0, 0)


def _says(row: Row) -> bool:
    """Whether there is anything on the line, and it is known."""
    return any(cell is not row[0] for cell in row)


class _Pen:
    """Writes cells where they belong, with as few codes as that takes."""

    def __init__(self, columns: int, disputed: Disputed, *, erases_in_colour: bool) -> None:
        self._columns = columns
        self._disputed = disputed
        self._erases_in_colour = erases_in_colour
        self._out: list[str] = []
        self._look = PLAIN
        self._at: tuple[int, int] | None = None  # column and line

    def done(self) -> str:
        """All that was written; the terminal draws plain again after it."""
        self._wear(PLAIN)
        return "".join(self._out)

    def scroll(self, first: int, last: int, by: int) -> None:
        """Move the lines from ``first`` to ``last`` up by so many, down where it is negative."""
        move = f"{by}M" if by > 0 else f"{-by}L"
        self._out.append(f"\x1b[{first + 1};{last + 1}r\x1b[{first + 1}H\x1b[{move}\x1b[r")
        self._at = None

    def line(self, y: int, old: Row, new: Row) -> None:
        """Write what is new on a line.

        A line with a character that terminals do not agree on is written whole: what stood after
        it may stand elsewhere.
        """
        disputed = self._disputed
        if any(cell is not None and disputed[cell[0]] for row in (old, new) for cell in row):
            self._run(y, new, 0, len(new))
            return
        runs: list[list[int]] = []
        for x, (before, after) in enumerate(zip(old, new)):
            if before is after or before == after:
                continue
            if runs and x - runs[-1][1] <= _NEAR:
                runs[-1][1] = x + 1
            else:
                runs.append([x, x + 1])
        rest = self._blank_from(new)
        for first, end in runs:
            self._run(y, new, first, min(end, rest))
            if end > rest:
                self._end(y, new, max(first, rest), runs[-1][1])
                break

    def _blank_from(self, row: Row) -> int:
        """From which cell on nothing but blanks of one look stands, as one code can make them."""
        last, x = row[-1], len(row)
        if last is None or last[0] != " " or not self._can_erase(last[1]):
            return x
        while x > 0 and row[x - 1] == last:
            x -= 1
        return x

    def _end(self, y: int, row: Row, x: int, end: int) -> None:
        """Blank a line from a cell on; ``end`` is where its last new cell is."""
        last = row[-1]
        if last is None or end - x < len(_TO_END):
            self._run(y, row, x, end)
        else:
            self._go(x, y)
            self._wear(last[1])
            self._out.append(_TO_END)

    def _run(self, y: int, row: Row, x: int, end: int) -> None:
        while x < end:
            cell = row[x]
            if cell is None:  # a part of a new screen that no widget has painted yet
                x += 1
                continue
            self._go(x, y)
            begun, stop = x, self._alike(row, x, end)
            text = "".join([known[0] for known in row[x:stop] if known is not None])
            self._wear(cell[1])
            if len(text) >= _BLANKS and text.isspace() and self._erase(cell[1], stop - x, stop):
                x = stop
                continue
            self._out.append(text)
            x = stop
            # after such a character only the terminal knows where its cursor is
            self._at = (x, y) if not self._odd(row, begun) else None

    def _erase(self, look: Look, count: int, stop: int) -> bool:
        """Blank so many cells without writing them; False where the terminal cannot."""
        if not self._can_erase(look):
            return False
        self._out.append(_TO_END if stop == self._columns else f"\x1b[{count}X")
        return True

    def _can_erase(self, look: Look) -> bool:
        return bare(look) and (not look.back or self._erases_in_colour)

    def _wear(self, look: Look) -> None:
        written, self._look = codes(self._look, look)
        if written:
            self._out.append(written)

    def _go(self, x: int, y: int) -> None:
        if self._at == (x, y):
            return
        if self._at is not None and self._at[1] == y and x > self._at[0]:
            step = x - self._at[0]
            self._out.append(f"\x1b[{step}C" if step > 1 else "\x1b[C")
        elif self._at is not None and x == 0 and self._at[1] == y - 1:
            self._out.append("\r\n")
        else:
            self._out.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        self._at = (x, y)

    def _alike(self, row: Row, x: int, end: int) -> int:
        """Where the cells end that are written at once: of one look, and their place is sure.

        Of disputed characters only a row of the same one is: the next would not stand beside it.
        """
        first = row[x]
        assert first is not None
        odd, last, stop = self._odd(row, x), first[0], x + 1
        while stop < end and (cell := row[stop]) is not None and cell[1] is first[1]:
            other = cell[0] not in ("", last) and self._disputed[last]
            if other or self._odd(row, stop) != odd:
                break
            last = cell[0] or last
            stop += 1
        return stop

    def _odd(self, row: Row, x: int) -> bool:
        """Whether the cell belongs to a character whose cells terminals do not agree on."""
        cell, following = row[x], row[x + 1] if x + 1 < len(row) else None
        disputed = cell is not None and self._disputed[cell[0]]
        return disputed or (following is not None and not following[0])


def erases_in_colour(env: Mapping[str, str]) -> bool:
    """Whether the terminal fills what it erases with the background that is set: screen does not.

    See ``bce`` in terminfo(5).
    """
    return not (env.get("TERM", "").startswith(("screen", "vt", "dumb")) or "STY" in env)
