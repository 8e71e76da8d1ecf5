"""What a long list costs: memory with it at hand and after a search over it, a letter of typing.

Run it by hand: ``python -m tests.bench.bench_rows [ROWS ...]``; 100,000 rows take some minutes.
Memory is resident, times a bare app of the same toolkit in the same run; a letter is processor
time, whatever else the machine does.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.bench_app import APP, BARE, PAGE, Screen, environment, held, repo
from tests.loopback import LoopbackHub, World
from tui.model import Query
from tui.store.paths import home
from tui.store.store import Store

REST = 1.0  # seconds without a byte after which nothing more is expected
WORDS = ("qwen", "model-0", "zzz", "meta 12")
_ENDS = "the stored rows end here"
_BOX = "ords, task:text-generation"  # the first letter is under the cursor
_TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds


class Measured(NamedTuple):
    """Lines and their figures."""

    memory: list[tuple[str, float]]  # resident, as a multiple of a bare app's
    typing: list[tuple[str, float]]  # milliseconds of processor time a letter, with its frame


def measured(rows: int, words: Sequence[str] = WORDS) -> Measured:
    """What a list of so many rows takes at hand, while it is searched by words, and after it."""
    with _played(rows) as (app, floor):
        memory = [(f"memory, {rows:,} rows at hand", app.resident() / floor)]
        taken = _search(app, words[0])
        memory.append((f"memory after a search over {rows:,} rows", app.resident() / floor))
        app.press("\x1b")
        app.settle(REST)
        memory.append((f"memory, that box closed, {rows:,} rows", app.resident() / floor))
        taken += [letter for word in words[1:] for letter in _search(app, word)]
    typing = [
        (f"a letter over {rows:,} rows, half take at most", median(taken)),
        (f"a letter over {rows:,} rows, the slowest", max(taken)),
    ]
    return Measured(memory, typing)


def _search(app: Screen, word: str) -> list[float]:
    """Milliseconds of each letter of a word typed into a box that knows all rows."""
    app.press("\x1b")
    app.settle(REST)
    app.written.clear()
    app.press("/")
    app.until(_BOX)
    app.settle(3 * REST)
    taken = []
    for letter in word:
        before = _busy(app)
        app.press(letter, REST / 2)
        taken.append(_busy(app) - before)
    return taken


def _busy(app: Screen) -> float:
    """Milliseconds of processor time that the app has taken."""
    told = Path(f"/proc/{app.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) * _TICK


@contextmanager
def _played(rows: int) -> Iterator[tuple[Screen, float]]:
    """An app that has read a list of so many stored rows to its end; MiB of a bare one."""
    with tempfile.TemporaryDirectory() as folder, LoopbackHub(World()) as hub:
        held(hub)
        env = environment(folder, hub.url)
        _fill(folder, hub.url, rows)
        bare = Screen([sys.executable, "-c", BARE], env)
        bare.until("ready")
        bare.settle(REST)
        floor = bare.resident()
        bare.end()
        app = Screen([*APP, "--offline"], env)
        app.until("Model-00000")
        app.settle(REST)
        _read_on(app, rows)
        try:
            yield app, floor
        finally:
            app.end()


def _read_on(app: Screen, rows: int) -> None:
    end = time.monotonic() + 30 + rows / 50
    while rows > 100 and _ENDS.encode() not in app.written:
        app.written[:-4000] = b""
        app.press("G", 0.02)
        if time.monotonic() > end:
            sys.exit(f"{rows} rows take too long; the end: {bytes(app.written[-500:])!r}")
    app.settle(REST)


def _fill(folder: str, endpoint: str, rows: int) -> None:
    at, key = time.time() - 3600, Query().key
    size = min(PAGE, rows)
    with Store.open(
        home({"HUBSCOPE_HOME": f"{folder}/home"}), endpoint, sync=True, cap_bytes=1 << 40
    ) as store:
        for page, first in enumerate(range(0, rows, size)):
            made = [
                repo(number)._replace(trending_score=float(rows - number))
                for number in range(first, first + size)
            ]
            store.cache.put_list(key, "model", "", page, made, f"/page/{page + 1}", at)
        store.library.put_session("last", {"theme": "dark"})


def main() -> None:
    """Measure each number of rows."""
    for rows in [int(one) for one in sys.argv[1:]] or [100, 10_000]:
        memory, typing = measured(rows)
        for name, ratio in memory:
            print(f"{name:<50}{ratio:8.2f} x bare", flush=True)
        for name, ms in typing:
            print(f"{name:<50}{ms:8.0f} ms", flush=True)


if __name__ == "__main__":
    main()
