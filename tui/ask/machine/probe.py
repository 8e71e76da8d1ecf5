"""Asking this machine what memory it has; remembered for a day, since drivers answer slowly."""

import os
import sys
from contextlib import suppress
from typing import Any

from tui.analysis.memory.machine import Card, Machine, apple, meminfo, nvidia, rocm
from tui.ask.sources import Sources
from tui.model import View

_SESSION = "machine"
_DAY = 86_400.0
_LIMIT = 1.0  # seconds for one tool
_NVIDIA = ("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits")
_ROCM = ("rocm-smi", "--showproductname", "--showmeminfo", "vram", "--json")
_APPLE = ("system_profiler", "SPDisplaysDataType")


def peek(sources: Sources, *, again: bool = False) -> View[Machine]:
    """A view whose one row is the Machine; the settings' memory overrides what was found.

    Runs the drivers' tools, a second at most for each, where nothing of today is remembered or
    ``again`` is asked for: not to be called on the event loop then.
    """
    now = sources.now()
    probed = None if again else _remembered(sources, now)
    if probed is None:
        probed = now, found()
        sources.store.library.put_session(_SESSION, _written(*probed))
    sources.machine = probed
    at, machine = probed
    return View(rows=(machine._replace(configured=sources.memory),), source="cache", as_of=at)


def room(sources: Sources) -> int | None:
    """Bytes that a model may take here: the settings', or what was found today. Runs no tool."""
    if sources.memory is not None:
        return sources.memory
    probed = sources.machine or _remembered(sources, sources.now())
    return None if probed is None else probed[1].room


def found() -> Machine:
    """What the system and the drivers' tools say now."""
    memory = _memory()
    if cards := nvidia(_told(_NVIDIA)):
        return Machine(memory, cards, source="nvidia-smi")
    if cards := rocm(_told(_ROCM)):
        return Machine(memory, cards, source="rocm-smi")
    if sys.platform == "darwin" and (chip := apple(_told(_APPLE))) and memory:
        return Machine(memory, (Card(chip, memory),), shared=True, source="system_profiler")
    return Machine(memory, source="the system")


def _memory() -> int | None:
    with suppress(OSError), open("/proc/meminfo", encoding="ascii", errors="replace") as file:
        return meminfo(file.read(4096))
    with suppress(ValueError, OSError, AttributeError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None


def _told(command: tuple[str, ...]) -> str:
    """What a tool prints; "" where there is none, where it fails or takes over a second."""
    import subprocess

    try:
        run = subprocess.run(
            command,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_LIMIT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.decode("utf-8", "replace")


def _remembered(sources: Sources, now: float) -> tuple[float, Machine] | None:
    stored: Any = sources.store.library.session(_SESSION)
    try:
        at = float(stored["at"])
        if not 0 <= now - at < _DAY:
            return None
        cards = tuple(Card(str(name), int(memory)) for name, memory in stored["cards"])
        return at, Machine(
            stored["memory"], cards, bool(stored["shared"]), source=str(stored["source"])
        )
    except (TypeError, KeyError, ValueError):
        return None


def _written(at: float, machine: Machine) -> dict[str, Any]:
    return {
        "at": at,
        "memory": machine.memory,
        "cards": [list(card) for card in machine.cards],
        "shared": machine.shared,
        "source": machine.source,
    }
