"""``hubscope`` as a process, by fork: what has imported all that it needs becomes one, each time.

Most of what a command costs is the start of an interpreter and its imports. Here both are paid
once a session (``zygote``). What is forked from there is a process of its own, with the words,
environment, folder and streams that are named, and runs ``python -m tui`` from its first line to
its exit code. What an interpreter reads before that line cannot be given later: where that
differs, a new one is started. ``COLD=1 pytest`` starts a new one each time.
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
from pathlib import Path

from tests.paths import CHECKOUT

# what CPython, its locale and the libraries read once, when they start or are imported
AT_START = ("PYTHON", "LC_", "LANG", "TZ", "TEXTUAL_", "ESCDELAY", "OPENSSL_", "MALLOC_", "LD_")
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


class Warm:
    """The process that others are forked from, and the way to ask it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="hubscope-")
        self._address = os.path.join(self._folder.name, "warm")
        self._at_start = _at_start(environment)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.shell.zygote", self._address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=CHECKOUT,
            env=environment,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.read(1), "nothing can be forked; the reason is above"

    def fits(self, environment: dict[str, str]) -> bool:
        """Whether an interpreter with this environment would have started as this one did."""
        return _at_start(environment) == self._at_start

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


def _at_start(environment: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in environment.items() if name.startswith(AT_START)}


_of_session: list[Warm] = []


def start(
    words: list[str], folder: Path, environment: dict[str, str], streams: Streams, *,
    leads: bool = False, owns: bool = False, module: str = "tui",
) -> Process:  # fmt: skip
    """Start ``hubscope`` with these words in a folder; the descriptors stay the caller's.

    ``leads``: it leads a session of its own; ``owns``: on the terminal that its input is.
    """
    if POSSIBLE:
        if not _of_session:
            _of_session.append(Warm(dict(os.environ)))
        if _of_session[0].fits(environment):
            warm = _of_session[0]
            return warm.fork(words, folder, environment, streams, leads, owns, module)
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
    """End the process of this session, where it was begun."""
    while _of_session:
        _of_session.pop().close()
