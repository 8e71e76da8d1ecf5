"""Many processes over one store, some of them killed: what was said to be kept has to be there.

A run is ``storm(home, endpoint, seed, rounds)``. In each round twelve processes work at once: apps
on a pseudo terminal, one-shot commands, snapshots. Each third one is killed with -9 at a random
moment. ``python tests/bench/bench_storm.py`` runs the long form.
"""

import os
import random
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import pexpect

from tests.paths import CHECKOUT

CHECKOUT = CHECKOUT
HUBSCOPE = [sys.executable, "-m", "tui"]
PROCESSES = 12
APPS = 3  # of the twelve
LONGEST = 60.0  # seconds until a process counts as hanging
LATEST = 3.5  # seconds after which nobody is killed
_SAID = re.compile(rb"bookmarked (storm/[a-z0-9-]+);")


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
    """The app on a card, in which ``b`` is pressed once."""

    def __init__(self, env: dict[str, str], name: str) -> None:
        self._process = pexpect.spawn(
            HUBSCOPE[0], [*HUBSCOPE[1:], name], cwd=CHECKOUT, env=env, dimensions=(24, 80)
        )
        self._process.delaybeforesend = None
        self._written = b""
        self._pressed = False
        self.killed = False

    @property
    def plain(self) -> bytes:
        """All it wrote, without styles and moves of the cursor."""
        return re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", self._written)

    @property
    def said(self) -> set[str]:
        """What it said to be bookmarked."""
        return {one.decode() for one in _SAID.findall(self.plain)}

    @property
    def settled(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.killed or bool(self.said) or b"not kept" in self.plain

    def go_on(self) -> None:
        """Read what it shows, and press the key once the repo is in sight."""
        self._read()
        if not self._pressed and b"live" in self._written:
            self._process.send("b")
            self._pressed = True

    def kill(self) -> None:
        """End it as nothing can be ended more rudely."""
        self._process.kill(9)
        self.killed = True

    def end(self) -> int | None:
        """Leave it; its exit code."""
        if not self.killed:
            self._process.send("qq")
        end = time.monotonic() + LONGEST
        while self._process.isalive() and time.monotonic() < end:
            self._read()
            time.sleep(0.01)
        self._read()
        self._process.close(force=True)
        code: int | None = self._process.exitstatus
        return code

    def _read(self) -> None:
        with suppress(pexpect.TIMEOUT, pexpect.EOF):
            while True:
                self._written += self._process.read_nonblocking(65536, 0)


class Storm:
    """One store under many processes."""

    def __init__(self, home: Path, endpoint: str, seed: int) -> None:
        self._home = home
        self._random = random.Random(seed)
        self._env = {**os.environ, "HUBSCOPE_HOME": str(home), "HF_ENDPOINT": endpoint}
        self._env |= {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        self._names: set[str] = set()  # of searches that a command said to be kept
        self._marks: set[str] = set()  # of repos that an app said to be bookmarked
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
        apps = [App(self._env, model(number, place)) for place in range(APPS)]
        shells = [self._shell(number, place) for place in range(PROCESSES - APPS)]
        self._ran += PROCESSES
        doomed = self._random.sample(range(PROCESSES), PROCESSES // 3)
        moments = {place: self._random.uniform(0.05, LATEST) for place in doomed}
        begun = time.monotonic()
        while moments or not all(app.settled for app in apps):
            now = time.monotonic() - begun
            if now > LONGEST:
                break
            for app in apps:
                app.go_on()
            for place in [place for place, moment in moments.items() if moment < now]:
                del moments[place]
                self._killed += 1
                if place < APPS:
                    apps[place].kill()
                else:
                    shells[place - APPS][1].kill()
            time.sleep(0.01)
        for app in apps:
            self._end_app(app)
        for place, (name, process) in enumerate(shells):
            self._end_shell(name, process, killed=place + APPS in doomed)

    def _shell(self, number: int, place: int) -> tuple[str, "subprocess.Popen[bytes]"]:
        name = f"s{number}-{place}"
        words = [
            ["save", name, "qwen"],
            ["save", name, "llama sort:likes"],
            ["save", name, "acme"],
            ["show", "Qwen/Qwen3-8B"],
            ["trending", "--limit", "30"],
            ["saved", "-q"],
            ["snapshot", "list"],
            ["snapshot", "export", str(self._home.parent / f"{name}.gz")],
            ["cache", "prune", "--max-mb", "1"],
        ][place]
        kept = name if words[0] == "save" else ""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen(
            [*HUBSCOPE, *words],
            cwd=CHECKOUT,
            env=self._env,
            stdin=subprocess.DEVNULL,
            **pipes,  # type: ignore[call-overload]  # the same for all
        )
        return kept, process

    def _end_app(self, app: App) -> None:
        code = app.end()
        self._marks |= app.said
        if not app.killed and (code != 0 or not app.said):
            self._wrong.append(f"an app ended with {code}, {app.said or 'nothing said'}")
        if b"damaged" in app.plain or b"not kept" in app.plain:
            self._wrong.append("an app told of damage, or of something not kept")

    def _end_shell(self, name: str, process: "subprocess.Popen[bytes]", *, killed: bool) -> None:
        try:
            _, told = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self._wrong.append(f"{process.args!r} hangs")
            return
        if process.returncode == 0 and name:
            self._names.add(name)
        elif process.returncode != 0 and not killed:
            self._wrong.append(f"{process.args!r}: {process.returncode} {told.decode()!r}")
        if told and process.returncode == 0:
            self._wrong.append(told.decode())

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
        lost = (self._names - names) | (self._marks - marks)
        self._wrong += [f"said to be kept and gone: {one}" for one in sorted(lost)]


def storm(home: Path, endpoint: str, seed: int, rounds: int) -> Report:
    """One storm over the store at ``home``."""
    return Storm(home, endpoint, seed).run(rounds)
