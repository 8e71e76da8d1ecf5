"""What is on the screen, as bytes that draw it again."""

import os
from typing import Any

from rich.console import Console
from textual.screen import Screen

from tui.widgets.looks import Reader, colours
from tui.widgets.sent import Sent, erases_in_colour


def drawn(screen: Screen[Any], console: Console) -> str:
    """The screen as escape sequences, for a terminal that shows anything."""
    whole = screen._compositor.render_full_update()  # the toolkit offers pictures of it only
    reader = Reader(colours(console, none=screen.app.no_color))
    sent = Sent(reader, erases_in_colour=erases_in_colour(os.environ))
    return sent.changes(whole, *screen.size)
