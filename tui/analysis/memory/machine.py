"""A machine's memory, read from what its system and its drivers' tools print. Sizes in bytes."""

import re
from typing import NamedTuple

from tui.model import late

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}
_BINARY = {"k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_SIZE = late.pattern(r"([0-9]+(?:\.[0-9]+)?)\s*([kmgt]?)(i?)b?", re.IGNORECASE)


class Card(NamedTuple):
    """One graphics card: its name and its memory."""

    name: str
    memory: int


class Machine(NamedTuple):
    """What a model can be loaded into. None is what could not be found out.

    ``shared``: graphics and system use the same memory, as on Apple's chips. ``configured`` is
    the size that the reader's own settings name; it overrides what the system's tools print.
    """

    memory: int | None = None
    cards: tuple[Card, ...] = ()
    shared: bool = False
    configured: int | None = None
    source: str = ""  # which tools told it

    @property
    def room(self) -> int | None:
        """Bytes that weights and cache may take: the settings', else all cards', else memory."""
        if self.configured is not None:
            return self.configured
        return sum(card.memory for card in self.cards) or self.memory


def size(text: str) -> int | None:
    """Bytes in ``24gb``, ``24GiB``, ``24g``, ``800 MB``; None where it names no size.

    GB are 10**9 and GiB 2**30 bytes, as sizes of files and of cards are told.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        return None
    number, unit, binary = float(match[1]), match[2].lower(), match[3]
    scale = _BINARY.get(unit, 1) if binary else _UNITS[unit]
    bytes_ = round(number * scale)
    return bytes_ if 0 < bytes_ < 2**60 else None


def meminfo(text: str) -> int | None:
    """Bytes of memory in Linux's /proc/meminfo."""
    match = re.search(r"^MemTotal:\s+(\d+) kB", text, re.MULTILINE)
    return int(match[1]) * 1024 if match else None


def nvidia(text: str) -> tuple[Card, ...]:
    """Cards in ``nvidia-smi --query-gpu=name,memory.total --format=csv,noheader,nounits``."""
    lines = re.finditer(r"^(.+),\s*(\d+)\s*$", text, re.MULTILINE)
    return tuple(Card(line[1].strip(), int(line[2]) * 2**20) for line in lines)


def rocm(text: str) -> tuple[Card, ...]:
    """Cards in ``rocm-smi --showproductname --showmeminfo vram --json``."""
    import json

    try:
        cards = json.loads(text)
        return tuple(
            Card(str(card.get("Card series") or card.get("Card Series") or name), total)
            for name, card in sorted(cards.items())
            if (total := int(card.get("VRAM Total Memory (B)", 0))) > 0
        )
    except (ValueError, TypeError, AttributeError):
        return ()


def apple(text: str) -> str | None:
    """The chip in ``system_profiler SPDisplaysDataType``, which shares the system's memory."""
    match = re.search(r"Chipset Model:\s*(Apple .+)", text)
    return match[1].strip() if match else None
