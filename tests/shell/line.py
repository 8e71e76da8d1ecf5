"""A line that is slow, late and may break, and a login over it to a server of this test's own."""

import asyncio
import getpass
import os
import shlex
import shutil
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from tests.conftest import PATIENCE

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
TOGETHER = bool(SSHD and shutil.which("ssh") and shutil.which("ssh-keygen"))
_PIECE = 1024  # bytes that travel together
_ROUND = 0.3  # seconds there and back
_RATE = 32_000 / 8  # bytes a second


class Line:
    """Carries connections to a port, in a thread of its own. ``slow`` may change at any time."""

    def __init__(self, target: int) -> None:
        self.slow = False
        self.port = 0
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def drop(self) -> None:
        """Break every connection, without a word to either side's program."""
        done = threading.Event()

        def abort() -> None:
            for writer in self._writers:
                writer.transport.abort()
            self._writers.clear()
            done.set()

        self._loop.call_soon_threadsafe(abort)
        assert done.wait(PATIENCE)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, forth = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers |= {back, forth}
        try:
            with suppress(OSError, asyncio.CancelledError):  # the line ends with its thread
                await asyncio.gather(self._pump(near, forth), self._pump(far, back))
        finally:
            back.transport.abort()
            forth.transport.abort()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """One direction: each piece arrives late, and none before the one in front of it."""
        waiting: deque[tuple[float, bytes]] = deque()
        come, free = asyncio.Event(), 0.0

        async def deliver() -> None:
            while True:
                await come.wait()
                while waiting:
                    due, piece = waiting.popleft()
                    await asyncio.sleep(max(0.0, due - time.monotonic()))
                    if not piece:
                        return
                    sink.write(piece)
                    await sink.drain()
                come.clear()

        task = asyncio.ensure_future(deliver())
        try:
            while True:
                piece = await source.read(_PIECE)
                now = time.monotonic()
                free = max(free, now) + (len(piece) / _RATE if self.slow else 0.0)
                waiting.append((free + (_ROUND / 2 if self.slow else 0.0), piece))
                come.set()
                if not piece:
                    await task
                    return
        finally:
            task.cancel()


class Login:
    """A way into this machine: ``command`` is what a shell runs to get there."""

    def __init__(self, folder: Path, line: Line) -> None:
        self._folder = folder
        self.line = line

    def command(self, script: str) -> str:
        """The command that runs a script at the other end, on a terminal of its own."""
        options = (
            "UserKnownHostsFile=/dev/null", "StrictHostKeyChecking=no", "LogLevel=ERROR",
            "IdentitiesOnly=yes", "ControlPath=none",
        )  # fmt: skip
        words = ["ssh", "-F", "/dev/null", "-tt", "-p", str(self.line.port)]
        words += ["-i", str(self._folder / "key"), *(f"-o{option}" for option in options)]
        words += [f"{getpass.getuser()}@127.0.0.1", script]
        return f"exec {shlex.join(words)}"


@contextmanager
def server(folder: Path) -> Iterator[Login]:
    """An sshd of its own keys and port, which lets this test in, behind a line."""
    for name in ("host", "key"):
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(make, check=True, stdin=subprocess.DEVNULL)
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where sshd locks itself in
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "Port": port, "ListenAddress": "127.0.0.1", "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "key.pub", "StrictModes": "no", "UsePAM": "no",
        "PasswordAuthentication": "no", "PermitRootLogin": "yes", "PidFile": "none",
        "PrintMotd": "no",
    }  # fmt: skip
    config = folder / "sshd_config"
    config.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    assert SSHD
    with (folder / "sshd.log").open("wb") as log:
        daemon = subprocess.Popen([SSHD, "-D", "-e", "-f", str(config)], stderr=log)
    try:
        _answers(port, daemon, folder)
        with Line(port) as line:
            yield Login(folder, line)
    finally:
        daemon.terminate()
        daemon.wait(PATIENCE)


def _answers(port: int, daemon: "subprocess.Popen[bytes]", folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            told = (folder / "sshd.log").read_text()
            assert daemon.poll() is None, told
            assert time.monotonic() < end, told
            time.sleep(0.05)


def processes(marker: str) -> list[int]:
    """The processes that have ``marker`` in their environment and are hubscope."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                environment = (folder / "environ").read_bytes()
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if marker.encode() in environment and b"tui" in words:
                    found.append(int(folder.name))
    return found
