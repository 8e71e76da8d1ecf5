"""What works here: the commands of the screen below, to read and to run."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from tui.keys import Command, shown
from tui.render.spans import Line, fit
from tui.widgets.lines import Lines
from tui.widgets.paint import Painter
from tui.widgets.table import RowTable

_KEYS = 14


class HelpScreen(ModalScreen[Command | None], inherit_bindings=False):
    """Exactly the commands that work on the screen below."""

    BINDINGS: ClassVar = [
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("pagedown,ctrl+d", "move(10)", show=False),
        Binding("pageup,ctrl+u", "move(-10)", show=False),
        Binding("g,home", "move(-1000)", show=False),
        Binding("G,end", "move(1000)", show=False),
        Binding("enter", "run", show=False),
        Binding("escape,q,question_mark", "close", show=False),
    ]

    def __init__(self, commands: list[Command], painter: Painter) -> None:
        super().__init__()
        self._commands = commands
        self._painter = painter

    def compose(self) -> ComposeResult:
        """A title, the commands, and how to use them."""
        painter = self._painter
        yield Lines(painter, 2, id="help-top")
        yield RowTable(painter, self._head, self._row, id="help-rows")
        yield Lines(painter, 1, id="help-bottom")

    def on_mount(self) -> None:
        """List the commands."""
        rows = self.query_one(RowTable)
        rows.show([command.id for command in self._commands], self._commands)
        rows.focus()
        self.on_resize()

    def on_resize(self) -> None:
        """The lines are made for a width."""
        width = self.size.width
        self.query_one("#help-top", Lines).show(
            [((" What works here", "title"),), (("─" * width, "rule"),)]
        )
        hints: Line = ((" ⏎", "key"), (" run it  ", "muted"), ("Esc", "key"), (" close", "muted"))
        self.query_one("#help-bottom", Lines).show([hints])

    def _head(self, width: int) -> Line:
        return fit(((f"  {'key':<{_KEYS}}what it does", "head"),), width)

    def _row(self, command: Command, width: int, cursor: bool, marked: bool) -> Line:
        keys = " ".join(shown(key) for key in command.keys)
        role = "cursor" if cursor else "cell"
        line: Line = ((f"{'▌' if cursor else ' '} {keys:<{_KEYS}}{command.help}", role),)
        return fit(line, width, role)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        table = self.query_one(RowTable)
        table.move_to(table.cursor + rows)

    def action_run(self) -> None:
        """Close, and run the command under the cursor."""
        self.dismiss(self.query_one(RowTable).value)

    def on_row_table_opened(self) -> None:
        """A click on the command under the cursor."""
        self.action_run()

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)
