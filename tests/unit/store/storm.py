"""Many processes over one store, some of them killed: what was said to be kept has to be there.

A run is ``storm(home, endpoint, seed, rounds)``. In each round twelve processes work at once: apps
on a pseudo terminal, one-shot commands, snapshots. Each third one is killed with -9 at a random
moment. ``python tests/bench/bench_storm.py`` runs the long form.
"""

import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.paths import CHECKOUT
from tests.shell import warm
from tests.shell.test_pty import Terminal

PROCESSES = 12
APPS = 3  # of the twelve
LONGEST = 60.0  # seconds until a process counts as hanging
LATEST = 3.5  # seconds after which nobody is killed
KEYS = 3
KEPT, TAKEN = "bookmarked storm/", "bookmark taken away from storm/"
TROUBLE = ("damaged", "not kept")


class Report(NamedTuple):
    """What a storm did, and what is wrong after it."""

    seconds: float
    processes: int
    killed: int
    searches: int  # said to be kept, and there
    bookmarks: int  # the same
    wrong: tuple[str, ...]


def model(number: int, place: int) -> str:
    """The repo that an app of a round bookmarks; no other app has it in hand."""
    return f"storm/r{number}-{place}"


class App:
    """The app on a card, in which ``b`` is pressed three times: kept, taken away, kept.

    A key is pressed once the one before is answered and a while has passed, so that commands come
    and go between them.
    """

    def __init__(self, env: dict[str, str], name: str, pauses: list[float]) -> None:
        self._terminal = Terminal(CHECKOUT, name, **env)
        self.name = name
        self.trouble = False  # it told of damage, or of something not kept
        self.killed = False
        self.answered: list[str] = []  # what it said, key by key
        self._pauses = pauses
        self._next: float | None = None  # when the next key is pressed
        self._asked = False  # whether the key just pressed waits for its answer

    @property
    def kept(self) -> bool | None:
        """Whether it said that the repo is bookmarked; None where a key was not answered."""
        if self._asked or not self.answered:
            return None
        return self.answered[-1] == KEPT

    @property
    def settled(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.killed or len(self.answered) == KEYS or self.trouble

    def go_on(self) -> None:
        """Read what it shows, and press the next key when it is time."""
        self.read()
        now = time.monotonic()
        shown = self._terminal.text
        if self._asked:
            words = TAKEN if len(self.answered) % 2 else KEPT
            if words in shown:
                self.answered.append(words)
                self._asked = False
                self._next = now + self._pauses.pop()
        elif self._next is None and "live" in shown:
            self._next = now + self._pauses.pop()
        elif self._next is not None and now > self._next and not self.settled:
            self._asked = True
            self._terminal.press("b")

    def kill(self) -> None:
        """End it as nothing can be ended more rudely."""
        self.read()
        self._terminal.process.kill(signal.SIGKILL)
        self.killed = True

    def end(self) -> int:
        """Leave it; its exit code."""
        if not self.killed:
            self._terminal.press("qq")
        end = time.monotonic() + LONGEST
        while self._terminal.read(0.1):
            if time.monotonic() > end:
                return self._terminal.process.close(force=True)
        return self._terminal.process.close()

    def read(self) -> None:
        """Take what it wrote."""
        before = -1
        while before < len(self._terminal.written):
            before = len(self._terminal.written)
            self._terminal.read(0)
            self.trouble |= any(word in self._terminal.text for word in TROUBLE)


class Shell(NamedTuple):
    """A one-shot command, the search that it keeps, and where it tells what went wrong."""

    words: list[str]
    name: str
    process: warm.Process
    told: Path


class Storm:
    """One store under many processes."""

    def __init__(self, home: Path, endpoint: str, seed: int) -> None:
        self._home = home
        self._random = random.Random(seed)
        self._env = {**os.environ, "HUBSCOPE_HOME": str(home), "HF_ENDPOINT": endpoint}
        self._env |= {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        self._names: set[str] = set()  # of searches that a command said to be kept
        self._marks: dict[str, bool] = {}  # whether an app said of a repo that it is bookmarked
        self._wrong: list[str] = []
        self._ran = self._killed = 0

    def run(self, rounds: int) -> Report:
        """Storm for so many rounds, and look at what is left."""
        begun = time.monotonic()
        for number in range(rounds):
            self._round(number)
        self._look()
        seconds = time.monotonic() - begun
        kept = len(self._names), len(self._marks)
        return Report(seconds, self._ran, self._killed, *kept, tuple(self._wrong))

    def _round(self, number: int) -> None:
        def some(low: float, high: float) -> float:
            return self._random.uniform(low, high)

        pauses = [[some(0, 0.8) for _ in range(KEYS + 1)] for _ in range(APPS)]
        apps = [App(self._env, model(number, place), pauses[place]) for place in range(APPS)]
        shells: dict[int, Shell] = {}
        # some end before a key, some are at it, some begin after it
        acts: list[tuple[float, Callable[[], None]]] = []
        doomed = self._random.sample(range(PROCESSES), PROCESSES // 3)
        for place in range(PROCESSES):
            start = 0.0
            if place >= APPS:
                start = some(0, LATEST)
                acts.append((start, partial(self._start, shells, number, place)))
            if place in doomed:
                end = start + some(0.05, LATEST if place < APPS else 1.0)
                kill = apps[place].kill if place < APPS else partial(_kill, shells, place)
                acts.append((end, kill))
        self._play(apps, sorted(acts, key=lambda act: act[0]))
        for app in apps:
            self._end_app(app)
        for place, shell in shells.items():
            self._end_shell(shell, killed=place in doomed)
        self._ran += PROCESSES
        self._killed += len(doomed)

    def _play(self, apps: list[App], acts: list[tuple[float, Callable[[], None]]]) -> None:
        """Do each act at its time, and let the apps go on until they are through."""
        begun = time.monotonic()
        while acts or not all(app.settled for app in apps):
            now = time.monotonic() - begun
            if now > LONGEST:
                return
            for app in apps:
                if not app.killed:
                    app.go_on()
            while acts and acts[0][0] < now:
                acts.pop(0)[1]()
            time.sleep(0.01)

    def _start(self, shells: dict[int, Shell], number: int, place: int) -> None:
        shells[place] = self._shell(number, place - APPS)

    def _shell(self, number: int, place: int) -> Shell:
        name = f"s{number}-{place}"
        words = [
            ["save", name, "qwen"],
            ["save", name, "llama sort:likes"],
            ["save", name, "acme"],
            ["show", "Qwen/Qwen3-8B"],
            ["trending", "--limit", "30", "--json"],
            ["saved", "-q"],
            ["snapshot", "list"],
            ["snapshot", "export", str(self._home.parent / f"{name}.gz")],
            ["cache", "prune", "--max-mb", "1"],
        ][place]
        told = self._home.parent / f"{name}.told"
        with open(os.devnull, "r+b") as nothing, told.open("wb") as err:
            streams = (nothing.fileno(), nothing.fileno(), err.fileno())
            process = warm.start(words, CHECKOUT, self._env, streams)
        return Shell(words, name if words[0] == "save" else "", process, told)

    def _end_app(self, app: App) -> None:
        code = app.end()
        if app.kept is not None:
            self._marks[app.name] = app.kept
        if not app.killed and (code != 0 or len(app.answered) != KEYS):
            self._wrong.append(f"an app ended with {code} after {app.answered}")
        if app.trouble:
            self._wrong.append("an app told of damage, or of something not kept")

    def _end_shell(self, shell: Shell, *, killed: bool) -> None:
        try:
            code = shell.process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            shell.process.kill()
            shell.process.wait(LONGEST)
            self._wrong.append(f"{shell.words} hangs")
            return
        told = shell.told.read_text()
        if code == 0 and shell.name:
            self._names.add(shell.name)
        elif code != 0 and not killed:
            self._wrong.append(f"{shell.words}: {code} {told!r}")
        if told and code == 0:
            self._wrong.append(told)

    def _look(self) -> None:
        for path in sorted(self._home.rglob("*")):
            if ".damaged" in path.name:
                self._wrong.append(f"set aside: {path.name}")
            elif path.suffix == ".db":
                with closing(sqlite3.connect(path)) as one:
                    found = one.execute("PRAGMA integrity_check").fetchall()
                if found != [("ok",)]:
                    self._wrong.append(f"{path.name}: {found}")
        with closing(sqlite3.connect(self._home / "data" / "library.db")) as library:
            names = {row[0] for row in library.execute("SELECT name FROM saved")}
            marks = {
                row[0] for row in library.execute("SELECT id FROM mark WHERE shelf = 'bookmark'")
            }
        lost = self._names - names
        lost |= {name for name, kept in self._marks.items() if kept != (name in marks)}
        self._wrong += [f"not as it was said to be: {one}" for one in sorted(lost)]


def _kill(shells: dict[int, Shell], place: int) -> None:
    shells[place].process.kill()


def storm(home: Path, endpoint: str, seed: int, rounds: int) -> Report:
    """One storm over the store at ``home``."""
    return Storm(home, endpoint, seed).run(rounds)
