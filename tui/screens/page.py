"""What every screen has: the line of views, a heading, a body, a definition and the keys."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tui.keys import Command, here, shown
from tui.model import Problem, View, clean_line
from tui.render import status
from tui.render.spans import Line, both_ends, fit, line_width, width
from tui.widgets.lines import Lines
from tui.widgets.paint import Painter
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.app import Hubscope

VIEWS = (("1", "Trending"), ("2", "Families"), ("3", "Claims"), ("4", "Saved"))
_TICK = 20.0  # seconds between looks at the clock; a line is painted only when its text changes
_SAID = 6.0  # seconds that a remark stands


def bindings(place: str) -> list[BindingType]:
    """The bindings of a place, from the one table."""
    return [
        Binding(",".join(command.keys), command.action, command.label, show=False, id=command.id)
        for command in here(place)
    ]


class Page(Screen[None], inherit_bindings=False):
    """A screen with a frame of three lines above and three below its body.

    The toolkit calls the ``on_`` handlers of every class, the nearest first: a page that has its
    own ``on_mount`` or ``on_resize`` does not call this one's.
    """

    PLACE: ClassVar[str] = ""
    VIEW: ClassVar[str] = ""  # the view that is lit in the first line

    def __init__(self) -> None:
        super().__init__()
        self.view: View | None = None
        self.problem: Problem | None = None
        self.busy = False
        self.left = False  # the reader is leaving: what is drawn now is seen at the next start
        self._said = ""
        self._silence: Timer | None = None

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
        """Draw the frame, and keep its ages true."""
        self.set_interval(_TICK, self.frame)

    def on_resize(self) -> None:
        """The frame's lines are made for a width."""
        self.frame()

    def on_screen_resume(self) -> None:
        """In sight again: ages and colours may have changed meanwhile."""
        self.frame()

    def frame(self) -> None:
        """Bring the frame's lines up to date; the ones that stay the same are not painted."""
        cells = self.size.width
        if not cells or not self.is_mounted:
            return
        for line in self.hubscope.take_remarks():
            self.say(line)
        rule: Line = (("─" * cells, "rule"),)
        self.query_one("#top", Lines).show([self._views(cells), self.heading(cells), rule])
        self.query_one("#bottom", Lines).show(
            [rule, fit(self._lower(cells), cells), self._footer(cells)]
        )

    def say(self, text: str) -> None:
        """Show a remark in place of the definition, for a while."""
        self._said = clean_line(text)
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(_SAID, self._fall_silent)
        self.frame()

    def _fall_silent(self) -> None:
        self._said = ""
        self.frame()

    def _lower(self, cells: int) -> Line:
        if self._said:
            return ((f" {self._said}", "accent"),)
        if self.problem is not None:
            return ((f" {self.problem}", "warn"),)
        return self.definition(cells)

    def _views(self, cells: int) -> Line:
        now = self.hubscope.sources.now()
        right = status.state(self.view, now, busy=self.busy, note=self.hubscope.sample_note)
        if self.left:
            right = (("○ as you left it", "muted"),)
        room = cells - line_width(right) - 2
        names = next((n for n in self._view_names() if line_width(n) <= room), ())
        return both_ends(names, (*right, (" ", "text")), cells)

    def _view_names(self) -> Iterable[Line]:
        """The line of views: whole, then shorter, for where there is less room."""
        for head, others in (
            (" hubscope  ", True),
            (" ", True),
            (" hubscope  ", False),
            (" ", False),
        ):
            yield (
                (head, "title"),
                *(
                    (f" {key} {name} ", "tab.on")
                    if name == self.VIEW
                    else (f" {key} {name} " if others else f" {key} ", "tab")
                    for key, name in VIEWS
                ),
            )

    def _footer(self, cells: int) -> Line:
        left = status.budget(self.hubscope.sources.requests_left)
        right: Line = ((f"{left} ", "muted"),) if left else ()
        room = cells - sum(len(text) for text, _ in right) - 2
        return both_ends(footer(self.commands(), self.hubscope.pressed, room), right, cells)

    def repaint(self, painter: Painter) -> None:
        """Draw everything in other colours."""
        for widget in self.query("Lines, Pane"):
            cast("Lines | Pane", widget).repaint(painter)
        for table in self.query(RowTable):
            table.restyle(painter)

    # what works here

    def commands(self) -> list[Command]:
        """The commands that work here."""
        return here(self.PLACE)

    def action_help(self) -> None:
        """List what works here, and run what is chosen."""
        from tui.screens.menus import help_menu

        self.app.push_screen(help_menu(self.commands(), self.hubscope.pressed), self.run_chosen)

    def action_palette(self) -> None:
        """Find a command, a stored repo or an author."""
        from tui.screens.menus import palette

        self.app.push_screen(
            palette(self.commands(), self.hubscope.pressed, self.hubscope.sources), self.run_chosen
        )

    async def run_chosen(self, chosen: Any) -> None:
        """Do what a menu was asked for: run a command, open a repo, list an author."""
        if isinstance(chosen, Command):
            await self.run_action(chosen.action)
        elif chosen is not None:
            self.hubscope.visit(*chosen)

    # moving: what every body answers to

    def reader(self) -> RowTable | Pane:
        """The part of the body that the keys move."""
        raise NotImplementedError

    def action_move(self, rows: int) -> None:
        """Move by rows, or lines."""
        reader = self.reader()
        if isinstance(reader, RowTable):
            reader.move_to(reader.cursor + rows)
            self.frame()  # in the paint that moves the cursor, not in the next
        else:
            reader.scroll_lines(rows)

    def action_half(self, sign: int) -> None:
        """Move by half a page."""
        self.action_move(sign * max(1, self.reader().page // 2))

    def action_page(self, sign: int) -> None:
        """Move by a page."""
        self.action_move(sign * max(1, self.reader().page - 1))

    def action_edge(self, sign: int) -> None:
        """Go to the beginning or the end."""
        self.action_move(sign * 10**7)

    def on_row_table_moved(self, message: RowTable.Moved) -> None:
        """The lower line says what the cursor is on."""
        message.stop()
        self.frame()

    async def on_row_table_opened(self, message: RowTable.Opened) -> None:
        """A click on the row under the cursor is as good as its key."""
        message.stop()
        if hasattr(self, "action_open_row"):
            await self.run_action("open_row")

    # leaving

    def action_back(self) -> None:
        """One level back; at the root nothing."""
        self.hubscope.go_up(leave=False)

    def action_leave(self) -> None:
        """One level back; at the root the app ends."""
        self.hubscope.go_up(leave=True)


def footer(commands: Sequence[Command], pressed: dict[str, tuple[str, ...]], room: int) -> Line:
    """``⏎ card  / search  ? help``: the footer's commands, the first ones as far as they fit.

    Help comes last and always.
    """
    chosen = sorted((c for c in commands if c.footer), key=lambda command: command.footer)
    entries = [(shown(pressed[command.id][0]), command.label) for command in chosen]
    helped = next((e for c, e in zip(chosen, entries) if c.id == "app.help"), None)
    kept: list[tuple[str, str]] = []
    taken = 1 + (_cells(helped) if helped else 0)
    for entry in entries:
        if entry is not helped and taken + _cells(entry) <= room:
            kept.append(entry)
            taken += _cells(entry)
    spans: list[tuple[str, str]] = [(" ", "muted")]
    for key, label in [*kept, *([helped] if helped else [])]:
        spans += [(key, "key"), (f" {label}  ", "muted")]
    return tuple(spans)


def _cells(entry: tuple[str, str]) -> int:
    return width(entry[0]) + len(entry[1]) + 3
