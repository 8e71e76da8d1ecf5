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
    """The box after the key. ``text`` is for the lower line; ``wanted``: a field to ask for."""

    value: str
    cursor: int
    text: str
    wanted: str = ""


class _Round(NamedTuple):
    """The choices that the key goes round in, and the box as it left it."""

    completion: Completion
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
            values_of: dict[str, Sequence[str]] = dict(ask.told(self._sources))
            fetched = ((field, self._came.get(type_, ())) for field, type_ in ask.TYPES.items())
            values_of.update((field, values) for field, values in fetched if values)
            if self._kind == "model":
                values_of["task"] = tuple(dict.fromkeys((*values_of.get("task", ()), *TASKS)))
            self._vocabulary = Vocabulary(self._sources.registry, self._rows, self._kind, values_of)
        return self._vocabulary

    def press(self, value: str, cursor: int, step: int, cells: int) -> Completed | None:
        """What the key makes of the box; None where nothing can be completed."""
        before = self._round
        if before is not None and before.value == value and len(before.completion.choices) > 1:
            return self._turn(before, step, cells)
        completion = complete(value, cursor, self.words)
        wanted = completion.field if self._lacks(completion.field) else ""
        if not completion.choices:
            self._round = None
            text = (
                f"{completion.field}: is written like {completion.form}" if completion.form else ""
            )
            return Completed(value, cursor, text, wanted) if text or wanted else None
        head, tail = value[: completion.start], value[completion.end :]
        typed = value[completion.start : completion.end]
        whole = len(completion.choices) == 1
        put = completion.common if whole or len(completion.common) > len(typed) else typed
        self._round = _Round(completion, head, tail, head + put + tail, None)
        text = "" if whole else line(completion.choices, None, cells)
        return Completed(head + put + tail, len(head + put), text, wanted)

    async def fetch(self, field: str) -> bool:
        """Ask the Hub for a field's values, once; whether any came."""
        self._came[ask.TYPES[field]] = ()
        self._came[ask.TYPES[field]] = values = await ask.fetch(self._sources, field)
        if values:
            self._vocabulary = self._round = None
        return bool(values)

    def _turn(self, before: _Round, step: int, cells: int) -> Completed:
        choices = before.completion.choices
        first = 0 if step > 0 else len(choices) - 1
        at = first if before.at is None else (before.at + step) % len(choices)
        head = before.head + choices[at]
        self._round = before._replace(value=head + before.tail, at=at)
        return Completed(head + before.tail, len(head), line(choices, at, cells))

    def _lacks(self, field: str) -> bool:
        asked = ask.TYPES.get(field) in self._came
        return not asked and ask.lacking(self._sources, field, self._kind)
