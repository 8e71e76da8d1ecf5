"""What hubscope costs, against others in the same turns: ``python -m tests.bench [--quick]``.

Bytes and counts are the same everywhere; of times only the ratios mean anything elsewhere. Peers
that are not installed are left out. ``--quick`` makes fewer rounds, for information.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import textual

from tests.bench.bench_app import (
    APP,
    BARE,
    CHECKOUT,
    Screen,
    compiled,
    environment,
    held,
    many,
    middle,
    warm,
)
from tests.bench.bench_card import BASE, card
from tests.bench.bench_start import HF, milliseconds
from tests.loopback import LoopbackHub, World, default_world, faults
from tui.render.card import LongCard

SIZES = ((80, 24), (120, 36), (200, 60))
SETTLED = 2.0  # seconds without a byte after which a start or a rest is over
TABLE = (
    "from textual.app import App; from textual.widgets import DataTable\n"
    "class Table(App):\n"
    "    def compose(self): yield DataTable(cursor_type='row')\n"
    "    def on_mount(self):\n"
    "        table = self.query_one(DataTable); table.add_columns(*'abcdefgh')\n"
    "        for n in range(1000): table.add_row(f'row-{n:05}', *map(str, range(7)))\n"
    "Table().run()"
)
TRENDING, RESTS = "acme/long", "live"


class Line(NamedTuple):
    """One line of the table. A goal of 0 is none."""

    what: str
    value: float
    unit: str
    goal: float = 0.0

    def text(self) -> str:
        """The line, with whether its goal is met."""
        figure = f"{self.value:10.2f}" if self.unit.startswith("x") else f"{self.value:10,.0f}"
        if not self.goal:
            return f"{self.what:<44}{figure} {self.unit}"
        verdict = "met" if self.value <= self.goal else "missed"
        return f"{self.what:<44}{figure} {self.unit:<22} goal {self.goal:<9,g} {verdict}"


def world() -> World:
    """A Hub with a hundred long cards."""
    made = default_world()
    made.model(TRENDING, readme=card(50_000), trendingScore=9999, downloads=5)
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
    return made


@contextmanager
def opened(
    command: list[str], env: dict[str, str], until: str, size: tuple[int, int]
) -> Iterator[Screen]:
    """A process on a terminal, settled."""
    screen = Screen(command, env, size)
    screen.until(until)
    screen.settle(SETTLED)
    try:
        yield screen
    finally:
        screen.end()


def starts(env: dict[str, str], rounds: int) -> Iterator[Line]:
    """First frames, bare apps and ours in turns, and the bytes of a start."""
    entry = [sys.executable, "-c", "from tui.start import entry; entry()"]
    taken: dict[str, list[float]] = {"bare": [], "last": [], "live": []}
    for turn in range(rounds + 1):
        bare = Screen([sys.executable, "-c", BARE], env)
        bare_ms = bare.until("ready")
        bare.end()
        ours = Screen(entry, env)
        last_ms, live_ms = ours.until("as you left it"), ours.until(RESTS)
        ours.end()
        if turn:
            for name, ms in zip(taken, (bare_ms, last_ms, live_ms)):
                taken[name].append(ms)
    floor = statistics.median(taken["bare"])
    yield Line("last frame", statistics.median(taken["last"]) / floor, "x bare app", 0.15)
    yield Line("live frame", statistics.median(taken["live"]) / floor, "x bare app")
    for size, goal in zip(SIZES, (8, 14, 25)):
        leave_frame(env, size)
        with opened(entry, env, RESTS, size) as app:
            yield Line(f"start to settled, {named(size)}", len(app.written), "B", goal * 1024)


def leave_frame(env: dict[str, str], size: tuple[int, int]) -> None:
    with opened(APP, env, RESTS, size) as app:
        app.press("q", 1.0)


def named(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def moves(env: dict[str, str]) -> Iterator[Line]:
    """A move in a list, against the toolkit's own table."""
    for size, goal in zip(SIZES, (500, 0, 800)):
        with (
            opened(APP, env, RESTS, size) as app,
            opened([sys.executable, "-c", TABLE], env, "row-00001", size) as table,
        ):
            ours, theirs = [], []
            for _ in range(12):
                theirs += many(table, "\x1b[B", 1)
                ours += many(app, "j", 1)
            yield Line(f"j, {named(size)}", middle(ours), "B", goal)
            slow = statistics.median(burst.ms for burst in theirs)
            quick = statistics.median(burst.ms for burst in ours)
            yield Line(f"j, {named(size)}, key to last byte", quick / slow, "x DataTable")
            if size == (120, 36):
                rest = [app.press("j", SETTLED) for _ in range(4)]
                yield Line("j and the rest after it, 120x36", middle(rest), "B", 6 * 1024)


