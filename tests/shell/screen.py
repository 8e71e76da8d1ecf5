"""A terminal's screen as text, of which only the lines that changed are read again."""

import pyte
from pyte.screens import wcwidth


class Screen(pyte.Screen):
    """pyte's screen. It marks the lines that change as dirty, and leaves it to others to look."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self._read: dict[int, str] = {}

    @property
    def text(self) -> str:
        """The same lines as ``display`` has."""
        for line in self.dirty:
            self._read[line] = self._line(line)
        self.dirty.clear()
        return "\n".join([self._read[line] for line in range(self.lines)])

    def _line(self, number: int) -> str:
        cells = [self.buffer[number][column].data for column in range(self.columns)]
        if (text := "".join(cells)).isascii():
            return text
        shown, hidden = [], False
        for cell in cells:
            if not hidden:
                shown.append(cell)
            hidden = not hidden and wcwidth(cell[:1]) == 2  # the cell that a wide sign covers
        return "".join(shown)
