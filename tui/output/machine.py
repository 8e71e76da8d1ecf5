"""What memory this machine has for a model."""

from collections.abc import Iterator
from typing import Any, Protocol

from tui.model import View
from tui.output import json
from tui.output.forms import Context, Output
from tui.render.cells import size


class Card(Protocol):
    """A graphics card."""

    @property
    def name(self) -> str:
        """What its driver calls it."""

    @property
    def memory(self) -> int:
        """Bytes."""


class Machine(Protocol):
    """Memory and graphics cards of this machine in bytes, as the ask hands it out."""

    memory: int | None
    cards: tuple[Card, ...]
    shared: bool
    configured: int | None
    source: str

    @property
    def room(self) -> int | None:
        """Bytes that weights and cache may take."""


def output(view: View[Any], context: Context) -> Output:
    """The machine in ``view``."""
    machine: Machine = view.rows[0]
    cards = [{"name": card.name, "memory": card.memory} for card in machine.cards]
    body = {
        "memory": machine.memory,
        "cards": cards,
        "shared": machine.shared,
        "configured": machine.configured,
        "room": machine.room,
        "found_by": machine.source,
    }
    rows = [("memory", machine.memory)]
    rows += [(f"card {card.name}", card.memory) for card in machine.cards]
    rows += [("configured", machine.configured), ("room", machine.room)]
    return Output(
        body=json.envelope(context, view, {"machine": body}),
        heads=("what", "bytes"),
        rows=rows,
        text=_text(machine),
        ids=[str(machine.room or "")],
    )


def _text(machine: Machine) -> Iterator[str]:
    yield f"memory      {size(machine.memory)}"
    for card in machine.cards:
        shared = " (shares the memory)" if machine.shared else ""
        yield f"graphics    {size(card.memory)}  {card.name}{shared}"
    if not machine.cards:
        yield "graphics    none that nvidia-smi, rocm-smi or system_profiler tells of"
    if machine.configured is not None:
        yield f"configured  {size(machine.configured)}  (memory in config.toml; this counts)"
    yield f"a model may take {size(machine.room)}; found by {machine.source}"
