"""How far a long work is, on standard error: one line written over on a terminal."""

import os
import sys
from collections.abc import AsyncIterator

from tui.ask.census.kept import Kept
from tui.ask.sources import Sources
from tui.model import View
from tui.output.streams import tell
from tui.render.census import progress


def drain(sources: Sources, views: AsyncIterator[View]) -> None:
    """Follow a long work to its end, its steps on standard error."""
    import asyncio

    async def run() -> None:
        try:
            async for view in views:
                _progress(view)
        finally:
            await sources.close()

    asyncio.run(run())


def _progress(view: View) -> None:
    """One line that is written over on a terminal; nothing elsewhere."""
    row = view.rows[0]
    if isinstance(row, Kept):
        say("")
        return
    line = progress(row)
    if os.isatty(2):
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def say(line: str) -> None:
    """Say a line on standard error, in place of the progress there."""
    if os.isatty(2):
        sys.stderr.write("\r\x1b[K")
    if line:
        tell(line)
