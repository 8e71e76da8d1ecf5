"""What is on the screen, as bytes that draw it again."""

from typing import Any

from rich.console import Console
from textual.screen import Screen

from tui.terminal import strips_of


def drawn(screen: Screen[Any], console: Console) -> str:
    """The screen as escape sequences, line by line from the top left corner."""
    return "\r\n".join(strip.render(console) for strip in strips_of(screen))
