"""What is on the screen, as bytes that draw it again."""

from typing import Any

from rich.console import Console
from textual.screen import Screen


def drawn(screen: Screen[Any], console: Console) -> str:
    """The screen as escape sequences, line by line from the top left corner."""
    strips = screen._compositor.render_strips()  # the toolkit offers pictures of it only
    return "\r\n".join(strip.render(console) for strip in strips)
