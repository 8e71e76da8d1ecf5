"""One fault in one-shot commands, in this process: exit code and one line, or stored rows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from tests.loopback import LoopbackHub
from tests.matrix.environment import alone
from tests.matrix.scene import Scene, world
from tests.matrix.table import SHELL, Cell
from tests.matrix.wire import Trouble
from tests.spoken import Said, say


class Filled(NamedTuple):
    """A Hub, and what a command has stored and said of its list."""

    hub: LoopbackHub
    store: Path
    fresh: str


@contextmanager
def filled(folder: Path) -> Iterator[Filled]:
    """A Hub for the cells of many faults, and a store in ``folder`` that holds its list."""
    with LoopbackHub(world()) as hub:
        with alone(folder):
            os.environ["HF_ENDPOINT"] = hub.url
            told = _run(Scene(hub, folder), "trending", "-q")
        assert told.code == 0, told.err
        yield Filled(hub, folder / "home", told.out)


def cells(trouble: Trouble, folder: Path, over: Filled | None = None) -> list[Cell]:
    """The cells of one fault, over a store in ``folder``, which HUBSCOPE_HOME names."""
    if over is None:
        with TemporaryDirectory() as other, filled(Path(other)) as made_for_it:
            return cells(trouble, folder, made_for_it)
    lines = []
    home = Path(os.environ["HUBSCOPE_HOME"])
    scene = Scene(over.hub, folder)
    os.environ["HF_ENDPOINT"] = over.hub.url
    for moment in SHELL:
        stored = moment == SHELL[1]
        if stored:
            rmtree(home, ignore_errors=True)
            copytree(over.store, home)
        trouble.begin(scene)
        out, err, code = _run(scene, "trending", "-q")
        scene.mend()
        wrong = _wrong(trouble, out, err, code, over.fresh if stored else None)
        line = err.splitlines()[0].removeprefix("hubscope: ") if err else ""
        lines.append(Cell(trouble.name, moment, wrong, line))
    return lines


def _wrong(trouble: Trouble, out: str, err: str, code: int, fresh: str | None) -> str:
    lines = err.splitlines()
    if not all(line.startswith("hubscope: ") and line.isprintable() for line in lines):
        return f"no line of ours: {err!r}"
    if fresh is not None or not trouble.code:
        if code:
            return f"exit code {code} though rows are stored"
        if fresh is not None and out != fresh:
            return "other rows than the stored ones"
        return "" if len(lines) <= 3 else f"{len(lines)} lines"
    if (code, out) != (trouble.code, ""):
        return f"exit code {code}, not {trouble.code}" if code != trouble.code else "rows too"
    return "" if len(lines) == 1 else f"{len(lines)} lines"


def _run(scene: Scene, *words: str) -> Said:
    """What a command writes, and its exit code."""
    with patch("tui.hub.http.HttpWire", lambda patience: scene.wire()):
        return say(*words)
