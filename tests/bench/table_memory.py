"""Lines of the table: resident memory against a bare app's, and typing where rows are many."""

import sys
import tempfile

from tests.bench.bench_app import APP, BARE, environment, held, warm
from tests.bench.table import LIVE, Effort, Line, Lines, both, opened
from tests.loopback import LoopbackHub, World

CARDS = 100


def cards_opened(env: dict[str, str], effort: Effort) -> Lines:
    """After so many cards were opened and left."""
    floor = bare(env)
    yield Line("a bare Textual app", floor, "MiB")
    count = CARDS // 5 if effort.quick else CARDS
    with opened(APP, env, LIVE) as app:
        for _ in range(count):
            app.press("\r", 0.3)
            app.press("\x1b", 0.2)
            app.press("j", 0.05)
        yield Line(f"{count} cards opened", app.resident() / floor, "x a bare app", 1.6)


def bare(env: dict[str, str]) -> float:
    """MiB of a bare app."""
    with opened([sys.executable, "-c", BARE], env, "ready") as app:
        return app.resident()


def rows(env: dict[str, str], effort: Effort) -> Lines:
    """With all rows of a long list at hand, and after a search in them."""
    floor = bare(env)
    for count in (2_000,) if effort.quick else (10_000, 100_000):
        with tempfile.TemporaryDirectory() as folder, LoopbackHub(World()) as silent:
            held(silent)
            warm(folder, silent.url, count)
            yield from _rows(environment(folder, silent.url), count, floor)


def _rows(env: dict[str, str], count: int, floor: float) -> Lines:
    with opened([*APP, "--offline"], env, "Model-00000") as app:
        while b"the stored rows end here" not in app.written:
            app.press("G")
        yield Line(f"{count:,} rows", app.resident() / floor, "x a bare app", 1.5)
        app.press("/", 1.0)
        taken = [app.press(letter, 0.5).ms for letter in "model-7 gguf"]
        yield from both(f"{count:,} rows, a letter typed", taken, (16, 20))
        yield Line(f"{count:,} rows, searched", app.resident() / floor, "x a bare app", 1.5)
