"""One picture of a card, as large as the screen."""

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from tui.analysis.repo.pictures import spot
from tui.ask.pictures import picture as ask
from tui.ask.pictures.drawing import GREYLESS, KITTY, SIXEL, Drawn, Wanted
from tui.model import OtherHost, Problem, View
from tui.places import PicturePlace
from tui.render import cells
from tui.render.clipboard import Copy
from tui.render.spans import Line, cut
from tui.screens import graphics
from tui.screens.bound import bindings
from tui.screens.page import Page
from tui.terminal import write
from tui.widgets.pane import Pane
from tui.widgets.picture import PicturePane

# What kitty calls our picture, which the next one takes the place of: at most 24 bits, for its
# placeholders carry it as their colour.
_KITTY_NUMBER = 0x756273


class PictureScreen(Page):
    """A picture; of another host once that was named and agreed to."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PicturePlace)
    NOTHING = "the picture has no address"

    def __init__(self, place: PicturePlace) -> None:
        super().__init__(place)
        self.words, self.source, self.number = place.words, place.source, place.number
        self._repo = (place.kind, place.id)
        self._drawn: Drawn | None = None
        self._form = ""
        self._room = (0, 0)

    def body(self) -> Iterable[Widget]:
        """The pane."""
        self.pane = PicturePane(self.hubscope.painter, id="picture")
        yield self.pane

    def reader(self) -> Pane:
        """The pane."""
        return self.pane

    def heading(self, width: int) -> Line:
        """Which picture it is."""
        title = f"{self._repo[1]} · picture {self.number}: {self.words}"
        return ((f" {cut(title, width - 2)}", "title"),)

    def definition(self, width: int) -> Line:
        """What it is, and how it is drawn."""
        drawn = self._drawn
        if drawn is None:
            return ((" asking …" if self.busy else " nothing to see", "muted"),)
        parts = [
            f"{drawn.format} {drawn.width:,} x {drawn.height:,}",
            cells.size(drawn.bytes),
            *(["its first frame"] if drawn.animated else []),
            {
                SIXEL: "drawn in sixels",
                KITTY: "drawn by the terminal",
                GREYLESS: "half blocks without colours",
            }.get(self._form, "half blocks"),
            *(["in 16 colours"] if self._plain_colours() else []),
        ]
        return ((f" {' · '.join(parts)}", "muted"),)

    def _plain_colours(self) -> bool:
        return self._form not in (SIXEL, KITTY, GREYLESS) and graphics.colours(self.hubscope) == 16

    def fit_in(self) -> None:
        """Draw it anew for another size."""
        size = (self.pane.size.width, self.pane.size.height)
        if self._drawn is not None and size != self._room:
            self.load()

    def begin(self) -> None:
        """Ask for the picture."""
        self.call_after_refresh(self.load)

    def resume(self) -> None:
        """In sight again, with what the terminal had drawn over it."""
        if self._drawn is not None:
            self._show(self._drawn)

    def pause(self) -> None:
        """Take away what the terminal drew over its cells."""
        if self._form == KITTY:
            write(self.app, f"\x1b_Ga=d,d=I,q=2,i={_KITTY_NUMBER}\x1b\\")
        elif self._form == SIXEL:
            self.hubscope.paint_anew()
        super().pause()

    def action_refresh_view(self) -> None:
        """Ask again."""
        self.load()

    @work(group="picture", exclusive=True)
    async def load(self) -> None:
        """Fetch and draw it."""
        app = self.hubscope
        self.busy, self.problem = True, None
        self.frame()
        self._room = (self.pane.size.width, self.pane.size.height)
        where = spot(self.source, *self._repo, app.sources.endpoint)
        try:
            self._form = self._form or await graphics.form(app)
            view = await ask.drawn(app.sources, where, self._wanted(), app.agreed)
            self.view, self._drawn = view, view.value
            self._show(view.value)
        except OtherHost as other:
            self._name_host(other)
        except Problem as problem:
            self._say_why(problem)
        finally:
            self.busy = False
            self.frame()

    def _wanted(self) -> Wanted:
        app, palette = self.hubscope, self.hubscope.painter.palette
        width, height = graphics.cell_size()
        return Wanted(
            self._form,
            max(1, self._room[0] - 2),
            max(1, self._room[1]),
            width,
            height,
            "#000000" if palette.ansi else palette.background,
            graphics.colours(app),
            _KITTY_NUMBER,
            not palette.dark,
        )

    def _show(self, drawn: Drawn) -> None:
        if self._form == KITTY:
            self.pane.picture(drawn.lines, drawn.columns, first=drawn.code)
        elif self._form == SIXEL:
            self.pane.picture((), drawn.columns, over=drawn.code)
        else:
            self.pane.picture(drawn.lines, drawn.columns)

    def _say_why(self, problem: Problem) -> None:
        self.problem = problem
        if self.view is None:
            self.view = View(rows=(), source="cache", as_of=self.hubscope.sources.now())
        if self._drawn is None:
            room = max(20, self.size.width - 4)
            lines = [((f" {part}", "warn"),) for part in cells.wrap(str(problem), room)]
            address = ((f" {self.source}", "muted"),)
            self.pane.message([(), *lines, (), address])

    def _name_host(self, other: OtherHost) -> None:
        """Ask for a host by name before anything is asked of it."""
        from tui.screens.chooser import Choice, Chooser

        def chosen(agreed: bool | None) -> None:
            if agreed:
                self.hubscope.agreed.add(other.host)
                self.load()
            else:
                self._say_why(other)
                self.frame()

        choices = [
            Choice(False, "leave it"),
            Choice(True, f"ask {other.host}", "it sees this machine; no login goes along"),
        ]
        title = f"The picture lies on {other.host}"
        if self.is_current:
            self.app.push_screen(Chooser(title, choices), chosen)

    def name_in_hand(self) -> str:
        """The picture's source, as the card has it."""
        return self.source

    def copies(self) -> list[Copy]:
        """Its source."""
        return [Copy("address", self.source)]

    def command_line(self) -> str:
        """The card has it."""
        kind, repo_id = self._repo
        return f"hubscope card {repo_id}" + ("" if kind == "model" else f" --kind {kind}")
