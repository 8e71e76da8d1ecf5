"""What every screen has: the line of views, a title, a body, a definition and the keys."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from tui.keys import COMMANDS, Command, here, shown
from tui.model import Problem, View
from tui.render import status
from tui.render.spans import Line, both_ends, fit
from tui.widgets.lines import Lines
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.app import Hubscope

VIEWS = (("1", "Trending"),)
_TICK = 20.0  # seconds between looks at the clock; a line is painted only when its text changes


def bindings(place: str) -> list[BindingType]:
    """The bindings of a place, from the one table."""
    return [
        Binding(",".join(command.keys), command.action, command.label, show=False, id=command.id)
        for command in here(place)
    ]


class Page(Screen[None], inherit_bindings=False):
    """A screen with a frame of three lines above and three below its body."""

    PLACE: ClassVar[str] = ""
    VIEW: ClassVar[str] = ""  # the view that is lit in the first line

    def __init__(self) -> None:
        super().__init__()
        self.view: View | None = None
        self.problem: Problem | None = None
        self.busy = False

    @property
    def hubscope(self) -> "Hubscope":
        """The app, with its own attributes."""
        return cast("Hubscope", self.app)

    # the frame

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        painter = self.hubscope.painter
        yield Lines(painter, 3, id="top")
        yield from self.body()
        yield Lines(painter, 3, id="bottom")

    def body(self) -> Iterable[Widget]:
        """The widgets between the frame's lines."""
        raise NotImplementedError

    def heading(self, width: int) -> Line:
        """The second line: what is shown."""
        raise NotImplementedError

    def definition(self, width: int) -> Line:
        """The line under the body: what the figures mean and how old they are."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Draw the frame, then begin."""
        self.set_interval(_TICK, self.frame)

    def on_resize(self) -> None:
        """The frame's lines are made for a width."""
        self.frame()

    def frame(self) -> None:
        """Bring the frame's lines up to date; the ones that stay the same are not painted."""
        width = self.size.width
        if not width:
            return
        rule: Line = (("─" * width, "rule"),)
        self.query_one("#top", Lines).show([self._views(width), self.heading(width), rule])
        said: Line = (
            self.definition(width) if self.problem is None else ((f" {self.problem}", "warn"),)
        )
        self.query_one("#bottom", Lines).show([rule, fit(said, width), self._footer(width)])

    def _views(self, width: int) -> Line:
        names: list[tuple[str, str]] = [(" hubscope  ", "title")]
        for key, name in VIEWS:
            names.append((f" {key} {name} ", "tab.on" if name == self.VIEW else "tab"))
        now = self.hubscope.sources.now()
        note = self.hubscope.sample_note
        right = status.state(self.view, now, busy=self.busy, note=note)
        return both_ends(names, (*right, (" ", "text")), width)

    def _footer(self, width: int) -> Line:
        left = status.budget(self.hubscope.sources.requests_left)
        right: Line = ((f"{left} ", "muted"),) if left else ()
        room = width - sum(len(text) for text, _ in right) - 2
        return both_ends(footer(self.commands(), room), right, width)

    def commands(self) -> list[Command]:
        """The commands that work here."""
        return here(self.PLACE)

    # moving: what every body answers to

    def reader(self) -> RowTable | Pane:
        """The part of the body that the keys move."""
        raise NotImplementedError

    def action_move(self, rows: int) -> None:
        """Move by rows, or lines."""
        reader = self.reader()
        if isinstance(reader, RowTable):
            reader.move_to(reader.cursor + rows)
        else:
            reader.scroll_lines(rows)

    def action_half(self, sign: int) -> None:
        """Move by half a page."""
        self.action_move(sign * max(1, self.reader().page // 2))

    def action_page(self, sign: int) -> None:
        """Move by a page."""
        self.action_move(sign * max(1, self.reader().page - 1))

    def action_edge(self, sign: int) -> None:
        """Go to the first or the last row."""
        self.action_move(sign * 10**7)

    # leaving

    def action_back(self) -> None:
        """One level back; at the root nothing."""
        self.hubscope.go_up(leave=False)

    def action_leave(self) -> None:
        """One level back; at the root the app ends."""
        self.hubscope.go_up(leave=True)

    def action_help(self) -> None:
        """List what works here."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.commands(), self.hubscope.painter), self.run_command)

    async def run_command(self, command: Command | None) -> None:
        """Do what a list of commands was asked for."""
        if command is not None:
            await self.run_action(command.action)


def footer(commands: Sequence[Command], width: int) -> Line:
    """``⏎ card  / search  ? help``: the footer's commands as far as they fit."""
    chosen = sorted((c for c in commands if c.footer), key=lambda command: command.footer)
    spans: list[tuple[str, str]] = [(" ", "muted")]
    taken = 1
    for command in chosen:
        key, label = shown(command.keys[0]), command.label
        cells = len(key) + len(label) + 3
        if taken + cells > width:
            continue
        spans += [(key, "key"), (f" {label}  ", "muted")]
        taken += cells
    return tuple(spans)


def command_of(command_id: str) -> Command:
    """The command with this id."""
    return next(command for command in COMMANDS if command.id == command_id)
