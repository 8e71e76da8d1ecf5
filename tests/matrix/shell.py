"""One fault in one-shot commands, in this process: exit code and one line, or stored rows."""

import os
from pathlib import Path
from unittest.mock import patch

from tests.loopback import LoopbackHub
from tests.matrix.scene import Scene, world
from tests.matrix.table import SHELL, Cell
from tests.matrix.wire import Trouble
from tests.spoken import Said, say


def cells(trouble: Trouble, folder: Path) -> list[Cell]:
    """The cells of one fault, over a store in ``folder``, which HUBSCOPE_HOME names."""
    found = []
    with LoopbackHub(world()) as hub:
        scene = Scene(hub, folder)
        os.environ["HF_ENDPOINT"] = hub.url
        for moment in SHELL:
            if moment == SHELL[1]:
                fresh, *_ = _run(scene, "trending", "-q")
            trouble.begin(scene)
            out, err, code = _run(scene, "trending", "-q")
            scene.mend()
            stored = moment == SHELL[1]
            wrong = _wrong(trouble, out, err, code, fresh if stored else None)
            line = err.splitlines()[0].removeprefix("hubscope: ") if err else ""
            found.append(Cell(trouble.name, moment, wrong, line))
    return found


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
