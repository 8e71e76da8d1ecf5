"""A download on standard error: one line that moves on a terminal, a line now and then in a log."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tui.output.streams import tell
from tui.render import download
from tui.render.download import State

_STEP = 0.1  # of the whole, between two lines of a log


class Progress:
    """Shows each state of a download as it comes."""

    def __init__(self, width: int) -> None:
        self._moving = sys.stderr is not None and sys.stderr.isatty()
        self._width = width
        self._told = (0, 0.0)  # whole files, share

    def show(self, state: State) -> None:
        """Draw it on the terminal; tell a log of each further file and tenth."""
        if self._moving:
            sys.stderr.write(f"\r\x1b[K{download.progress(state, self._width - 1)}")
            sys.stderr.flush()
            return
        part = download.share(state) or 0.0
        files, before = self._told
        if state.whole > files or part - before >= _STEP:
            self._told = (state.whole, part)
            whole = f"{state.whole} of {state.files} files whole"
            tell(f"{state.name}: {download.figures(state)}, {whole}")

    def clear(self) -> None:
        """Take the moving line away."""
        if self._moving:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def shown(width: int) -> Iterator[Progress]:
    """A Progress that leaves no moving line behind."""
    progress = Progress(width)
    try:
        yield progress
    finally:
        progress.clear()
