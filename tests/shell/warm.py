"""``hubscope`` as a process, by fork: what has imported all that it needs becomes one, each time.

Most of what a command costs is the start of an interpreter and its imports. Here both are paid
once a session (``zygote``). What is forked from there is a process of its own, with the words,
environment, folder and streams that are named, and runs ``python -m tui`` from its first line to
its exit code. What an interpreter reads before that line cannot be given later: it is forked only
from one that was started with the same. ``COLD=1 pytest`` forks nothing.
"""

import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import termios
from collections import Counter
from pathlib import Path

from tests.paths import CHECKOUT

# what CPython, its locale and the libraries read once, when they start or are imported
AT_START = ("PYTHON", "LC_", "LANG", "TZ", "TEXTUAL_", "ESCDELAY", "OPENSSL_", "MALLOC_", "LD_")
WORTH = 3  # new starts that cost as much as to begin a process to fork from
POSSIBLE = hasattr(os, "pidfd_open") and not os.environ.get("COLD")
Streams = tuple[int, int, int]  # descriptors of standard input, output and error


class Forked:
    """A forked command, asked as a ``subprocess.Popen`` is."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked
        self._told = asked.makefile("r")
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def poll(self, seconds: float = 0.0) -> int | None:
        """The exit code, or minus the signal that ended it; None while it runs."""
        if self.returncode is None and select.select([self._asked], [], [], seconds)[0]:
            self.returncode = os.waitstatus_to_exitcode(int(self._told.readline()))
            self._told.close()
            self._asked.close()
        return self.returncode

    def wait(self, timeout: float) -> int:
        """The exit code. Raises subprocess.TimeoutExpired where it still runs after so long."""
        code = self.poll(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(["hubscope"], timeout)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, where it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


Process = Forked | subprocess.Popen[bytes]


class Unforkable(Exception):
    """In this environment nothing can be forked: a test has taken sockets away, say."""


class Warm:
    """The process that others are forked from, and the way to ask it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="hubscope-")
        self._address = os.path.join(self._folder.name, "warm")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.shell.zygote", self._address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=CHECKOUT,
            env=environment,
        )
        assert self._process.stdout is not None
        if not self._process.stdout.read(1):
            self.close()
            raise Unforkable

    def fork(
        self, words: list[str], folder: Path, environment: dict[str, str], streams: Streams,
        leads: bool, owns: bool, module: str,
    ) -> Forked:  # fmt: skip
        """Run a module with these words; see ``start``."""
        asked = socket.socket(socket.AF_UNIX)
        asked.connect(self._address)
        text = json.dumps([module, words, str(folder), environment, leads, owns]).encode()
        socket.send_fds(asked, [len(text).to_bytes(8, "big")], streams)
        asked.sendall(text)
        return Forked(asked)

    def close(self) -> None:
        """End it, by the end of its input; what was forked goes on."""
        with self._process:
            pass
        self._folder.cleanup()


_AtStart = frozenset[tuple[str, str]]
_warm: dict[_AtStart, Warm] = {}
_met: Counter[_AtStart] = Counter()
_unforkable: set[_AtStart] = set()


def warm(environment: dict[str, str]) -> Warm:
    """The process to fork from for a start with this environment; begun where it is missing."""
    told = _at_start(environment)
    if told not in _warm:
        _warm[told] = Warm(environment)
    return _warm[told]


def _at_start(environment: dict[str, str]) -> _AtStart:
    return frozenset(one for one in environment.items() if one[0].startswith(AT_START))


def start(
    words: list[str], folder: Path, environment: dict[str, str], streams: Streams, *,
    leads: bool = False, owns: bool = False, module: str = "tui",
) -> Process:  # fmt: skip
    """Start ``hubscope`` with these words in a folder; the descriptors stay the caller's.

    ``leads``: it leads a session of its own; ``owns``: on the terminal that its input is.
    """
    told = _at_start(environment)
    _met[told] += 1
    if POSSIBLE and told not in _unforkable and (_met[told] > WORTH or told in _warm):
        try:
            mother = warm(environment)
            return mother.fork(words, folder, environment, streams, leads, owns, module)
        except Unforkable:
            _unforkable.add(told)
    command = [sys.executable, "-m", module, *words]
    return anew(command, folder, environment, streams, leads=leads, owns=owns)


def anew(
    command: list[str], folder: Path, environment: dict[str, str], streams: Streams, *,
    leads: bool = False, owns: bool = False,
) -> "subprocess.Popen[bytes]":  # fmt: skip
    """Start any command as ``start`` does, as a new program."""
    own = (lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if owns else None
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdin=streams[0], stdout=streams[1],
        stderr=streams[2], start_new_session=leads or owns, preexec_fn=own,
    )  # fmt: skip


def close() -> None:
    """End the processes of this session."""
    while _warm:
        _warm.popitem()[1].close()
