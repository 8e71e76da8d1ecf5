"""Where the reader has been: levels to go up, and a history to go back and forward in."""

from collections.abc import Hashable
from typing import NamedTuple


class Place(NamedTuple):
    """One screen. ``level`` 0 is a view of its own; a card opened from it is at 1."""

    view: str
    what: Hashable = None  # a Query, a (kind, repo id), ...
    level: int = 0


class Trail:
    """The places in the order they were visited, and which of them is in sight."""

    def __init__(self, first: Place) -> None:
        self.places = [first]
        self.at = 0
        self._before = 0

    @property
    def here(self) -> Place:
        """The place in sight."""
        return self.places[self.at]

    def visit(self, place: Place) -> None:
        """Go to a new place; what lay forward is forgotten."""
        if place == self.here:
            return
        del self.places[self.at + 1 :]
        self.places.append(place)
        self._go(len(self.places) - 1)

    def step(self, by: int) -> bool:
        """Go back (-1) or forward (1); False where there is nothing that way."""
        if not 0 <= self.at + by < len(self.places):
            return False
        self._go(self.at + by)
        return True

    def last(self) -> bool:
        """Go to the place that was in sight before; False where there was none."""
        if self._before == self.at or self._before >= len(self.places):
            return False
        self._go(self._before)
        return True

    def up(self, root: Place) -> bool:
        """Go to the nearest earlier place of a lower level, else to ``root``; False at a root."""
        level = self.here.level
        if level == 0:
            return False
        for index in range(self.at - 1, -1, -1):
            if self.places[index].level < level:
                self._go(index)
                return True
        self.visit(root)
        return True

    def _go(self, index: int) -> None:
        self._before, self.at = self.at, index
