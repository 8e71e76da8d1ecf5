"""Taking other colours when the theme changes, without being kept in memory for it."""

from typing import Any
from weakref import ref

from textual.screen import Screen

from tui.widgets.lines import Lines
from tui.widgets.paint import Painter
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable


def hear_theme(screen: Screen[Any]) -> None:
    """Repaint the parts of a screen when the theme changes, as long as there is the screen.

    The toolkit's signal holds a callback, and with it the screen, until it is unsubscribed: a
    closed screen would stay in memory with its document.
    """
    weak = ref(screen)

    def heard(_: object) -> None:
        if (living := weak()) is not None:
            living.call_next(_repaint, living)

    screen.app.theme_changed_signal.subscribe(screen, heard, immediate=True)


def _repaint(screen: Screen[Any]) -> None:
    painter: Painter = screen.app.painter  # type: ignore[attr-defined]  # the app is Hubscope
    for widget in screen.walk_children():
        if isinstance(widget, RowTable):
            widget.restyle(painter)
        elif isinstance(widget, Lines | Pane):
            widget.repaint(painter)
