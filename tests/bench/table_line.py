"""Lines of the table: a first session over 300 ms and 32 kbit/s, through a real sshd."""

import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.bench_app import PATIENCE, environment
from tests.bench.table import LONG_CARD, SETTLED, SIZES, Effort, Line, Lines, Missing, named
from tests.shell.line import TOGETHER, server
from tests.shell.test_pty import Terminal

STEPS = ("rows", "j", "a card")
GOALS = {SIZES[0]: (2.5, 0.35, 2.0), SIZES[1]: (5.0, None, None)}
NAMES = ("HOME", "HUBSCOPE_HOME", "HF_HOME", "HF_ENDPOINT", "PYTHONPATH", "COLORTERM")


def slow_line(env: dict[str, str], effort: Effort) -> Lines:
    """Seconds until rows at a first start, a move, and a card, at two sizes."""
    for size, goals in GOALS.items():
        if not TOGETHER:
            yield Missing(f"slow line, {named(size)}", "openssh-server is not installed")
            continue
        turns = [_session(env, size) for _ in range(1 if effort.quick else 3)]
        for what, taken, goal in zip(STEPS, zip(*turns), goals):
            ms = statistics.median(taken) * 1000
            yield Line(f"slow line, {named(size)}: {what}", ms, "ms", goal and goal * 1000)


def _session(env: dict[str, str], size: tuple[int, int]) -> list[float]:
    with _terminal(env, size) as app:
        steps = [_taken(app, "\r", lambda: LONG_CARD in app.text and "live" in app.text)]
        here = app.row
        steps.append(_taken(app, "j", lambda: app.row != here))
        app.press("k")
        _rest(app)
        steps.append(_taken(app, "\r", lambda: "Section 0" in app.text))
    return steps


@contextmanager
def _terminal(env: dict[str, str], size: tuple[int, int]) -> Iterator[Terminal]:
    """A login with nothing stored, which waits for Enter to start the app; the line is slow."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder) / "ssh"
        keys.mkdir(mode=0o700)
        own = environment(folder, env["HF_ENDPOINT"])
        given = " ".join(f"{name}={shlex.quote(own[name])}" for name in NAMES)
        script = f"cd {folder}; export {given} LC_ALL=C.UTF-8; echo ready; read x; exec "
        script += shlex.join([sys.executable, "-m", "tui"])
        with server(keys) as login:
            cells = {"COLUMNS": str(size[0]), "LINES": str(size[1])}
            app = Terminal(Path(folder), command=login.command(script), **cells)
            try:
                app.until(lambda text: "ready" in text, PATIENCE)
                login.line.slow = True
                yield app
            finally:
                app.process.close(force=True)


def _taken(app: Terminal, key: str, seen: Callable[[], bool]) -> float:
    """Seconds from a key until something is seen; then all is left to settle."""
    begun = time.perf_counter()
    app.press(key)
    app.until(lambda _: seen(), PATIENCE * 3)
    taken = app.at - begun
    _rest(app)
    return taken


def _rest(app: Terminal) -> None:
    """Read until nothing has come for a while."""
    begun = time.perf_counter()
    while time.perf_counter() - max(begun, app.at) < SETTLED:
        app.read(0.1)
