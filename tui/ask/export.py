"""Rows to a file of the reader's own: whole or not at all, and never over another file."""

import os
from collections.abc import Iterable

from tui.model.when import iso


def keep(
    lines: Iterable[str | Iterable[str]], name: str, ending: str, now: float, folder: str = ""
) -> str:
    """Write ``lines`` to a new file and return the remark that says where, or why not.

    A line may come in pieces.

    The file is ``name-DATE.ending`` in ``folder`` (default: the working folder), with a number
    where that name is taken.
    """
    stem = os.path.join(folder or os.getcwd(), f"{name}-{iso(now)[:10]}")
    written = f"{stem}.{os.getpid()}.part"
    try:
        with open(written, "x", encoding="utf-8", errors="replace") as file:
            for line in lines:
                file.writelines((line,) if isinstance(line, str) else line)
                file.write("\n")
        return f"written to {_take_name(written, stem, ending)}"
    except OSError as error:
        return f"not written: {error.strerror or 'the disk refuses'}; try another folder"
    finally:
        if os.path.exists(written):
            os.unlink(written)


def _take_name(written: str, stem: str, ending: str) -> str:
    """Give the file the first name that is free; a link is refused where the name is taken."""
    for number in range(1, 1000):
        path = f"{stem}.{ending}" if number == 1 else f"{stem}-{number}.{ending}"
        try:
            os.link(written, path)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(17, "a thousand files of this name are there")
