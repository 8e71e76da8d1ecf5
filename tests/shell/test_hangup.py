"""A terminal that goes away without a signal must not leave the program running behind."""

import fcntl
import os
import pty
import select
import struct
import termios
import time
from pathlib import Path

from tests.conftest import PATIENCE
from tests.loopback import LoopbackHub
from tests.shell import warm


def test_a_lost_terminal_ends_the_app(hub: LoopbackHub, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color"}
    # no controlling terminal: nobody sends SIGHUP
    process = warm.start([], tmp_path, environment, (theirs,) * 3, leads=True)
    os.close(theirs)
    try:
        written, end = b"", time.monotonic() + PATIENCE
        while b"live" not in written and time.monotonic() < end:
            if select.select([ours], [], [], 0.1)[0]:
                written += os.read(ours, 65536)
        assert b"live" in written
        os.close(ours)
        assert process.wait(PATIENCE) == 129
    finally:
        process.kill()
        process.wait(PATIENCE)
