"""``hubscope`` that goes on while a test does other things; what it writes lies in files."""

import os
from pathlib import Path
from tempfile import mkdtemp

from tests.conftest import PATIENCE
from tests.shell import warm


class Background:
    """A command that was started in a folder, with an empty standard input."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._written = Path(mkdtemp(dir=folder))
        with (
            open(os.devnull, "rb") as nothing,
            (self._written / "out").open("wb") as out,
            (self._written / "err").open("wb") as err,
        ):
            streams = (nothing.fileno(), out.fileno(), err.fileno())
            self.process = warm.start([*words], folder, {**os.environ}, streams)

    @property
    def out(self) -> str:
        """What it has written to standard output so far."""
        return (self._written / "out").read_text()

    @property
    def err(self) -> str:
        """What it has written to standard error so far."""
        return (self._written / "err").read_text()

    def ends(self) -> int:
        """Wait for its end; the exit code."""
        return self.process.wait(PATIENCE)
