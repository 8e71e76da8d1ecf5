"""What every screen has: its frame, its messages, moving, copying, and the way out."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tui.keys import Command, here
from tui.model import Problem, View, clean_line
from tui.places import Place
from tui.render import status
from tui.render.clipboard import Copy
from tui.render.spans import Line, both_ends, fit, line_width
from tui.screens import frame
from tui.screens.out_of_sight import put_away, take_up
from tui.screens.themed import hear_theme
from tui.widgets.lines import Lines
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.app import Hubscope

TICK = 20.0  # seconds between looks at the clock; a line is painted only when its text changes
_SAID = 6.0  # seconds that a remark stands


class Page(Screen[None], inherit_bindings=False):
    """A screen with a frame of three lines above and three or more below its body.

    The toolkit calls the ``on_`` handlers of every class of a screen, so they stand here, once; a
    screen says what it does then in ``begin``, ``fit_in``, ``resume``, ``pause``, ``moved``.
    """

    NOTHING = "no repo is highlighted"  # what is said where there is nothing to copy
    LOWER = 1  # lines at most between the lower rule and the footer
    FRAME = 5  # lines of the frame beside them
    pointed = (0, 0)  # the cells of the lower rule that have carets, to before the second
    top: Lines
    bottom: Lines
    rows: RowTable  # what the keys move, unless ``reader`` says otherwise

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.parts: dict[str, DOMNode] = {}  # what is bound in the screen's stead, by its name
        self.hidden: tuple[str, ...] = ()  # the parts that are out of sight
        self.view: View | None = None
        self.problem: Problem | None = None
        self.busy = False
        self.left = False  # the reader is leaving: what is drawn now is seen at the next start
        self._said = ""
        self._hint = ""
        self._silence: Timer | None = None

    @property
    def hubscope(self) -> "Hubscope":
        """The app, with its own attributes."""
        return cast("Hubscope", self.app)

    def body(self) -> Iterable[Widget]:
        """The widgets between the frame's lines."""
        return ()

    def heading(self, width: int) -> Line:
        """The second line: what is shown."""
        return ()

    def definition(self, width: int) -> Line:
        """The line under the body: what the figures mean and how old they are."""
        return ()

    def reader(self) -> RowTable | Pane:
        """The part of the body that the keys move."""
        return self.rows

    def first_keys(self) -> Sequence[str]:
        """The ids of the commands that one would press next, as things stand."""
        return ()

    def begin(self) -> None:
        """Do what is to be done when the screen has been put up."""

    def fit_in(self) -> None:
        """Fit the body to the size there is."""

    def resume(self) -> None:
        """Bring up to date what may have changed while another screen was in sight."""

    def pause(self) -> None:
        """Let go of what is not needed while another screen is in sight."""
        put_away(self)

    def moved(self) -> None:
        """Hear that the cursor is on another row."""
        self.frame()

    def name_in_hand(self) -> str:
        """What copying copies: the id or key in hand, "" where there is none."""
        return ""

    def command_line(self) -> str:
        """The shell command that prints what this screen shows."""
        return "hubscope"

    def copies(self) -> list[Copy]:
        """What can be copied; empty where nothing is in hand."""
        return []

    def fit_to_keep(self) -> bool:
        """Make the screen fit to be shown again before the next start; False if it must not be."""
        return False

    def position(self) -> dict[str, str | None]:
        """Where the reader was, for the next start."""
        return {}

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        painter = self.hubscope.painter
        self.top = Lines(painter, 3, id="top")
        self.bottom = Lines(painter, 2 + self.LOWER, id="bottom")
        yield self.top
        yield from self.body()
        yield self.bottom

    def on_mount(self) -> None:
        """Draw the frame, and keep its ages true."""
        self.set_interval(TICK, self.hubscope.line.unless_slow(self.frame))
        hear_theme(self)
        self.set_focus(self.reader())
        self.begin()
        self.frame()

    def on_resize(self) -> None:
        """The frame's lines are made for a width."""
        self.fit_in()
        self.frame()

    def on_screen_resume(self) -> None:
        """In sight again."""
        take_up(self)
        self.resume()
        self.frame()

    def on_screen_suspend(self) -> None:
        """Out of sight."""
        self.pause()

    def frame(self) -> None:
        """Bring the frame's lines up to date; the ones that stay the same are not painted."""
        if not (cells := self.size.width) or not self.is_mounted:
            return
        # one after the other: what is being said is not talked over
        if not self._said and (remark := self.hubscope.remarks.take(self.hubscope.sources.notices)):
            self.say(remark)
        if hint := self.hubscope.remarks.take_hint():
            self._hint = hint
            self.set_timer(_SAID, self._forget_hint)
        lower = self.lower_lines(cells)
        self.top.show([self._state(cells), self.heading(cells), frame.rule(cells)])
        self.bottom.styles.height = 2 + len(lower)
        rule = frame.rule(cells, self.pointed)
        self.bottom.show([rule, *(fit(line, cells) for line in lower), self._footer(cells)])

    def lower_lines(self, cells: int) -> list[Line]:
        """The lines between the lower rule and the footer."""
        return [self.remark() or self.definition(cells)]

    def remark(self) -> Line:
        """What was said, or what went wrong; empty where there is neither."""
        if self._said:
            return ((f" {self._said}", "accent"),)
        if self.problem is not None:
            return ((f" {self.problem}", "warn"),)
        if coming := self.hubscope.downloads.line:
            return ((f" {coming}", "accent"),)
        # gives way to an error, which the reader needs more
        return ((f" {self._hint}", "accent"),) if self._hint else ()

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

    def _forget_hint(self) -> None:
        self._hint = ""
        self.frame()

    def _state(self, cells: int) -> Line:
        now = self.hubscope.sources.now()
        right = status.state(self.view, now, busy=self.busy, note=self.hubscope.sample_note)
        if self.left:
            right = (("○ as you left it", "muted"),)
        names = frame.views(self.place.view, self.hubscope.pressed, cells - line_width(right) - 2)
        return both_ends(names, (*right, (" ", "text")), cells)

    def _footer(self, cells: int) -> Line:
        left = status.budget(self.hubscope.sources.requests_left)
        right: Line = ((f"{left} ", "muted"),) if left else ()
        room, pressed = cells - line_width(right) - 2, self.hubscope.pressed
        first, hidden = self.first_keys(), self.hidden
        offered = [
            command
            for command in self.commands()
            if command.part not in hidden or command.id in first
        ]
        return both_ends(frame.footer(offered, pressed, room, first), right, cells)

    def commands(self) -> list[Command]:
        """The commands that work here."""
        return here(type(self.place))

    def action_help(self) -> None:
        """List what works here, and run what is chosen."""
        from tui.screens.menus import help_menu

        self.app.push_screen(help_menu(self.commands(), self.hubscope.pressed), self.run_chosen)

    def action_palette(self) -> None:
        """Find a command, a stored repo or an author."""
        from tui.screens.menus import palette

        app = self.hubscope
        app.push_screen(palette(self.commands(), app.pressed, app.sources), self.run_chosen)

    async def run_chosen(self, chosen: Command | Place | None) -> None:
        """Do what a menu was asked for: run a command, or go to a place."""
        if isinstance(chosen, Command):
            await self.app.run_action(chosen.action, self.parts.get(chosen.part, self))
        elif chosen is not None:
            self.hubscope.visit(chosen)

    def action_move(self, rows: int) -> None:
        """Move by rows, or lines."""
        reader = self.reader()
        if isinstance(reader, RowTable):
            reader.move_to(reader.cursor + rows)
            self.frame()  # in the paint that moves the cursor, not in the next
        else:
            reader.scroll_lines(self.hubscope.line.step(rows, reader.page))

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
        """Another row is under the cursor."""
        message.stop()
        self.moved()

    async def on_row_table_opened(self, message: RowTable.Opened) -> None:
        """A click on the row under the cursor is as good as its key."""
        message.stop()
        if any(command.action == "open_row" for command in self.commands()):
            await self.run_action("open_row")

    def copy(self, text: str | None) -> None:
        """Hand ``text`` to the terminal's clipboard."""
        if text:
            from tui.screens.copying import copy

            copy(self, text)

    def action_copy_id(self) -> None:
        """Copy the id or key in hand."""
        name = self.name_in_hand()
        self.copy(name) if name else self.say(self.NOTHING)

    def action_copy_menu(self) -> None:
        """Choose what to copy."""
        from tui.screens import menus

        if entries := self.copies():
            self.app.push_screen(menus.copies(entries), self.copy)
        else:
            self.say(self.NOTHING)

    def action_up(self, leave: bool) -> None:
        """One level back. At the root the app ends if ``leave``."""
        self.hubscope.go_up(leave=leave)
