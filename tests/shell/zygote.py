"""The process that ``tests.shell.warm`` forks commands from. It has one thread and no state.

``python -m tests.shell.zygote NUMBER`` hears the Unix socket of this number. Each connection is one
command: three streams and a message come, its process id and its wait status go. Or it is, with an
empty message, one who uses it. It ends when none of these is left, and its input has ended too.
"""

import fcntl
import gc
import io
import json
import os
import runpy
import selectors
import socket
import sys
import termios
import traceback
from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import tui

# what commands import when they first ask the Hub, and the app when it opens
LATE = (
    "anyio.from_thread",
    "concurrent.futures.thread",
    "encodings.utf_8_sig",
    "httpcore2._backends.anyio",
    "httpcore2._backends.auto",
    "httpx2",
    "ssl",
    "textual.app",
)


def main(number: int) -> None:
    """Import everything, say so, and serve until nobody is left who uses it."""
    for name in LATE:
        import_module(name)
    for module in walk_packages(tui.__path__, "tui."):
        if module.name != "tui.__main__":
            import_module(module.name)
    gc.collect()
    gc.freeze()  # what is shared is not written to by a collection
    with socket.socket(fileno=number) as listening:
        assert len(os.listdir("/proc/self/task")) == 1, "a fork would lose a thread"
        os.write(1, b"+")
        _serve(listening)


def _serve(listening: socket.socket) -> None:
    users = 1  # whose end of the input is open
    with selectors.DefaultSelector() as ready:
        ready.register(0, selectors.EVENT_READ)
        ready.register(listening, selectors.EVENT_READ)
        while users:
            for key, _ in ready.select():
                if key.fileobj is listening:
                    asked, _ = listening.accept()
                    users += _welcome(asked, ready)
                    continue
                ready.unregister(key.fileobj)
                if key.data:
                    os.close(key.fd)
                    _end(*key.data)
                else:
                    users -= 1


def _welcome(asked: socket.socket, ready: selectors.BaseSelector) -> bool:
    """Begin the command that a connection asks for; whether it is one who uses this instead."""
    head, streams, _, _ = socket.recv_fds(asked, 8, 3)
    if not streams:
        ready.register(asked, selectors.EVENT_READ)
        return True
    process = _begin(asked, int.from_bytes(head, "big"), streams)
    watched = os.pidfd_open(process)
    ready.register(watched, selectors.EVENT_READ, (process, asked))
    return False


def _begin(asked: socket.socket, size: int, streams: list[int]) -> int:
    with asked.makefile("rb") as rest:
        message = json.loads(rest.read(size))
    process = os.fork()
    if process == 0:
        os._exit(_become(streams, *message))
    for stream in streams:
        os.close(stream)
    asked.sendall(b"%d\n" % process)
    return process


def _end(process: int, asked: socket.socket) -> None:
    _, status = os.waitpid(process, 0)
    with asked, suppress(BrokenPipeError):  # nobody waits any more
        asked.sendall(b"%d\n" % status)


def _become(
    streams: list[int], module: str, words: list[str], folder: str, environment: dict[str, str],
    leads: bool, owns: bool,
) -> int:  # fmt: skip
    """Be ``python -m MODULE`` with these words, and give its exit code."""
    try:
        if leads or owns:
            os.setsid()
        if owns:
            fcntl.ioctl(streams[0], termios.TIOCSCTTY, 0)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        os.chdir(folder)
        forced = os.environ.get("LC_CTYPE")  # CPython sets it for a C locale: PEP 538
        os.environ.clear()
        os.environ.update({"LC_CTYPE": forced, **environment} if forced else environment)
        sys.path[0] = os.getcwd()
        sys.argv[1:] = words
        sys.orig_argv[1:] = ["-m", module, *words]
        _open_streams()
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        sys.stdout.flush()
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _open_streams() -> None:
    """The standard streams, as CPython makes them of descriptors 0, 1 and 2 at its start."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        before = getattr(sys, f"__{name}__")
        plain = before.write_through
        size = 0 if plain and mode == "w" else -1
        buffer: Any = open(number, f"{mode}b", size, closefd=False)  # noqa: SIM115 - it stays open
        raw = getattr(buffer, "raw", buffer)
        raw.name = f"<{name}>"
        lines = not plain and (raw.isatty() or number == 2)
        opened: Any = io.TextIOWrapper(
            buffer, before.encoding, before.errors, "\n", lines, write_through=plain
        )
        opened.mode = mode
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)


if __name__ == "__main__":
    main(int(sys.argv[1]))
