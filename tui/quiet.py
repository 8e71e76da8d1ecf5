"""Waiting for what the keys before have set going."""

import asyncio
from contextlib import suppress

from textual.message_pump import MessagePump

_SETTLING = 0.5  # seconds at most


async def quiet(pump: MessagePump | None) -> None:
    """Wait until a widget has handled the messages that it has now."""
    if pump is None or not pump.is_running:
        return
    handled = asyncio.Event()
    if pump.call_later(handled.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(handled.wait(), _SETTLING)
