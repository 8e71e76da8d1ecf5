"""Print the matrix: ``python -m tests.matrix [WORD ...]``."""

import os
import sys
import tempfile
from collections.abc import Iterator
from unittest import mock

from tests.matrix import app
from tests.matrix.table import Cell, table
from tests.matrix.wire import WIRE
from tui.hub import requests


def played(words: list[str]) -> Iterator[Cell]:
    """Every cell of the faults whose name holds one of ``words``; of all without any."""
    wanted = [one for one in WIRE if not words or any(word in one.name for word in words)]
    for trouble in wanted:
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, place(folder)):
            yield from app.cells(trouble, folder)


def place(folder: str) -> dict[str, str]:
    """The environment of a store of its own."""
    return {"HUBSCOPE_HOME": f"{folder}/home", "HF_HOME": f"{folder}/hf"}


def main(words: list[str]) -> int:
    """Play, print, and say by the exit code whether a cell failed."""
    with mock.patch.multiple(requests, TRY_SECONDS=0.4, BACKOFF=0.01, SHORT_WAIT=0.1):
        cells = list(played(words))
    for line in table(cells):
        sys.stdout.write(f"{line}\n")
    return 1 if any(cell.wrong for cell in cells) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
