"""One list to choose from: help, commands, links, tasks, colours, what to copy."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.key_names import shown
from tui.render.spans import Line, fit, width
from tui.screens.themed import hear_theme
from tui.widgets.lines import Lines
from tui.widgets.paint import Painter
from tui.widgets.table import RowTable


class Choice(NamedTuple):
    """One line to choose: ``value`` is what is chosen, ``detail`` stands to the right."""

    value: Any
    label: str
    detail: str = ""


class Chooser(ModalScreen[Any], inherit_bindings=False):
    """Lines to choose from. With ``typing`` each key typed narrows them.

    ``more`` gives further choices for what was typed. ``on_move`` hears of each line that comes
    under the cursor. The result is the value chosen, None where nothing was.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pagedown,ctrl+d", "move(10)", show=False, priority=True),
        Binding("pageup,ctrl+u", "move(-10)", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
        Binding("escape", "close", show=False, priority=True),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("g,home", "move(-10000)", show=False),
        Binding("G,end", "move(10000)", show=False),
        Binding("q", "close", show=False),
    ]

    _heading: Lines
    _box: Input
    _rows: RowTable
    _keys: Lines

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        start: Any = None,
        typing: bool = False,
        more: Callable[[str], Sequence[Choice]] | None = None,
        on_move: Callable[[Any], None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = list(choices)
        self._start = start
        self._typing = typing
        self._more = more
        self._on_move = on_move
        self._labels = 0

    def compose(self) -> ComposeResult:
        """A title, what is typed, the lines, and the keys."""
        painter: Painter = self.app.painter  # type: ignore[attr-defined]  # the app is Hubscope
        self._heading = Lines(painter, 1, id="chooser-title")
        self._box = Input(compact=True, placeholder="type to narrow", id="chooser-box")
        self._box.cursor_blink = False
        self._rows = RowTable(painter, self._head, self._row, id="chooser-rows")
        self._keys = Lines(painter, 1, id="chooser-keys")
        yield self._heading
        if self._typing:
            yield self._box
        yield self._rows
        yield self._keys

    def on_mount(self) -> None:
        """Show every choice."""
        hear_theme(self)
        self._fill(self._choices)
        values = [choice.value for choice in self._choices]
        if self._start is not None and self._start in values:
            self._rows.move_to(values.index(self._start))
        self.set_focus(self._box if self._typing else self._rows)
        self._heading.show([((f" {self._title}", "title"),)])
        self._keys.show([self.keys_line()])

    def keys_line(self) -> Line:
        """What the keys do."""
        enter = (f" {shown('enter')}", "key")
        return (enter, (" choose  ", "muted"), ("Esc", "key"), (" close", "muted"))

    def _fill(self, choices: Sequence[Choice]) -> None:
        self._labels = max((width(choice.label) for choice in choices), default=0)
        self._rows.show([f"{index}" for index in range(len(choices))], choices)
        self._rows.restyle()

    def _head(self, cells: int) -> Line:
        count = len(self._rows.values)
        return fit(((f"  {count} of {len(self._choices)}", "head"),), cells)

    def _row(self, choice: Choice, cells: int, cursor: bool, marked: bool) -> Line:
        role = "cursor" if cursor else "cell"
        labels = min(self._labels, cells * 2 // 3)
        space = " " * max(1, labels - width(choice.label) + 2)
        text = f"{'▌' if cursor else ' '} {choice.label}{space}{choice.detail}"
        return fit(((text, role),), cells, role)

    @on(Input.Changed)
    def narrow(self, message: Input.Changed) -> None:
        """Keep the choices that hold every word typed."""
        message.stop()
        words = message.value.lower().split()
        matching = [
            choice
            for choice in self._choices
            if all(word in f"{choice.label} {choice.detail}".lower() for word in words)
        ]
        if self._more is not None and words:
            matching += self._more(message.value)
        self._fill(matching)
        self._rows.move_to(0)

    def on_row_table_moved(self, message: RowTable.Moved) -> None:
        """Pass the choice under the cursor to ``on_move``."""
        message.stop()
        choice = self._rows.value
        if self._on_move is not None and choice is not None:
            self._on_move(choice.value)

    def on_row_table_opened(self, message: RowTable.Opened) -> None:
        """A click on the line under the cursor."""
        message.stop()
        self.action_choose()

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._rows.move_to(self._rows.cursor + rows)

    def action_choose(self) -> None:
        """Close with the line under the cursor."""
        choice = self._rows.value
        self.dismiss(None if choice is None else choice.value)

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)
