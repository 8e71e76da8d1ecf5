"""One repo: its card and its facts, as tabs."""

from collections.abc import Iterable
from shlex import quote
from textwrap import wrap
from typing import ClassVar, cast

from textual import work
from textual.binding import BindingType
from textual.containers import Container
from textual.geometry import Offset
from textual.widget import Widget

from tui.analysis import evals
from tui.ask import card as ask
from tui.keys import CARD
from tui.model import Gated, Offline, Problem, Repo
from tui.render import cells
from tui.render.clipboard import url
from tui.render.spans import Line, both_ends, cut_middle
from tui.screens.acting import Acting, open_page
from tui.screens.boxes import FindBox
from tui.screens.chooser import Choice, Chooser
from tui.screens.facts import FactsTab
from tui.screens.lineage import LineageTab
from tui.screens.page import bindings
from tui.screens.tabs import CONTEXTS, EvalsTab, FilesTab
from tui.widgets.card import CardPane
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

TABS = {
    "model": ("Card", "Facts", "Lineage", "Files", "Evals"),
    "dataset": ("Card", "Facts"),
    "space": ("Card", "Facts"),
}
_SIDEWAYS = 8  # cells that wide lines scroll by
_LEAST = 40  # cells that facts are wrapped at, at least


class CardScreen(Acting):
    """What one repo is."""

    PLACE = CARD
    BINDINGS: ClassVar[list[BindingType]] = bindings(CARD)

    def __init__(self, kind: str, repo_id: str, tab: str = "Card") -> None:
        super().__init__()
        self.kind, self.repo_id = kind, repo_id
        self.tabs = TABS[kind]
        self.tab = tab
        self._extras_due = False

    def body(self) -> Iterable[Widget]:
        """A pane for each tab."""
        with Container(id="tabs"):
            yield CardPane(self.hubscope.painter, id="Card")
            yield FactsTab(self.hubscope.painter)
            if "Files" in self.tabs:
                yield LineageTab(self.hubscope.painter, self.repo_id)
                yield FilesTab(self.hubscope.painter, self.kind, self.repo_id)
                yield EvalsTab(self.hubscope.painter)

    def reader(self) -> Pane | RowTable:
        """The pane of the tab in sight, or its table."""
        return cast("Pane | RowTable", self.query_one(f"#{self.tab}"))

    @property
    def pane(self) -> CardPane:
        """The pane of the card itself."""
        return self.query_one(CardPane)

    @property
    def card(self) -> ask.Card:
        """What is known so far."""
        return self.view.rows[0] if self.view else ask.Card(self.kind, self.repo_id)

    def in_hand(self) -> Repo | None:
        """The repo of this card."""
        return self.card.repo or Repo(self.repo_id, self.kind)

    # drawing

    def heading(self, width: int) -> Line:
        """The id, and the tabs."""
        tabs = [(f" {name} ", "tab.on" if name == self.tab else "tab") for name in self.tabs]
        room = width - sum(len(text) for text, _ in tabs) - 3
        return both_ends(((f" {cut_middle(self.card.id, room)}", "title"),), tabs, width)

    def definition(self, width: int) -> Line:
        """The facts in one line; of the lineage, the highlighted row."""
        if self.tab == "Lineage":
            return ((f" {self.query_one(LineageTab).definition()}", "muted"),)
        repo = self.card.repo
        if repo is None:
            return ((" asking the Hub …" if self.busy else " nothing is known yet", "muted"),)
        said = [
            repo.task or repo.sdk or "no task recorded",
            f"license {repo.license or 'not recorded'}",
            *([] if repo.kind == "space" else [f"↓30d {cells.count(repo.downloads)}"]),
            f"♥ {cells.count(repo.likes)}",
            *([f"{cells.count(repo.params)} parameters"] if repo.params else []),
        ]
        return ((f" {' · '.join(said)}", "muted"),)

    def on_mount(self) -> None:
        """Show what is stored before anything is asked."""
        for pane in self.query(Pane):
            pane.selectable = True
        self._switch(self.tab)
        stored = ask.peek(self.hubscope.sources, self.kind, self.repo_id)
        if stored is not None:
            self.view = stored
            self.call_after_refresh(self._draw)
        self.frame()
        if self.hubscope.config.refresh == "auto" or not self._whole():
            self.call_after_refresh(self.load)

    def _whole(self) -> bool:
        return self.card.detail is not None and self.card.readme is not None

    def _switch(self, tab: str) -> None:
        self.tab = tab
        for name in self.tabs:
            self.query_one(f"#{name}").display = name == tab
        reader = self.reader()
        reader.focus()
        if isinstance(reader, FilesTab | EvalsTab | LineageTab):
            self.call_after_refresh(reader.open)
        self._ask_extras()

    def _ask_extras(self) -> None:
        """Ask for what the Hub tells apart from the card, once for each load, where it is seen."""
        if self._extras_due and self.tab in ("Card", "Facts"):
            self._extras_due = False
            self.query_one(FactsTab).load()

    def _draw(self) -> None:
        card = self.card
        facts = self.query_one(FactsTab)
        facts.take(card)
        if card.detail is not None and "Evals" in self.tabs:
            self.query_one(EvalsTab).take(card.detail.evals)
        if card.readme:
            self.pane.open(
                card.readme, url(self.hubscope.sources.endpoint, card.repo or Repo(card.id))
            )
        elif card.readme == "" or card.readme_problem is not None:
            why = card.readme_problem or "this repo has no README"
            role = "warn" if isinstance(why, Gated) else "muted"
            self.pane.message([(), *self._said_why(str(why), role), (), *facts.said()])
        self.frame()

    def _said_why(self, text: str, role: str) -> list[Line]:
        room = max(_LEAST, self.size.width - 4)
        return [((f" {part}", role),) for part in wrap(text, room)]

    def on_facts_tab_learned(self, message: FactsTab.Learned) -> None:
        """Facts that stand in place of a README are drawn anew; their tab did so itself."""
        message.stop()
        if not self.card.readme:
            self._draw()

    # asking

    @work(group="card", exclusive=True, exit_on_error=False)
    async def load(self) -> None:
        """Ask the Hub for facts and README."""
        sources = self.hubscope.sources
        self.busy, self.problem = True, None
        self.frame()
        try:
            async for view in ask.stream(sources, self.kind, self.repo_id):
                self.view = view
                self.problem = next(iter(view.problems), None)
                self._draw()
            self._opened()
            self._extras_due = self._came()
            self._ask_extras()
        except Problem as problem:
            if isinstance(problem, Offline) and self.hubscope.take_sample():
                self.load()
                return
            self.problem = problem
            if self.view is None:
                self.pane.message([(), *self._said_why(str(problem), "warn")])
        finally:
            self.busy = False
            self.frame()

    def _came(self) -> bool:
        """Facts and README have come from the Hub; a README behind a gate has come to that."""
        fresh = self.view is not None and not self.view.stale
        return fresh and self.problem in (None, self.card.readme_problem)

    def _opened(self) -> None:
        """Keep the repo among the recent ones; a private one for its own account only."""
        sources, repo = self.hubscope.sources, self.card.repo
        if repo is not None and sources.universe != "sample":
            sources.store.library.opened(
                repo.kind, repo.id, sources.now(), sources.who, private=bool(repo.private)
            )

    # the reader's keys

    def action_inner(self, step: int) -> None:
        """Go to the next tab."""
        self._switch(self.tabs[(self.tabs.index(self.tab) + step) % len(self.tabs)])
        self.frame()

    def action_refresh_view(self) -> None:
        """Ask again."""
        self.load()
        if self.tab == "Lineage":
            self.query_one(LineageTab).load()

    def action_open_row(self) -> None:
        """Open the highlighted repo of the lineage, or the children of a relation."""
        if self.tab == "Lineage":
            self.query_one(LineageTab).open_row()
        else:
            self.say("only the lineage has rows to open; L goes there")

    def action_lineage(self) -> None:
        """Go to the lineage."""
        if "Lineage" in self.tabs:
            self._switch("Lineage")
            self.frame()
        else:
            super().action_lineage()

    def action_sideways(self, step: int) -> None:
        """Scroll wide lines."""
        self.pane.scroll_sideways(step * _SIDEWAYS)

    async def action_find(self) -> None:
        """Open the line to find text with."""
        self._switch("Card")
        if not self.query(FindBox):
            await self.mount(FindBox(), before=self.query_one("#bottom"))
        self.query_one(FindBox).focus()

    def on_input_changed(self, message: "FindBox.Changed") -> None:
        """Mark what is typed, and go to where it first stands."""
        message.stop()
        self.pane.mark(message.value)
        if message.value and not self.pane.next_match(1, here=True):
            self.say(f"{message.value!r} is not in this card")

    def action_find_next(self, step: int) -> None:
        """Go to the next match."""
        if not self.pane.next_match(step):
            self.say("no match; / finds text in the card")

    async def action_keep_find(self) -> None:
        """Leave the line; the marks stay."""
        await self.query(FindBox).remove()
        self.reader().focus()

    async def action_close_find(self) -> None:
        """Leave the line and its marks."""
        self.pane.mark("")
        await self.action_keep_find()

    def action_sort(self) -> None:
        """Choose the order of the evaluations."""
        if self.tab != "Evals":
            self.say("only the evaluations have an order; ] goes to their tab")
            return
        tab = self.query_one(EvalsTab)

        def chosen(sort: str | None) -> None:
            tab.sort = sort or tab.sort
            tab.redraw()

        choices = [Choice(name, name) for name in evals.SORTS]
        self.app.push_screen(Chooser("Order of the evaluations", choices, start=tab.sort), chosen)

    def action_context(self) -> None:
        """Choose the context that memory is reckoned for."""
        if self.kind != "model":
            self.say(f"a {self.kind} takes no memory of this kind")
            return
        self._switch("Files")
        tab = self.query_one(FilesTab)

        def chosen(context: int | None) -> None:
            tab.context = context or tab.context
            tab.redraw()

        choices = [Choice(n, f"{n:,} tokens") for n in CONTEXTS]
        self.app.push_screen(Chooser("Context", choices, start=tab.context), chosen)

    def action_more(self) -> None:
        """Read config.json, after saying what the Hub makes of it."""
        if self.tab != "Files":
            self.say("+ reads config.json for the memory needs; ] goes to Files")
            return

        def chosen(wanted: bool | None) -> None:
            if wanted:
                self.query_one(FilesTab).load(config=True)

        choices = [
            Choice(True, "read config.json", "one request, and the Hub will count one download"),
            Choice(False, "leave it"),
        ]
        self.app.push_screen(Chooser("The cache's size is in config.json alone", choices), chosen)

    def action_outline(self) -> None:
        """Choose a heading to go to."""
        document = self.pane.document
        if document is not None:
            self.pane.render_to(10**9)
        if document is None or not document.outline:
            self.say("this card has no headings")
            return
        choices = [
            Choice(heading.line, "  " * (heading.level - 1) + heading.text)
            for heading in document.outline
        ]
        self.app.push_screen(Chooser("Outline", choices, typing=True), self._go_to)

    def _go_to(self, line: int | None) -> None:
        if line is not None:
            self.pane.go_to(line)

    def action_links(self) -> None:
        """Choose a link: its address is shown, and opened or copied."""
        document = self.pane.document
        if document is None or not document.links:
            self.say("no links so far; scroll on or open the outline")
            return
        choices = [
            Choice(link.url, f"[{link.number}] {link.text}", link.url) for link in document.links
        ]
        self.app.push_screen(Chooser("Links", choices, typing=True), self._follow)

    def _follow(self, address: str | None) -> None:
        if not address:
            return
        from tui.hub.endpoints import parse_web_url

        repo = parse_web_url(address, self.hubscope.sources.endpoint)
        if repo is not None:
            self.hubscope.open_card(*repo)
        elif address.startswith("https://") and open_page(address):
            self.say(f"opened {address}")
        else:
            self.copy(address)

    def action_code(self) -> None:
        """Choose a code block to copy."""
        document = self.pane.document
        if document is None or not document.code:
            self.say("no code block so far")
            return
        choices = [
            Choice(code.source, code.source.strip().partition("\n")[0]) for code in document.code
        ]
        self.app.push_screen(Chooser("Copy a code block", choices), self.copy_chosen)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Of the pane in sight, the character under the pointer or nearest to it.

        The toolkit asks where text is selected: wherever a drag goes, it stays in the pane.
        """
        pane = self.reader()
        return (pane, pane.character_at(x, y)) if isinstance(pane, Pane) else (None, None)

    def action_copy_selection(self) -> None:
        """Copy the text selected by mouse."""
        pane = self.reader()
        if text := pane.selected if isinstance(pane, Pane) else "":
            self.copy(text)
        else:
            self.say("nothing is selected")

    def say(self, text: str) -> None:
        """Show a remark on one line: what is copied from a card may have several."""
        super().say(" ".join(text.splitlines()))

    def on_resize(self) -> None:
        """Wrap the facts anew; the card wraps itself."""
        for tab in self.query("FactsTab, FilesTab, EvalsTab"):
            cast("FactsTab | FilesTab | EvalsTab", tab).redraw()

    def command_line(self) -> str:
        """The shell command that prints this card."""
        kind = "" if self.kind == "model" else f" --kind {self.kind}"
        command = {"Card": "card", "Lineage": "tree", "Files": "files", "Evals": "evals"}.get(
            self.tab, "show"
        )
        return f"hubscope {command} {quote(self.card.id)}{kind}"
