"""A frame that stands on the terminal already, read back into cells."""

import re

from tui.widgets.looks import PLAIN, Cell, Look, Reader, worn

_CODE = re.compile(r"\x1b\[([\d;]*)([A-Za-z])|(\r\n)|\x1b")


def cells_of(frame: str, columns: int, lines: int, reader: Reader) -> list[list[Cell]] | None:
    """The cells after ``frame`` was written to an empty terminal of this size.

    Only what ``Sent`` writes is understood; None where there is anything else.
    """
    replay = _Replay(columns, lines, reader)
    begun = 0
    for code in _CODE.finditer(frame):
        replay.write(frame[begun : code.start()])
        begun = code.end()
        if code[3]:
            replay.x, replay.y = 0, replay.y + 1
        elif not replay.obey(code[1] or "", code[2] or ""):
            return None
    replay.write(frame[begun:])
    if replay.lost or any(len(row) != columns for row in replay.rows):
        return None
    return replay.rows


class _Replay:
    """A terminal of which only the cells count."""

    def __init__(self, columns: int, lines: int, reader: Reader) -> None:
        self._reader = reader
        self.rows: list[list[Cell]] = [[(" ", PLAIN)] * columns for _ in range(lines)]
        self.x = self.y = 0
        self.look = PLAIN
        self.lost = False

    def write(self, text: str) -> None:
        """Take a text in the look that is worn."""
        if text:
            self._put(self._reader.spelled(text, self.look))
            self.x += len(self._reader.spelled(text, self.look))

    def obey(self, numbers: str, name: str) -> bool:
        """Take a code; False where it is not known."""
        if name == "m":
            look = worn(self.look, numbers)
            self.look = look or self.look
            return look is not None
        first, _, second = numbers.partition(";")
        count = int(first or 1)
        if name == "H":
            self.y, self.x = count - 1, int(second or 1) - 1
        elif name == "C":
            self.x += count
        elif name in ("X", "K"):
            rest = len(self.rows[0]) - self.x
            blank = self._reader.spelled(" ", Look(0, "", self.look.back))
            self._put(blank * (count if name == "X" else rest))
        return name in ("H", "C", "X", "K")

    def _put(self, cells: list[Cell]) -> None:
        if self.y >= len(self.rows):
            self.lost = True
        else:
            self.rows[self.y][self.x : self.x + len(cells)] = cells
