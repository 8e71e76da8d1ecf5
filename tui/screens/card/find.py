"""The line to find text in a card with."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.screens.card.text import CardTabs


class FindBar(Input):
    """Marks in the card what is typed; arrows go from match to match."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done(False)", show=False),
        Binding("enter", "done(True)", show=False, priority=True),
        Binding("down", "seek(1)", show=False),
        Binding("up", "seek(-1)", show=False),
    ]

    class Done(Message):
        """The reader has done with the line."""

    def __init__(self, tabs: CardTabs) -> None:
        super().__init__(compact=True, placeholder="find in the card", id="find-box")
        self.cursor_blink = False
        self._tabs = tabs

    def on_input_changed(self, message: Input.Changed) -> None:
        """Mark what is typed, and go to where it first stands."""
        message.stop()
        self._tabs.pane.mark(message.value)
        if message.value:
            self._tabs.seek(1, here=True)

    def action_seek(self, step: int) -> None:
        """Go to the next match."""
        self._tabs.seek(step)

    def action_done(self, marks: bool) -> None:
        """Leave the line; without its marks unless they are to stay."""
        if not marks:
            self._tabs.pane.mark("")
        self.post_message(self.Done())
