"""Lines of the table: resident memory against a bare app's, and typing where rows are many."""

import sys

from tests.bench.bench_app import APP, BARE
from tests.bench.bench_rows import WORDS, measured
from tests.bench.table import AWAKE, LIVE, Effort, Line, Lines, opened

CARDS = 100


def cards_opened(env: dict[str, str], effort: Effort) -> Lines:
    """After so many cards were opened and left."""
    floor = bare(env)
    yield Line("a bare Textual app", floor, "MiB")
    count = CARDS // 10 if effort.quick else CARDS
    with opened(APP, env, LIVE, quiet=AWAKE) as app:
        for _ in range(count):
            app.press("\r", 0.3)
            app.press("\x1b", 0.2)
            app.press("j", 0.05)
        yield Line(f"{count} cards opened", app.resident() / floor, "x a bare app", 1.6)


def bare(env: dict[str, str]) -> float:
    """MiB of a bare app."""
    with opened([sys.executable, "-c", BARE], env, "ready") as app:
        return app.resident()


def rows(_: dict[str, str], effort: Effort) -> Lines:
    """With all rows of a long list at hand and after a search in them; and typing there."""
    for count in (2_000,) if effort.quick else (10_000, 100_000):
        memory, typing = measured(count, WORDS[:1] if effort.quick else WORDS)
        for what, times in memory:
            yield Line(what, times, "x a bare app", 1.5)
        for what, ms in typing:
            yield Line(what, ms, "ms of processor", 16)
