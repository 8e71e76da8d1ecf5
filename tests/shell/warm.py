"""``hubscope`` as a process, by fork: what has imported all that it needs becomes one, each time.

Most of what a command costs is the start of an interpreter and its imports. Here both are paid
once a run, for all of its workers (``zygote``). What is forked from there is a process of its own,
with the words, environment, folder and streams that are named, and runs ``python -m tui`` from its
first line to its exit code. What an interpreter reads before that line cannot be given later: it is
forked only from one that was started with the same. ``COLD=1 pytest`` forks nothing.
"""

import atexit
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
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Self

from tests.paths import CHECKOUT

# what CPython, its locale and the libraries read once, when they start or are imported
AT_START = ("PYTHON", "LC_", "LANG", "TZ", "TEXTUAL_", "ESCDELAY", "OPENSSL_", "MALLOC_", "LD_")
WORTH = 3  # new starts that cost as much as to begin a process to fork from
POSSIBLE = hasattr(os, "pidfd_open") and not os.environ.get("COLD")
Streams = tuple[int, int, int]  # descriptors of standard input, output and error


class Unforkable(Exception):
    """In this environment nothing can be forked: a test has taken sockets away, say."""


class Forked:
    """A forked command, asked as a ``subprocess.Popen`` is."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked
        self._told = asked.makefile("r")
        begun = self._told.readline()
        if not begun:
            raise Unforkable
        self.pid = int(begun)
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
            with suppress(ProcessLookupError):  # it has ended, and its code is on the way
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


Process = Forked | subprocess.Popen[bytes]


class Warm:
    """The process that others are forked from, and the way to ask it.

    It ends when no worker of the run uses it any more.
    """

    def __init__(self, address: Path, used: socket.socket | subprocess.Popen[bytes]) -> None:
        """``used``: the process that was begun here, or a connection to another worker's."""
        self._address = address
        self._used = used

    @classmethod
    def begun(cls, address: Path, environment: dict[str, str]) -> Self:
        """Begin it. Raises FileExistsError where another worker was first."""
        with socket.socket(socket.AF_UNIX) as listening:
            own = address.with_suffix(f".{os.getpid()}")
            listening.bind(str(own))
            listening.listen(64)
            try:
                os.link(own, address)  # whoever finds the address is heard
            finally:
                own.unlink()
            number = listening.fileno()
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.shell.zygote", str(number)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=[number],
                cwd=CHECKOUT,
                env=environment,
            )
        warm = cls(address, process)
        assert process.stdout is not None
        if not process.stdout.read(1):
            warm.leave()
            warm.wait()
            raise Unforkable
        return warm

    @classmethod
    def joined(cls, address: Path) -> Self:
        """Use another worker's. Raises OSError where it has ended, or none was begun."""
        asked = _connected(address)
        asked.sendall(bytes(8))  # no message follows: it is used until the connection ends
        return cls(address, asked)

    def fork(
        self, words: list[str], folder: Path, environment: dict[str, str], streams: Streams,
        leads: bool, owns: bool, module: str,
    ) -> Forked:  # fmt: skip
        """Run a module with these words; see ``start``."""
        asked = _connected(self._address)
        text = json.dumps([module, words, str(folder), environment, leads, owns]).encode()
        socket.send_fds(asked, [len(text).to_bytes(8, "big")], streams)
        asked.sendall(text)
        return Forked(asked)

    def leave(self) -> None:
        """Use it no more; what was forked goes on."""
        if isinstance(self._used, socket.socket):
            self._used.close()
        elif self._used.stdin:
            self._used.stdin.close()

    def wait(self) -> None:
        """Wait for its end, where it was begun here: until no worker uses it any more."""
        if isinstance(self._used, subprocess.Popen):
            with self._used:
                pass
            self._address.unlink()


def _connected(address: Path) -> socket.socket:
    asked = socket.socket(socket.AF_UNIX)
    try:
        asked.connect(str(address))
    except OSError:
        asked.close()
        raise
    return asked


_AtStart = frozenset[tuple[str, str]]
_warm: dict[_AtStart, Warm] = {}
_met: Counter[_AtStart] = Counter()
_unforkable: set[_AtStart] = set()


def warm(environment: dict[str, str], *, begin: bool = True) -> Warm | None:
    """The process to fork from for a start with this environment.

    The first worker of a run that wants it begins it; None where nobody did, and not ``begin``.
    """
    told = _at_start(environment)
    number = 0
    while told not in _warm:
        address = _folder() / f"{sha256(repr(sorted(told)).encode()).hexdigest()[:16]}-{number}"
        try:
            _warm[told] = Warm.joined(address)
        except FileNotFoundError:
            if not begin:
                return None
            with suppress(FileExistsError):  # another worker was first
                _warm[told] = Warm.begun(address, environment)
        except ConnectionRefusedError:  # that one has ended
            number += 1
    return _warm[told]


def _folder() -> Path:
    """Where the workers of this run find what others have begun."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
    folder = Path(tempfile.gettempdir()) / f"hubscope-{run}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


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
    if POSSIBLE and told not in _unforkable:
        try:
            if mother := warm(environment, begin=_met[told] > WORTH):
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
    """Use the processes of this run no more. Closing twice is harmless."""
    if not _warm:
        return
    for each in _warm.values():
        each.leave()
    for each in _warm.values():
        each.wait()
    _warm.clear()
    with suppress(OSError):  # others still use it
        _folder().rmdir()


atexit.register(close)  # what is run by hand does not say when it ends