def views(env: dict[str, str]) -> Iterator[Line]:
    """Opening views, and moving in them, at 80x24."""
    screen = 8 * 1024
    with opened(APP, env, RESTS, (80, 24)) as app:
        yield Line("opening a card of 50 KB", app.press("\r", SETTLED).size, "B", screen)
        yield Line("the open card at rest", app.press("", SETTLED).size, "B", 1)
        yield Line("a line of it", middle(many(app, "j", 8)), "B", 1500)
        yield Line("a page of it", middle(many(app, "\x1b[6~", 4)), "B", 4096)
        yield Line("Files", app.press("]]]", SETTLED).size, "B", 3 * screen)
        app.press("\x1b", 0.5)
        for key, name in (("2", "Families"), ("3", "Claims"), ("4", "Saved")):
            yield Line(name, app.press(key, SETTLED).size, "B", screen)
            if key in "23":
                yield Line(f"{name}, a move", middle(many(app, "j", 6)), "B", 800)
        app.press("2", 1.0)
        app.press("  ", 1.0)
        yield Line("Compare", app.press("c", SETTLED).size, "B", screen)
        yield Line("Compare, a move", middle(many(app, "j", 6)), "B", 800)


def cards() -> Iterator[Line]:
    """Long cards, against the first screen of a short one."""
    floor = timed(lambda: LongCard(card(5000), 80, BASE).render_until(24))

    def ratio(what: str, work: Callable[[], object]) -> Line:
        return Line(what, timed(work) / floor, "x a first screen")

    text = card(50_000)
    yield ratio("50 KB card, first screen", lambda: LongCard(text, 80, BASE).render_until(24))
    document = LongCard(card(500_000), 80, BASE)
    yield ratio("500 KB card, end", lambda: document.end(24))

    def resize() -> None:
        offset = document.offset_of(document.count() // 2)
        document.resize(100)
        document.around(document.line_of(offset), 24, 48)

    yield ratio("500 KB card, resize", resize)
    long = LongCard(card(5_000_000), 80, BASE)
    begin = long.place(0)
    yield ratio("5 MB card, find, a letter", lambda: long.find("s", begin, 1, here=True))
    yield ratio("5 MB card, find, no match", lambda: long.find("zzz", begin, 1, here=True))


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def memory(env: dict[str, str], rows: dict[str, str], quick: bool) -> Iterator[Line]:
    """Resident memory, against a bare app."""
    with opened([sys.executable, "-c", BARE], env, "ready", (80, 24)) as bare:
        floor = bare.resident()
    yield Line("a bare app", floor, "MiB")
    with opened(APP, env, RESTS, (80, 24)) as app:
        count = 20 if quick else 100
        for _ in range(count):
            app.press("\r", 0.3)
            app.press("\x1b", 0.2)
            app.press("j", 0.05)
        yield Line(f"{count} cards opened", app.resident() / floor, "x bare app", 1.6)
    if quick:
        return
    with opened([*APP, "--offline"], rows, "Model-00000", (80, 24)) as app:
        while b"the stored rows end here" not in app.written:
            app.press("G")
        yield Line("10,000 rows", app.resident() / floor, "x bare app", 1.5)
        app.press("/mod", 2.0)
        yield Line("a search over them", app.resident() / floor, "x bare app", 1.5)


def one_shots(env: dict[str, str], rounds: int) -> Iterator[Line]:
    """Whole processes, against ``hf models info`` where there is one."""
    if not os.path.exists(HF):
        return
    ours = [sys.executable, "-m", "tui"]
    cases = {
        "hf": [HF, "models", "info", TRENDING],
        "show --offline": [*ours, "show", TRENDING, "--offline"],
        "saved --json": [*ours, "saved", "--json"],
        "search WORD --offline": [*ours, "search", "made", "--offline", "-q"],
        "trending, asking the Hub": [*ours, "trending", "--json"],
    }
    milliseconds([*ours, "show", TRENDING], env)
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds + 1):
        for name, command in cases.items():
            taken[name].append(milliseconds(command, env))
    floor = statistics.median(taken.pop("hf")[1:])
    for (name, runs), goal in zip(taken.items(), (0.10, 0.15, 0, 0.25)):
        yield Line(name, statistics.median(runs[1:]) / floor, "x hf models info", goal)


def peers(env: dict[str, str]) -> Iterator[Line]:
    """The first frames of other explorers that are installed."""
    for name in ("hf-browser", "llmfit"):
        if command := shutil.which(name):
            bare = Screen([sys.executable, "-c", BARE], env)
            floor = bare.until("ready")
            bare.end()
            other = Screen([command], env)
            begun = time.perf_counter()
            other.settle(1.0)
            yield Line(
                f"{name}, settled", (time.perf_counter() - begun - 1) * 1000 / floor, "x bare"
            )
            other.end()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, for information")
    quick = parser.parse_args().quick
    compiled(CHECKOUT / "tui", *([] if quick else [Path(textual.__file__).parents[1]]))
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}, {versions()}")
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as other,
        LoopbackHub(world()) as hub,
        LoopbackHub(World()) as silent,
    ):
        hub.fault("/api/agent-harnesses", faults.json_text("{}"), times=None)
        held(silent)
        env, rows = environment(folder, hub.url), environment(other, silent.url)
        warm(other, silent.url)
        milliseconds([*APP, "trending"], env)
        leave_frame(env, (80, 24))
        rounds = 2 if quick else 9
        for lines in (
            starts(env, rounds),
            moves(env),
            views(env),
            cards(),
            memory(env, rows, quick),
            one_shots(env, rounds),
            peers(env),
        ):
            for line in lines:
                print(line.text(), flush=True)


def versions() -> str:
    names = ("textual", "rich", "huggingface_hub")
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


if __name__ == "__main__":
    main()
