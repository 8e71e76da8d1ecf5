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
    """What was found, as the ask hands it out."""

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
    found: Machine = view.rows[0]
    cards = [{"name": card.name, "memory": card.memory} for card in found.cards]
    body = {
        "memory": found.memory,
        "cards": cards,
        "shared": found.shared,
        "configured": found.configured,
        "room": found.room,
        "found_by": found.source,
    }
    rows = [("memory", found.memory)]
    rows += [(f"card {card.name}", card.memory) for card in found.cards]
    rows += [("configured", found.configured), ("room", found.room)]
    return Output(
        body=json.envelope(context, view, {"machine": body}),
        heads=("what", "bytes"),
        rows=rows,
        text=_text(found),
        ids=[str(found.room or "")],
    )


def _text(found: Machine) -> Iterator[str]:
    yield f"memory      {size(found.memory)}"
    for card in found.cards:
        shared = " (shares the memory)" if found.shared else ""
        yield f"graphics    {size(card.memory)}  {card.name}{shared}"
    if not found.cards:
        yield "graphics    none that nvidia-smi, rocm-smi or system_profiler tells of"
    if found.configured is not None:
        yield f"configured  {size(found.configured)}  (memory in config.toml; this counts)"
    yield f"a model may take {size(found.room)}; found by {found.source}"
