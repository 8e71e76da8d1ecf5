"""When a view is worth making again: answers come fast, and making a view may take a second."""

import time

_BREATH = 10.0


class Throttle:
    """Lets making take at most a tenth of the time."""

    __slots__ = ("_begun", "_next")

    def __init__(self) -> None:
        self._begun = self._next = time.monotonic()

    def due(self) -> bool:
        """Say whether the last making was long enough ago; a making begins now if so."""
        self._begun = time.monotonic()
        return self._begun >= self._next

    def took(self) -> None:
        """The making that ``due`` began is over."""
        now = time.monotonic()
        self._next = now + _BREATH * (now - self._begun)
