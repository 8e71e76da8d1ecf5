"""What is asked of families: the same value for the league table and for a comparison."""

from collections.abc import Sequence
from typing import NamedTuple

from tui.ask.calls.plan import BACKGROUND
from tui.model import Lens


class Question(NamedTuple):
    """Which families, how they are counted, and which calls may be made for it.

    ``keys`` are families and lines of the registry, in the order of the answer's rows; ``tier`` is
    the deepest that is asked for, 0 to 2. ``max_calls``: None is no bound. ``lane`` is a lane of
    the plan of calls. ``refresh``: own lists that are still young are asked for too, and no census
    answers in place of calls.
    """

    keys: Sequence[str]
    lens: Lens = Lens()
    tier: int = 0
    max_calls: int | None = None
    lane: str = BACKGROUND
    refresh: bool = False
