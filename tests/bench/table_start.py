"""Lines of the table: first frames, ours and others'."""

import shutil
import statistics
import sys

from tests.bench.bench_app import BARE, Screen
from tests.bench.table import LIVE, Effort, Line, Lines, Missing
from tests.bench.watched import SPARSE, Watched

ENTRY = [sys.executable, "-c", "from tui.start import entry; entry()"]
PEERS = ("llmfit", "hf-browser")
WAITED = 3.0  # seconds that a peer may be silent at its start
QUIET = 0.5  # seconds without a byte after which a peer's first screen is whole


def starts(env: dict[str, str], effort: Effort) -> Lines:
    """First frames, all apps in turns; of peers the time until they settle."""
    installed = {name: path for name in PEERS if (path := shutil.which(name))}
    others = {name: path for name, path in installed.items() if _settles(path, env) is not None}
    taken: dict[str, list[float]] = {name: [] for name in ("bare", "last", "live", *others)}
    for turn in range(effort.rounds + 1):
        bare = Screen([sys.executable, "-c", BARE], env)
        measured = [bare.until("ready")]
        bare.end()
        ours = Screen(ENTRY, env)
        measured += [ours.until("as you left it"), ours.until(LIVE)]
        ours.end()
        measured += [_settles(path, env) or 0.0 for path in others.values()]
        if turn:
            for runs, ms in zip(taken.values(), measured):
                runs.append(ms)
    floor = statistics.median(taken["bare"])
    yield Line("bare Textual app, first frame (F)", floor, "ms")
    yield Line("last frame at a start", statistics.median(taken["last"]) / floor, "x F", 0.15)
    yield Line("live frame", statistics.median(taken["live"]) / floor, "x F")
    for name in PEERS:
        if name in others:
            yield Line(f"{name}, settled", statistics.median(taken[name]) / floor, "x F")
        else:
            why = "does not run here" if name in installed else "not installed"
            yield Missing(f"{name}, settled", why)


def _settles(path: str, env: dict[str, str]) -> float | None:
    """Milliseconds until the last byte of a peer's first screen; None where there is none."""
    other = Watched([path], env)
    try:
        ms = other.settled_at(WAITED, QUIET)
        return ms if len(other.written) > SPARSE else None
    finally:
        other.end()
