"""What a page holds while it is out of sight: no more than it takes to show it again as it was."""

from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from tui.terminal import forget_widgets
from tui.widgets.pane import Pane


def put_away(page: "Screen[Any]") -> None:
    """Let go of the lines that a page was drawn and painted as, unless a list lies over it."""
    if page in page.app.screen_stack:
        return
    for widget in page.walk_children(Widget):
        widget.refresh()
        if isinstance(widget, Pane):
            widget.put_away()
    forget_widgets()


def take_up(page: "Screen[Any]") -> None:
    """Draw again what was put away, at the same place."""
    for pane in page.query(Pane):
        pane.take_up()
