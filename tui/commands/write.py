"""Answers to standard output, which holds data alone."""

import sys

from tui.model import Problem
from tui.render.export import Output, lines


def write(output: Output, form: str) -> None:
    """Print ``output`` in one of FORMATS. A reader that has gone away is no error.

    Raises a Problem where the answer can be written no further, as on a full disk.
    """
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
    try:
        for line in lines(output, form):
            stream.write(line + "\n")
        stream.flush()
    except BrokenPipeError:
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except OSError as error:
        raise Problem(f"the answer cannot be written: {error.strerror}; check the disk") from None
