"""Lines of the table: long cards, in milliseconds and against the first screen of a short one."""

import statistics
from collections.abc import Callable

from tests.bench.bench_app import APP
from tests.bench.bench_card import BASE, card
from tests.bench.table import AWAKE, LIVE, LONG_CARDS, Effort, Line, Lines, opened, seconds
from tui.render.card import LongCard

TURNS = 3


def cards(_: dict[str, str], effort: Effort) -> Lines:
    """What laying out, resizing and searching long cards takes, without a terminal."""
    floor = seconds(lambda: LongCard(card(5000), 80, BASE).render_until(24))

    def line(what: str, work: Callable[[], object], goal: float | None = None) -> Lines:
        taken = statistics.median(seconds(work) for _ in range(1 if effort.quick else TURNS))
        yield Line(what, taken * 1000, "ms", goal)
        yield Line(what, taken / floor, "x a first screen")

    document = LongCard(card(LONG_CARDS[0]), 80, BASE)
    yield from line("card of 500 KB, its end", lambda: document.end(24), 300)
    widths = iter((100, 80) * TURNS)

    def resize() -> None:
        offset = document.offset_of(document.count() // 2)
        document.resize(next(widths))
        document.around(document.line_of(offset), 24, 48)

    yield from line("card of 500 KB, resize", resize, 300)
    long = LongCard(card(LONG_CARDS[1]), 80, BASE)
    begin = long.place(0)
    yield from line(
        "card of 5 MB, find, a letter", lambda: long.find("s", begin, 1, here=True), 100
    )
    yield from line("card of 5 MB, find, none", lambda: long.find("zzz", begin, 1, here=True), 100)


def first_screens(env: dict[str, str], effort: Effort) -> Lines:
    """From the key to the first text of a stored card, the second card of a session."""
    taken = []
    for _ in range(min(effort.rounds, 5)):
        with opened(APP, env, LIVE, quiet=AWAKE) as app:
            for key in ("j", "\r", "\x1b", "g"):  # another card, and back to the first row
                app.press(key, AWAKE)
            taken.append(app.time_to("\r", b"Section 0"))
    yield Line("card of 50 KB, key to its first text", statistics.median(taken), "ms", 30)
