"""Completion in the search bar: one key puts in what is certain, pressed again it goes round."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.analysis.query.completion import Completion, complete
from tui.analysis.query.vocabulary import Vocabulary
from tui.ask.lists import vocabulary as ask
from tui.ask.sources import Sources
from tui.model import Repo
from tui.render.cells import TASKS
from tui.render.completion import line


class Completed(NamedTuple):
    """The box after the key. ``said`` is for the lower line; ``wanted``: a field to ask for."""

    value: str
    cursor: int
    said: str
    wanted: str = ""


class _Round(NamedTuple):
    """The choices that the key goes round in, and the box as it left it."""

    found: Completion
    head: str
    tail: str
    value: str  # of the box
    at: int | None  # the choice that stands there; None: what all begin with


class Completing:
    """Knows what the key did last; another change of the box begins anew."""

    def __init__(self, sources: Sources, kind: str) -> None:
        self._sources, self._kind = sources, kind
        self._rows: Iterable[Repo] = ()
        self._vocabulary: Vocabulary | None = None
        self._round: _Round | None = None
        self._came: dict[str, tuple[str, ...]] = {}  # by the Hub's type; empty: it has none

    def take(self, rows: Iterable[Repo]) -> None:
        """The rows at hand, whose values can be completed."""
        self._rows, self._vocabulary = rows, None

    @property
    def words(self) -> Vocabulary:
        """What is known at hand; made when it is first asked for."""
        if self._vocabulary is None:
            told: dict[str, Sequence[str]] = dict(ask.told(self._sources))
            came = ((field, self._came.get(type_, ())) for field, type_ in ask.TYPES.items())
            told.update((field, values) for field, values in came if values)
            if self._kind == "model":
                told["task"] = tuple(dict.fromkeys((*told.get("task", ()), *TASKS)))
            self._vocabulary = Vocabulary(self._sources.registry, self._rows, self._kind, told)
        return self._vocabulary

    def press(self, value: str, cursor: int, step: int, cells: int) -> Completed | None:
        """What the key makes of the box; None where nothing can be completed."""
        before = self._round
        if before is not None and before.value == value and len(before.found.choices) > 1:
            return self._turn(before, step, cells)
        found = complete(value, cursor, self.words)
        wanted = found.field if self._lacks(found.field) else ""
        if not found.choices:
            self._round = None
            said = f"{found.field}: is written like {found.form}" if found.form else ""
            return Completed(value, cursor, said, wanted) if said or wanted else None
        head, tail = value[: found.start], value[found.end :]
        typed = value[found.start : found.end]
        whole = len(found.choices) == 1
        put = found.common if whole or len(found.common) > len(typed) else typed
        self._round = _Round(found, head, tail, head + put + tail, None)
        said = "" if whole else line(found.choices, None, cells)
        return Completed(head + put + tail, len(head + put), said, wanted)

    async def fetch(self, field: str) -> bool:
        """Ask the Hub for a field's values, once; whether any came."""
        self._came[ask.TYPES[field]] = ()
        self._came[ask.TYPES[field]] = came = await ask.fetch(self._sources, field)
        if came:
            self._vocabulary = self._round = None
        return bool(came)

    def _turn(self, before: _Round, step: int, cells: int) -> Completed:
        choices = before.found.choices
        first = 0 if step > 0 else len(choices) - 1
        at = first if before.at is None else (before.at + step) % len(choices)
        head = before.head + choices[at]
        self._round = before._replace(value=head + before.tail, at=at)
        return Completed(head + before.tail, len(head), line(choices, at, cells))

    def _lacks(self, field: str) -> bool:
        asked = ask.TYPES.get(field) in self._came
        return not asked and ask.lacking(self._sources, field, self._kind)
