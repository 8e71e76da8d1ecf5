"""Standard output holds the answer, standard error what is to be said about it."""

import sys
from collections.abc import Iterable
from typing import TextIO

from tui.model import BadWord, Problem, clean_line
from tui.plain import ASCII, Signs

_ERRORS = "hubscope.plain"  # the error handler for what an encoding lacks
_twins: dict[int, str] = {}  # what is written in place of signs that the terminal lacks


def speak(signs: Signs) -> None:
    """Write to the terminal in ``signs``. Files and pipes get UTF-8 all the same."""
    _twins.update(str.maketrans(signs.twins))
    _know_errors()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=signs.codec, errors=_ERRORS)


def write(lines: Iterable[str], *, text: bool = False, bom: bool = False) -> None:
    """Print ``lines`` to standard output. A reader that has gone away is no error.

    Data is UTF-8 whatever the locale says, with ``bom`` behind a byte order mark. ``text`` is for
    a terminal and takes its encoding; a sign that is not in it becomes one that is.

    Raises a Problem where the answer can be written no further, as on a full disk.
    """
    stream = sys.stdout
    if stream is None:  # `>&-`
        raise Problem("the answer cannot be written: standard output is closed; give it a file")
    _encode(stream, text)
    try:
        if bom:
            stream.write("\ufeff")
        for line in lines:
            stream.write((line.translate(_twins) if text and _twins else line) + "\n")
        stream.flush()
    except BrokenPipeError:
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except OSError as error:
        raise Problem(f"the answer cannot be written: {error.strerror}; check the disk") from None


def tell(line: str) -> None:
    """Say ``line`` on standard error, where there is one; what would steer a terminal is shown."""
    if sys.stderr is not None:
        print(f"hubscope: {clean_line(line)}", file=sys.stderr)  # noqa: T201


def pass_by(line: str) -> None:
    """Show ``line`` on a terminal's standard error in place of the last one; "" takes it away."""
    if sys.stderr is not None:
        sys.stderr.write(f"\r\x1b[K{clean_line(line)}")
        sys.stderr.flush()


def point(problem: BadWord) -> None:
    """On a terminal, show the line of a query again and where in it the fault is.

    Elsewhere what was said is one line and stays one.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return
    from shutil import get_terminal_size

    from tui.render.caret import pointed

    for line in pointed(problem, get_terminal_size().columns):
        print(clean_line(line), file=sys.stderr)  # noqa: T201


def _encode(stream: TextIO, text: bool) -> None:
    if not hasattr(stream, "reconfigure"):  # a stream that a test put there
        return
    if not text:
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        return
    _know_errors()
    stream.reconfigure(errors=_ERRORS)


def _know_errors() -> None:
    import codecs

    codecs.register_error(_ERRORS, _plain)


def _plain(error: UnicodeError) -> tuple[str, int]:
    """The error handler of an encoding: a plain sign for each one that is not in it."""
    assert isinstance(error, UnicodeEncodeError)
    from tui.render.spans import width

    plain = Signs(ASCII)
    lost = error.object[error.start : error.end]
    text = "".join([plain.stand_in(char, width(char)) or "" for char in lost])
    return text, error.end
