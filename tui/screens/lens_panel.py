"""The lens panel: it takes the keyboard while it is open, a letter for each switch."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.model import Lens
from tui.render.lens import HEIGHT, SWITCHES, explained, panel
from tui.widgets.lines import Lines
from tui.widgets.paint import Painter


class LensPanel(Lines, can_focus=True, inherit_bindings=False):
    """The switches of the lens, above the definition of what they count.

    The one that was turned last, or that the cursor is on, is explained.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(switch.letter, f"turn('{switch.letter}')", switch.label, show=False)
            for switch in SWITCHES
        ),
        Binding("j,down", "move(1)", "next switch", show=False),
        Binding("k,up", "move(-1)", "switch before", show=False),
        Binding("space", "turn_here", "turn", show=False),
        Binding("escape,x,enter", "close", "close", show=False),
    ]

    class Turned(Message):
        """A switch was turned."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    class Moved(Message):
        """Another switch is to be explained."""

    class Closed(Message):
        """The reader is done."""

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(painter, HEIGHT, id=id)
        self.display = False
        self._at: int | None = None  # the switch under the cursor
        self._drawn = Lens(), 0

    def draw(self, lens: Lens, changed: int) -> None:
        """Show how the switches stand, and how many figures the last turn changed."""
        self._drawn = lens, changed
        self.show(panel(lens, changed, self.screen.size.width, self._at))

    @property
    def meaning(self) -> str:
        """What the switch under the cursor means; "" while the panel is closed."""
        return explained(self._at) if self.display else ""

    def action_move(self, step: int) -> None:
        """Go to the next switch, or to the one before."""
        self._go(0 if self._at is None else (self._at + step) % len(SWITCHES))
        self.post_message(self.Moved())

    def action_turn_here(self) -> None:
        """Turn the switch under the cursor."""
        if self._at is not None:
            self.post_message(self.Turned(SWITCHES[self._at].letter))

    def action_turn(self, letter: str) -> None:
        """Turn a switch."""
        self._go([switch.letter for switch in SWITCHES].index(letter))
        self.post_message(self.Turned(letter))

    def _go(self, at: int) -> None:
        self._at = at
        self.draw(*self._drawn)

    def action_close(self) -> None:
        """Give the keyboard back."""
        self._at = None
        self.post_message(self.Closed())
