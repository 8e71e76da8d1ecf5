"""View 3: claims of the press, what they are worth, and what decides; and each on its own page."""

import asyncio
from collections.abc import Iterable
from shlex import quote
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.widget import Widget

from tui.analysis.claims import CLAIMS, Judged
from tui.ask import claims as ask
from tui.ask.export import keep
from tui.model import Repo, View
from tui.render import claims as render
from tui.render.clipboard import Copy
from tui.render.export import lines
from tui.render.families import progress
from tui.render.spans import Line, both_ends
from tui.screens.chooser import Choice, Chooser
from tui.screens.page import bindings
from tui.screens.queueing import Queueing
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

TABLE, ONE = "claims", "claim"
_DEEPEST = 2  # the highest tier
_LONG = ("chinese-bases",)  # takes some twenty calls, so only when told to
_TIER_WORDS = {
    0: "lists: own repos, the newest models of seven days",
    1: "derivatives as the Hub counts them, a call for each own repo",
    2: "every derivative, one by one",
}


class Question(NamedTuple):
    """Which claims to judge, and how deep."""

    keys: tuple[str, ...]
    tier: int


class ClaimPage(Queueing):
    """What both pages of claims share: asking, fetching more, what can be copied."""

    VIEW = "Claims"

    def keys(self) -> tuple[str, ...]:
        """The claims of this page."""
        raise NotImplementedError

    def chosen(self) -> Judged | None:
        """The claim that the keys act on."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw the claims in hand."""
        raise NotImplementedError

    def in_hand(self) -> Repo | None:
        """A claim is no repo."""
        return None

    def judged(self) -> tuple[Judged, ...]:
        """The claims with their verdicts, as far as they are here."""
        return () if self.view is None else self.view.rows

    # asking

    def on_mount(self) -> None:
        """Judge from what is stored, then ask; what was begun before goes on."""
        super().on_mount()
        self.reader().focus()
        self.run_worker(self._begin(), group="deepen", exclusive=True, exit_on_error=False)

    async def _begin(self) -> None:
        sources = self.hubscope.sources
        stored = await asyncio.to_thread(self._stored)
        self._show(stored)
        for keys, tier in ask.unfinished(sources):
            if keys and set(keys) <= set(self.keys()):
                self.question(keys, tier)
        if self.hubscope.config.refresh == "auto" or stored.as_of is None:
            short = tuple(key for key in self.keys() if key not in _LONG)
            if short:
                self.question(short, 0)
        self.redraw()

    def _stored(self) -> View:
        """Everything that is stored, however long it takes to read."""
        self.hubscope.sources.store.flush()
        return ask.stored(self.hubscope.sources, self.keys(), _DEEPEST)

    def question(self, keys: tuple[str, ...], tier: int) -> None:
        """Ask for some claims at a tier, after what is being asked now."""
        self.enqueue(Question(keys, tier))

    def ask_again(self) -> None:
        """Ask for every claim of this page."""
        self.question(self.keys(), 0)

    async def _answer(self, asked: Question) -> None:
        sources = self.hubscope.sources
        keys = self.keys() if sources.universe == "sample" else asked.keys  # all is free there
        async for view in ask.stream(sources, keys, asked.tier, known=_DEEPEST):
            self.problem = next(iter(view.problems), None)
            self._show(view)

    def _show(self, view: View) -> None:
        """Take the verdicts that came, in the order of the claims."""
        held = {one.claim.key: one for one in (*self.judged(), *view.rows)}
        rows = tuple(held[claim.key] for claim in CLAIMS if claim.key in held)
        self.view = view._replace(rows=rows)
        self.redraw()

    # the reader's keys

    def action_fetch(self) -> None:
        """Offer what can be fetched for the claim in hand, naming the calls."""
        judged = self.chosen()
        if judged is None:
            self.say("no claim is highlighted")
            return
        choices = [
            Choice(tier, f"fetch tier {tier}: about {calls:,} calls?", _TIER_WORDS[tier])
            for tier, calls in ask.offers(judged)
        ]
        if not choices:
            self.say("nothing more can be fetched for this claim")
            return
        left = self.hubscope.sources.requests_left
        title = "Fetch more" if left is None else f"Fetch more · {left} calls left in this window"

        def fetch(tier: int | None) -> None:
            if tier is not None:
                self.question((judged.claim.key,), tier)

        self.app.push_screen(Chooser(title, choices), fetch)

    def action_refresh_view(self) -> None:
        """Ask again."""
        if self._queue:
            self.say("the Hub is being asked already")
        else:
            self.question(tuple(key for key in self.keys() if key not in _LONG) or self.keys(), 0)

    def action_copy_id(self) -> None:
        """Copy the key of the claim."""
        judged = self.chosen()
        self.copy(judged.claim.key) if judged else self.say("no claim is highlighted")

    def action_copy_menu(self) -> None:
        """Choose what to copy: a sentence to cite, the command, the requests behind a figure."""
        from tui.screens import menus

        judged, sources = self.chosen(), self.hubscope.sources
        if judged is None:
            self.say("no claim is highlighted")
            return
        cited = render.sentence(judged, sources.endpoint, sources.now())
        found = [Copy("cite", cited), Copy("this view", self.command_line())]
        urls = dict.fromkeys(url for one in judged.tried for url in one.value.requests)
        found += [Copy("request", f"curl -s {quote(url)}") for url in list(urls)[:20]]
        self.app.push_screen(menus.copies(found), self.copy_chosen)

    def action_export(self) -> None:
        """Write the claims in hand to a file."""
        from tui.screens import menus

        def chosen(form: str | None) -> None:
            sources = self.hubscope.sources
            if form and self.view is not None:
                made = render.output(sources.endpoint, self.view, sources.now(), 100)
                self.say(keep(lines(made, form), "claims", form, sources.now()))

        self.app.push_screen(menus.formats(), chosen)

    def command_line(self) -> str:
        """The shell command that prints the claim in hand."""
        judged = self.chosen()
        return f"hubscope claims {judged.claim.key}" if judged else "hubscope claims"

    def _right(self) -> Line:
        words = progress(self.view.progress if self.view else None)
        return ((words, "muted"), (" ", "text"))


