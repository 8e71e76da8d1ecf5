"""Lines of the table: keys pressed while a long question is on its way.

The Hub is a process of its own: ``python -m tests.bench.table_load DERIVATIVES NEW`` serves it and
prints how many requests it has had.
"""

import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.bench_app import CHECKOUT, PATIENCE, environment
from tests.bench.table import Effort, Lines, both
from tests.loopback import LoopbackHub, default_world
from tests.shell.test_pty import Terminal

PAGE = 1000  # rows of a page of the Hub
ROOT = "Qwen/Qwen3-8B"
DAYS = 30  # of the window
PAUSE = 0.05  # seconds between two keys
OVER = 2.0  # seconds without a request after which a question has its answer
GOALS = (20.0, 20.0)


class Load:
    """A Hub of many rows in another process, and how many requests it has had."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout
        self._out = process.stdout
        self.url = self._out.readline().decode().strip()
        self.requests = 0
        self.changed = time.monotonic()

    def look(self) -> int:
        """The requests until now."""
        while select.select([self._out], [], [], 0)[0]:
            self.requests = int(self._out.readline())
            self.changed = time.monotonic()
        return self.requests

    def is_over(self, since: int, least: int) -> bool:
        """Whether at least so many requests have come since, and no more come."""
        return self.look() - since >= least and time.monotonic() - self.changed > OVER


@contextmanager
def hub(derivatives: int, new: int) -> Iterator[Load]:
    """Serve that many derivatives of one root, and that many rows created of late."""
    command = [sys.executable, "-m", "tests.bench.table_load", str(derivatives), str(new)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT) as process:
        try:
            yield Load(process)
        finally:
            process.terminate()


def serve(derivatives: int, new: int) -> None:
    """Serve the Hub until it is stopped."""
    world, now = default_world(), datetime.now(UTC)
    for number in range(derivatives):
        relation = ("finetune", "adapter", "quantized")[number % 3]
        world.model(
            f"user{number % 900}/derived-{number:05}", base=(relation, [ROOT]),
            task="text-generation", downloads=number,
            createdAt=_when(now - timedelta(days=DAYS + 5, minutes=number)),
        )  # fmt: skip
    for number in range(new):
        at = now - timedelta(days=DAYS + 1) * ((number + 1) / new)
        base = ("finetune", [ROOT]) if number % 3 else None
        world.model(f"user{number % 700}/new-{number:05}", base=base, createdAt=_when(at))
    with LoopbackHub(world) as served:
        sys.stdout.write(f"{served.url}\n")
        had = -1
        while True:
            if had != len(served.requests):
                had = len(served.requests)
                sys.stdout.write(f"{had}\n")
            sys.stdout.flush()
            time.sleep(0.02)


def _when(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def load(_: dict[str, str], effort: Effort) -> Lines:
    """Keys to their frames while derivatives are counted, and while a window is fetched."""
    derivatives, pages = (5_000, 3) if effort.quick else (50_000, 23)
    with tempfile.TemporaryDirectory() as folder, hub(derivatives, pages * PAGE) as many:
        command = f"exec {sys.executable} -m tui"
        app = Terminal(Path(folder), command=command, **environment(folder, many.url))
        try:
            app.until(lambda text: "live" in text, PATIENCE)
            app.press("2")
            app.until(lambda text: "by family" in text and "live" in text, PATIENCE)
            _menu(app, "fetch tier 2", "j\r")
            taken = _keys(app, many, derivatives // PAGE)
            yield from both(f"keys while {derivatives:,} derivatives are counted", taken, GOALS)
            app.press("3")
            app.until(lambda text: "63 % of new finetunes" in text, PATIENCE)
            app.press("jj")
            _menu(app, "fetch tier", "\r")
            taken = _keys(app, many, pages)
            yield from both(f"keys while a window of {pages} pages comes", taken, GOALS)
        finally:
            app.process.close(force=True)


def _menu(app: Terminal, words: str, keys: str) -> None:
    """Ask for more, and choose from what is offered."""
    app.press("+")
    app.until(lambda text: words in text and "⏎ choose" in text, PATIENCE)
    app.press(keys)
    app.until(lambda text: "⏎ choose" not in text, PATIENCE)


def _keys(app: Terminal, many: Load, least: int) -> list[float]:
    """Milliseconds of keys down and up, until the Hub has answered at least so many requests."""
    since, taken = many.look(), []
    while not many.is_over(since, least):
        taken += [_to_frame(app, key) for key in "jk"]
    return taken


def _to_frame(app: Terminal, key: str) -> float:
    """Milliseconds from a key until the cursor stands on another row of the terminal."""
    end = time.monotonic() + PAUSE
    while time.monotonic() < end:
        app.read(max(0.0, end - time.monotonic()))
    here, begun = app.row, time.perf_counter()
    app.press(key)
    while app.row == here:
        assert app.read(PATIENCE), app.text
        assert time.perf_counter() - begun < PATIENCE, f"no frame after {key}:\n{app.text}"
    return (app.at - begun) * 1000


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
