"""A program that leads a session on a pseudo terminal of its own, and the other end of it."""

import fcntl
import os
import pty
import select
import struct
import termios
from pathlib import Path

from tests.shell import warm

CLOSING = 5.0  # seconds that a program has to end with its terminal


class Spawned:
    """``hubscope`` with these words on a terminal; with ``command``, another program there."""

    def __init__(
        self,
        words: list[str],
        folder: Path,
        environment: dict[str, str],
        size: tuple[int, int],
        command: list[str] | None = None,
    ) -> None:
        """``size``: rows and columns."""
        self._leader, follower = pty.openpty()
        self.resize(*size)
        start, what = (warm.anew, command) if command else (warm.start, words)
        streams = (follower, follower, follower)
        self._process = start(what, folder, environment, streams, owns=True)
        os.close(follower)
        self.pid = self._process.pid

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._leader, keys.encode() if isinstance(keys, str) else keys)

    def read(self, seconds: float) -> bytes | None:
        """What is written within so much time; None when nobody can write any more."""
        if not select.select([self._leader], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._leader, 65536) or None
        except OSError:
            return None

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of the terminal, which is told to who runs on it."""
        fcntl.ioctl(self._leader, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Take the terminal away, as closing its window does."""
        if self._leader >= 0:
            os.close(self._leader)
            self._leader = -1

    def kill(self, number: int) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    def isalive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def close(self, force: bool = False) -> int:
        """Take the terminal away. The exit code, or minus the signal that ended it."""
        self.hang_up()
        if force:
            self._process.kill()
        return self._process.wait(CLOSING)