class ClaimsScreen(ClaimPage):
    """The table of claims."""

    PLACE = TABLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(TABLE)

    def body(self) -> Iterable[Widget]:
        """The table."""
        yield RowTable(self.hubscope.painter, render.header, self._row, id="rows")

    def reader(self) -> RowTable:
        """The table."""
        return self.query_one(RowTable)

    def keys(self) -> tuple[str, ...]:
        """All claims."""
        return tuple(claim.key for claim in CLAIMS)

    def chosen(self) -> Judged | None:
        """The highlighted one."""
        judged: Judged | None = self.reader().value
        return judged

    def _row(self, judged: Judged, width: int, cursor: bool, marked: bool) -> Line:
        return render.row(judged, width, cursor=cursor, marked=marked)

    def redraw(self) -> None:
        """Draw a row for each claim."""
        rows = self.judged()
        self.reader().show([one.claim.key for one in rows], rows)
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
        more = next((f" · + {calls:,} calls" for _, calls in ask.offers(judged)), "")
        return ((f" {judged.now.verdict}: {render.decides(judged)}{more}", "muted"),)

    def on_row_table_moved(self, message: RowTable.Moved) -> None:
        """Say what decides the claim under the cursor."""
        message.stop()
        self.frame()

    def on_row_table_opened(self, message: RowTable.Opened) -> None:
        """A click on the row under the cursor."""
        message.stop()
        self.action_open_row()

    def action_open_row(self) -> None:
        """Open every definition of the claim."""
        judged = self.chosen()
        if judged is None:
            self.say("no claim is highlighted")
        else:
            self.hubscope.visit(ONE, judged.claim.key)


class ClaimScreen(ClaimPage):
    """One claim: every definition that was tried."""

    PLACE = ONE
    BINDINGS: ClassVar[list[BindingType]] = bindings(ONE)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Pane(self.hubscope.painter, id="page")

    def reader(self) -> Pane:
        """The page."""
        return self.query_one(Pane)

    def keys(self) -> tuple[str, ...]:
        """This claim."""
        return (self.key,)

    def chosen(self) -> Judged | None:
        """This claim."""
        return next(iter(self.judged()), None)

    def on_resize(self) -> None:
        """The page's lines are made for a width."""
        super().on_resize()
        self.redraw()

    def redraw(self) -> None:
        """Draw the page, at the place where its reader is."""
        judged, width = self.chosen(), self.size.width
        if judged is not None and width > 2:
            made = render.page(judged, self.hubscope.sources.now(), width - 2)
            self.reader().show([((" ", "text"), *line) for line in made], keep_place=True)
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
        if not offers:
            return ((" nothing more can be fetched for it · Y copies a sentence to cite", "muted"),)
        words = ", ".join(f"tier {tier}: about {calls:,} calls" for tier, calls in offers)
        return ((f" + fetches more ({words}) · Y copies a sentence to cite", "muted"),)
