"""A download followed to its end, drawn on standard error; an interrupt stops it."""

import asyncio
import signal

from tui.ask.take import download
from tui.ask.take.download import Running
from tui.ask.take.status import State
from tui.output.progress import shown
from tui.output.streams import tell


def to_its_end(running: Running, width: int) -> State:
    """Follow it, drawn; an interrupt or an order to end stops it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return asyncio.run(_follow(running, width))
    except KeyboardInterrupt:
        download.end(running)
        tell("stopped; what is whole stays, the same command goes on")
        raise


async def _follow(running: Running, width: int) -> State:
    with shown(width) as progress:
        async for state in download.follow(running):
            progress.show(state)
    return state
