"""A terminal that goes away without a signal must not leave the program running behind."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time

from tests.conftest import PATIENCE
from tests.loopback import LoopbackHub


def test_a_lost_terminal_ends_the_app(hub: LoopbackHub) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "tui"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
        start_new_session=True,  # no controlling terminal: nobody sends SIGHUP
    )
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
        process.wait()
