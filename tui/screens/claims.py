"""View 3: claims of the press, what they are worth, and what decides; and each on its own page."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.analysis.claims import CLAIMS, Judged
from tui.ask.claims import claims as ask
from tui.places import ClaimPlace, ClaimsPlace
from tui.render import cells, claim_pane
from tui.render import claims as render
from tui.render.spans import Line, both_ends
from tui.screens.bound import bindings
from tui.screens.claim_page import ClaimPage
from tui.screens.glance import Glance
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable


class ClaimsScreen(ClaimPage):
    """The table of claims."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(ClaimsPlace)

    glance: Glance

    def body(self) -> Iterable[Widget]:
        """The table, and the highlighted claim at a glance."""
        painter = self.hubscope.painter
        self.rows = RowTable(painter, render.header, self._row, id="rows")
        self.glance = Glance(painter, self.rows, self._at_a_glance, beside=True)
        self.parts = {"glance": self.glance}
        yield self.glance

    def fit_in(self) -> None:
        """Two panes where there is room."""
        self.glance.fit_in(self.size.width, self.size.height - self.FRAME, len(CLAIMS))

    def moved(self) -> None:
        """Another claim is highlighted."""
        super().moved()
        self.glance.follow()

    def _at_a_glance(self, width: int, height: int) -> list[Line]:
        judged = self.chosen()
        return [] if judged is None else claim_pane.lines(judged, width, height, ask.offers(judged))

    def keys(self) -> tuple[str, ...]:
        """All claims."""
        return tuple(claim.key for claim in CLAIMS)

    def chosen(self) -> Judged | None:
        """The highlighted one."""
        judged: Judged | None = self.rows.value
        return judged

    def _row(self, judged: Judged, width: int, cursor: bool, marked: bool) -> Line:
        return render.row(judged, width, cursor=cursor, marked=marked)

    def redraw(self) -> None:
        """Draw a row for each claim."""
        rows = self.judged()
        self.rows.show([row.claim.key for row in rows], rows)
        self.glance.follow()
        self.frame()

    def heading(self, width: int) -> Line:
        """What the view is."""
        words = " claims · then: as published · now: as the Hub counts"
        return both_ends(((words, "title"),), self._right(), width)

    def definition(self, width: int) -> Line:
        """What decides the highlighted claim."""
        judged = self.chosen()
        if judged is None:
            return ((" asking the Hub …", "muted"),)
        more = next((f" · + {cells.calls(calls)}" for _, calls in ask.offers(judged)), "")
        return ((f" {judged.now.verdict}: {render.decides(judged)}{more}", "muted"),)

    def action_open_row(self) -> None:
        """Open every definition of the claim."""
        judged = self.chosen()
        if judged is None:
            self.say(self.NOTHING)
        else:
            self.hubscope.visit(ClaimPlace(judged.claim.key))


class ClaimScreen(ClaimPage):
    """One claim: every definition that was tried."""

    pane: Pane

    BINDINGS: ClassVar[list[BindingType]] = bindings(ClaimPlace)

    def __init__(self, place: ClaimPlace) -> None:
        super().__init__(place)
        self.key = place.key

    def body(self) -> Iterable[Widget]:
        """The page."""
        self.pane = Pane(self.hubscope.painter, id="page")
        yield self.pane

    def reader(self) -> Pane:
        """The page."""
        return self.pane

    def keys(self) -> tuple[str, ...]:
        """This claim."""
        return (self.key,)

    def chosen(self) -> Judged | None:
        """This claim."""
        return next(iter(self.judged()), None)

    def fit_in(self) -> None:
        """The page's lines are made for a width."""
        self.redraw()

    def redraw(self) -> None:
        """Draw the page, at the place where its reader is."""
        judged, width = self.chosen(), self.size.width
        if judged is not None and width > 2:
            page_lines = render.page(judged, self.hubscope.sources.now(), width - 2)
            self.pane.show([((" ", "text"), *line) for line in page_lines], keep_place=True)
        self.frame()

    def heading(self, width: int) -> Line:
        """Which claim it is."""
        words = f" claim · {self.key}"
        return both_ends(((words, "title"),), self._right(), width)

    def definition(self, width: int) -> Line:
        """What still can be asked."""
        judged = self.chosen()
        if judged is None:
            return ((" asking the Hub …", "muted"),)
        offers = ask.offers(judged)
        words = ", ".join(f"tier {tier}: about {cells.calls(calls)}" for tier, calls in offers)
        more = f"+ {words}" if offers else "nothing more can be fetched"
        below = "j definitions · " if self.pane.max_scroll_y else ""
        return ((f" {below}{more} · Y cites", "muted"),)
