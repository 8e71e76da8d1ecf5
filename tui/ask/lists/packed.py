"""Many small entries, packed a hundred at a time: some twenty bytes for what finds a row again."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tui.model.packing import pack, unpack

LEAF = 100  # entries packed together


class Packed:
    """Entries of JSON values by their place. It never changes: ``plus`` makes a longer one."""

    __slots__ = ("_last", "_leaves")

    def __init__(self, entries: Iterable[Any] = ()) -> None:
        self._leaves: tuple[bytes, ...] = ()
        self._last: tuple[Any, ...] = ()  # fewer than fill a leaf
        self._take(entries)

    def plus(self, entries: Iterable[Any]) -> "Packed":
        """The same with more entries behind."""
        more = Packed()
        more._leaves, more._last = self._leaves, self._last
        more._take(entries)
        return more

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._leaves) * LEAF + len(self._last)

    def part(self, first: int, count: int) -> list[Any]:
        """The entries from a place on, at most ``count``."""
        return self.picked(range(first, min(first + count, self.total)))

    def picked(self, places: Sequence[int]) -> list[Any]:
        """The entries at these places; each leaf is unpacked once."""
        open_leaves = {at: self._leaf(at) for at in {place // LEAF for place in places}}
        return [open_leaves[place // LEAF][place % LEAF] for place in places]

    def each(self) -> Iterator[Any]:
        """All entries; a leaf at a time is unpacked."""
        for at in range(len(self._leaves) + 1):
            yield from self._leaf(at)

    def _leaf(self, at: int) -> Sequence[Any]:
        if at == len(self._leaves):
            return self._last
        leaf: list[Any] = json.loads(unpack(self._leaves[at]))
        return leaf

    def _take(self, entries: Iterable[Any]) -> None:
        waiting = [*self._last, *entries]
        whole = len(waiting) // LEAF * LEAF
        packed = (_pack(waiting[at : at + LEAF]) for at in range(0, whole, LEAF))
        self._leaves, self._last = (*self._leaves, *packed), tuple(waiting[whole:])


def _pack(entries: list[Any]) -> bytes:
    return pack(json.dumps(entries, separators=(",", ":")))
