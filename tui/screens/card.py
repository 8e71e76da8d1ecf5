"""One repo: its card and its facts, as tabs."""

from collections.abc import Iterable
from shlex import quote
from typing import ClassVar, cast

from textual import work
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from tui.analysis.memory.parameters import of_detail
from tui.analysis.repo import evals
from tui.ask.repo import card as ask
from tui.ask.saved import saved
from tui.keys import CARD
from tui.model import Detail, Gated, Offline, Problem, Repo
from tui.render import cells
from tui.render.clipboard import url
from tui.render.spans import Line, both_ends, cut_middle
from tui.screens.chooser import Choice, Chooser
from tui.screens.facts import FactsTab
from tui.screens.lineage import LineageTab
from tui.screens.page import bindings
from tui.screens.reading import Reading
from tui.screens.tabs import CONTEXTS, EvalsTab, FilesTab
from tui.widgets.card import CardPane
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

TABS = {
    "model": ("Card", "Facts", "Lineage", "Files", "Evals"),
    "dataset": ("Card", "Facts"),
    "space": ("Card", "Facts"),
}
_LEAST = 40  # cells that facts are wrapped at, at least


class CardScreen(Reading):
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
        counted = of_detail(self.card.detail or Detail(repo))
        said = [
            repo.task or repo.sdk or "no task recorded",
            *filter(None, [self.query_one(FactsTab).gate()]),
            f"license {repo.license or 'not recorded'}",
            *([] if repo.kind == "space" else [f"↓30d {cells.count(repo.downloads)}"]),
            f"♥ {cells.count(repo.likes)}",
            *([f"{cells.parameters(counted)} parameters"] if counted.count else []),
        ]
        return ((f" {' · '.join(said)}", "muted"),)

    def on_mount(self) -> None:
        """Show what is stored before anything is asked."""
        for pane in self.query(Pane):
            pane.selectable = True
        self.go_to_tab(self.tab)
        stored = ask.peek(self.hubscope.sources, self.kind, self.repo_id)
        if stored is not None:
            self.view = stored
            self.call_after_refresh(self._draw)
        self.frame()
        if self.hubscope.config.refresh == "auto" or not self._whole():
            self.hubscope.when_painted(self.load)

    def _whole(self) -> bool:
        return self.card.detail is not None and self.card.readme is not None

    def go_to_tab(self, tab: str) -> None:
        """Show a tab, and let it ask for what it needs."""
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
        return [((f" {part}", role),) for part in cells.wrap(text, room)]

    def on_facts_tab_learned(self, message: FactsTab.Learned) -> None:
        """Facts that stand in place of a README are drawn anew; their tab did so itself."""
        message.stop()
        if not self.card.readme:
            self._draw()
        self.frame()

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
        if repo is not None:
            saved.opened(sources, repo)

    # the reader's keys

    def action_inner(self, step: int) -> None:
        """Go to the next tab."""
        self.go_to_tab(self.tabs[(self.tabs.index(self.tab) + step) % len(self.tabs)])
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
            self.go_to_tab("Lineage")
            self.frame()
        else:
            super().action_lineage()

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
        self.go_to_tab("Files")
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
