"""Where the reader has been: levels to go up, and a history to go back and forward in."""

from typing import NamedTuple

from tui.places import Place


class Visit(NamedTuple):
    """A place, and how deep it lies: 0 is a view of its own, a card opened from it is at 1."""

    place: Place
    level: int = 0


class Trail:
    """The visits in their order, and which of them is in sight."""

    def __init__(self, first: Visit) -> None:
        self.visits = [first]
        self.at = 0
        self._before = 0

    @property
    def here(self) -> Visit:
        """The place in sight, and its level."""
        return self.visits[self.at]

    def visit(self, there: Visit) -> None:
        """Go to a new place; what lay forward is forgotten."""
        if there == self.here:
            return
        del self.visits[self.at + 1 :]
        self.visits.append(there)
        self._go(len(self.visits) - 1)

    def step(self, by: int) -> bool:
        """Go back (-1) or forward (1); False where there is nothing that way."""
        if not 0 <= self.at + by < len(self.visits):
            return False
        self._go(self.at + by)
        return True

    def last(self) -> bool:
        """Go to the place that was in sight before; False where there was none."""
        if self._before == self.at or self._before >= len(self.visits):
            return False
        self._go(self._before)
        return True

    def up(self, root: Visit) -> bool:
        """Go to the nearest earlier place of a lower level, else to ``root``; False at a root."""
        level = self.here.level
        if level == 0:
            return False
        for index in range(self.at - 1, -1, -1):
            if self.visits[index].level < level:
                self._go(index)
                return True
        self.visit(root)
        return True

    def _go(self, index: int) -> None:
        self._before, self.at = self.at, index
