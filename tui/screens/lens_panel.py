"""The lens panel: it takes the keyboard while it is open, a letter for each switch."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.model import Lens
from tui.render.lens import HEIGHT, SWITCHES, panel
from tui.widgets.lines import Lines
from tui.widgets.paint import Painter


class LensPanel(Lines, can_focus=True, inherit_bindings=False):
    """The switches of the lens, above the definition of what they count."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(one.letter, f"turn('{one.letter}')", one.label, show=False) for one in SWITCHES),
        Binding("escape,x,enter", "close", "close", show=False),
    ]

    class Turned(Message):
        """A switch was turned."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    class Closed(Message):
        """The reader is done."""

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(painter, HEIGHT, id=id)
        self.display = False

    def draw(self, lens: Lens, changed: int) -> None:
        """Show how the switches stand, and how many figures the last turn changed."""
        self.show(panel(lens, changed, self.screen.size.width))

    def action_turn(self, letter: str) -> None:
        """Turn a switch."""
        self.post_message(self.Turned(letter))

    def action_close(self) -> None:
        """Give the keyboard back."""
        self.post_message(self.Closed())
