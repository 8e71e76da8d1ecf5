"""What the terminal can draw pictures with."""

import asyncio
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.ask.pictures.drawing import BLOCKS, GREYLESS, KITTY, SIXEL
from tui.terminal import device_attributes, write

if TYPE_CHECKING:
    from tui.app import Hubscope

_QUESTION = "\x1b[c"  # primary device attributes, ECMA-48 DA; 4 among them is sixel
_WAIT, _LOOK = 0.4, 0.02  # seconds
_CELL = (10, 20)  # pixels, where the terminal does not tell


async def form(app: "Hubscope") -> str:
    """The best form for this terminal: kitty's own, sixel, else half blocks."""
    if app.no_color:
        return GREYLESS
    if _colours(app) == 2**24 and is_kitty(os.environ):
        return KITTY
    return SIXEL if await _has_sixel(app) else BLOCKS


def is_kitty(environ: Mapping[str, str]) -> bool:
    """Whether the terminal places pictures where placeholders stand: kitty and ghostty do.

    A multiplexer between would have to pass the picture through, which is off by default.
    """
    if "TMUX" in environ or "STY" in environ:
        return False
    terminal = f"{environ.get('TERM', '')} {environ.get('TERM_PROGRAM', '')}".lower()
    return "KITTY_WINDOW_ID" in environ or "kitty" in terminal or "ghostty" in terminal


def colours(app: "Hubscope") -> int:
    """How many colours there are for half blocks."""
    return _colours(app)


def _colours(app: "Hubscope") -> int:
    return {"standard": 16, "windows": 16, "256": 256}.get(app.console.color_system or "", 2**24)


async def _has_sixel(app: "Hubscope") -> bool:
    """Ask the terminal once; one that does not answer at once has none."""
    if app.is_headless:
        return False
    if not device_attributes(app):
        write(app, _QUESTION)
        for _ in range(int(_WAIT / _LOOK)):
            await asyncio.sleep(_LOOK)
            if device_attributes(app):
                break
    return "4" in device_attributes(app).strip("\x1b[?c").split(";")


def cell_size() -> tuple[int, int]:
    """Width and height of a cell in pixels, as the terminal's driver tells."""
    try:
        import fcntl
        import struct
        import termios

        size = fcntl.ioctl(1, termios.TIOCGWINSZ, b"\0" * 8)
        rows, columns, width, height = struct.unpack("HHHH", size)
    except (ImportError, OSError):
        return _CELL
    if not (rows and columns and width >= columns and height >= rows):
        return _CELL
    return width // columns, height // rows
