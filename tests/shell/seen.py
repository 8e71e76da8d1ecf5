"""What a program sees of how it was started, as JSON: ``python -m tests.shell.seen``."""

import gc
import json
import locale
import os
import signal
import sys
import threading
from typing import Any


def main() -> None:
    streams: tuple[Any, ...] = (sys.stdin, sys.stdout, sys.stderr)
    handlers = {number.name: repr(signal.getsignal(number)) for number in signal.Signals}
    json.dump(
        {
            "argv": sys.argv,
            "orig_argv": sys.orig_argv,
            "path": sys.path,
            "main": [sys.modules["__main__"].__name__, sys.modules["__main__"].__file__],
            "folder": os.getcwd(),
            "environment": dict(os.environ),
            "flags": str(sys.flags),
            "encodings": [sys.getfilesystemencoding(), locale.getlocale(), locale.getencoding()],
            "streams": [
                (one.fileno(), one.name, one.mode, one.encoding, one.errors, one.line_buffering,
                 one.write_through, one.newlines, type(one.buffer).__name__, one.isatty())
                for one in streams
            ],
            "same": [sys.stdin is sys.__stdin__, sys.stdout is sys.__stdout__],
            "handlers": handlers,
            "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
            "descriptors": sorted(os.listdir("/proc/self/fd")),
            "parent": os.getppid(),
            "leads": os.getsid(0) == os.getpid(),
            "umask": os.umask(0o022),
            "threads": threading.active_count(),
            "collects": [gc.isenabled(), gc.get_threshold()],
            "recursion": sys.getrecursionlimit(),
        },
        sys.stdout,
    )  # fmt: skip


if __name__ == "__main__":
    main()
