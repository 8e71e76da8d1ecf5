"""A question that takes many calls: which ones, and what to do with each answer."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from tui.model import Problem

BACKGROUND = "background"  # the lane that waits out a rate limit, and leaves room for a key press


class Step(NamedTuple):
    """One call to make."""

    kind: str
    name: str  # namespace or repo id, in its own letter case, as the Hub compares
    path: str | None = None  # of a list's next page; None: from the beginning


class CallPlan(Protocol):
    """What is to be found out, and by which calls."""

    def steps(self) -> Iterable[Step]:
        """The calls known to be needed and not made, in the order to make them."""
        ...

    def estimate(self) -> int:
        """How many calls are left, at least."""
        ...

    async def make(self, step: Step, lane: str) -> None:
        """Make one call and file its answer. Raises the Hub's Problems."""
        ...

    def refuse(self, step: Step, problem: Problem) -> None:
        """File that a call gave a Problem, so that ``steps`` does not name it again."""
        ...
