"""Print the matrix: ``python -m tests.matrix [WORD ...]``."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.matrix import app, machine, shell
from tests.matrix.environment import alone, hasty
from tests.matrix.table import Cell, table
from tests.matrix.wire import WIRE


def main(words: list[str]) -> int:
    """Play, print, and say by the exit code whether a cell failed."""
    cells: list[Cell] = []
    with hasty():
        for trouble in (one for one in WIRE if _wanted(one.name, words)):
            for play in (app.cells, shell.cells):
                with TemporaryDirectory() as folder, alone(Path(folder)):
                    cells += play(trouble, Path(folder))
    for name in (one for one in machine.MACHINE if _wanted(one, words)):
        with TemporaryDirectory() as folder, alone(Path(folder)):
            cells += machine.cells(name, Path(folder))
    if _wanted(machine.INPUT, words):
        with TemporaryDirectory() as folder, alone(Path(folder)):
            cells += machine.without_input(Path(folder))
    for line in table(cells):
        sys.stdout.write(f"{line}\n")
    return 1 if any(cell.wrong for cell in cells) else 0


def _wanted(name: str, words: list[str]) -> bool:
    return not words or any(word in name for word in words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
