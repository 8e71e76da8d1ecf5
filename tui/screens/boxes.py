"""The one-line boxes to write in: for a query, and for text to find."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.widgets import Input


class SearchBox(Input):
    """One line to write a query in. Arrows move the list below; the list keeps the keyboard out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move(1)", show=False),
        Binding("up", "screen.move(-1)", show=False),
        Binding("pagedown", "screen.page(1)", show=False),
        Binding("pageup", "screen.page(-1)", show=False),
        Binding("escape", "screen.close_search", show=False),
        Binding("enter", "screen.keep_search", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__(
            compact=True,
            placeholder="words, task:text-generation, params:7b..14b, license:mit, !has:gguf …",
            id="search-box",
        )
        self.cursor_blink = False

    def on_paste(self, event: Paste) -> None:
        """A pasted Hub URL is opened when it is kept; line ends are no part of it."""
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))
        event.prevent_default()


class FindBox(Input):
    """One line to find text in a card with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.close_find", show=False),
        Binding("enter", "screen.keep_find", show=False, priority=True),
        Binding("down", "screen.find_next(1)", show=False),
        Binding("up", "screen.find_next(-1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(compact=True, placeholder="find in the card", id="find-box")
        self.cursor_blink = False
