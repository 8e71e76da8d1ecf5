"""The lines of the bench's table, and what they are measured on."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from tests.bench.bench_app import APP
from tests.bench.bench_card import card
from tests.bench.watched import Watched
from tests.loopback import World, default_world

SIZES = ((80, 24), (120, 36), (200, 60))
SETTLED = 1.2  # seconds without a byte after which a start or a rest is over
AWAKE = 0.3  # the same where only what comes next is measured
LONG_CARD, LIVE = "acme/long", "live"  # the first row, and what the rows' line says of them
_NAME = 50  # cells of what is measured


class Effort(NamedTuple):
    """How much is measured: ``rounds`` of a start, ``keys`` of a move; ``quick`` is for CI."""

    rounds: int
    keys: int
    quick: bool


WHOLE, QUICK = Effort(9, 40, False), Effort(1, 8, True)


class Line(NamedTuple):
    """One line of the table. Without a goal it is there to compare with."""

    what: str
    value: float
    unit: str
    goal: float | None = None

    def text(self) -> str:
        """The line, with whether its goal is met."""
        small = self.unit.startswith("x ") or (self.unit == "ms" and self.value < 10)
        figure = f"{self.value:12.2f}" if small else f"{self.value:12,.0f}"
        line = f"{self.what:<{_NAME}}{figure} {self.unit:<18}"
        if self.goal is None:
            return line.rstrip()
        verdict = "met" if self.value <= self.goal else "missed"
        return f"{line} goal {self.goal:<7,g} {verdict}"


class Missing(NamedTuple):
    """A line that cannot be measured here, and why."""

    what: str
    why: str

    def text(self) -> str:
        """The line, without a figure."""
        return f"{self.what:<{_NAME}}{'·':>12} {self.why}"


Lines = Iterator[Line | Missing]


def world() -> World:
    """A Hub with a hundred long cards."""
    made = default_world()
    made.model(LONG_CARD, readme=card(50_000), trendingScore=9999, downloads=5)
    for number in range(110):
        made.model(
            f"acme/Made-{number:03}-7B-Instruct",
            task="text-generation",
            license="apache-2.0",
            params={"BF16": 7_000_000_000},
            trendingScore=50 - number / 10,
            downloads=1000 * number,
            readme=card(9000),
        )
    for size in LONG_CARDS:
        made.model(f"acme/card-{size}", readme=card(size))
    return made


LONG_CARDS = (500_000, 5_000_000)  # characters of the longest cards


@contextmanager
def opened(
    command: Sequence[str],
    env: dict[str, str],
    until: str,
    size: tuple[int, int] = SIZES[0],
    quiet: float = SETTLED,
) -> Iterator[Watched]:
    """A process on a terminal, once nothing has come for ``quiet`` seconds."""
    screen = Watched(command, env, size)
    screen.until(until)
    screen.settle(quiet)
    try:
        yield screen
    finally:
        screen.end()


def leave_frame(env: dict[str, str], size: tuple[int, int]) -> None:
    """Open and leave the app, so that its last frame is kept for this size."""
    app = Watched(APP, env, size)
    app.until(LIVE)
    app.press("q", 5.0)  # until it has ended
    app.end()


def named(size: tuple[int, int]) -> str:
    """A size as people write it."""
    return f"{size[0]}x{size[1]}"


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def high(taken: Sequence[float]) -> float:
    """The 99th of a hundred; of fewer, the highest."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def both(what: str, taken: Sequence[float], goals: tuple[float, float]) -> Lines:
    """The lines of p50 and p99 of milliseconds."""
    yield Line(f"{what}, p50", statistics.median(taken), "ms", goals[0])
    yield Line(f"{what}, p99", high(taken), "ms", goals[1])
