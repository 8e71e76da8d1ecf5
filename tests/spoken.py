"""The command line within this process: what it writes and its exit code."""

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from tui import cli


class Said(NamedTuple):
    """How a command ended."""

    out: str
    err: str
    code: int


def say(*words: str) -> Said:
    """Run ``hubscope`` with these words."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.main([*words])
    return Said(_read(out), _read(err), code)


def _read(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
