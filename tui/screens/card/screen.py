"""One repo: its card and its facts, as tabs."""

from collections.abc import Iterable, Sequence
from shlex import quote
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.geometry import Offset
from textual.widget import Widget

from tui.analysis.memory.parameters import of_detail
from tui.ask.repo import card as ask
from tui.ask.saved import saved
from tui.model import Detail, Gated, Repo, View
from tui.places import CardPlace
from tui.render import cells
from tui.render.clipboard import url
from tui.render.facts import EMPTY_CARD
from tui.render.spans import Line, both_ends, cut_middle
from tui.screens.answers import follow
from tui.screens.bound import bindings
from tui.screens.card.evals import EvalsTab
from tui.screens.card.facts import FactsTab
from tui.screens.card.files import FilesTab
from tui.screens.card.lineage import LineageTab
from tui.screens.card.text import CardTabs
from tui.screens.repo_page import RepoPage
from tui.widgets.card import CardPane
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.screens.card.find import FindBar

TABS = {
    "model": ("Card", "Facts", "Lineage", "Files", "Evals"),
    "dataset": ("Card", "Facts"),
    "space": ("Card", "Facts"),
}
_LEAST = 40  # cells that facts are wrapped at, at least
_COMMANDS = {"Card": "card", "Lineage": "tree", "Files": "files", "Evals": "evals"}
_FIRST_KEYS = {
    "Facts": ("tab.next", "row.copy_menu"),
    "Lineage": ("tree.open", "tab.next", "row.author"),
    "Files": ("tab.take", "tab.mark", "tab.context", "tab.fetch", "tab.next"),
    "Evals": ("tab.order", "tab.next"),
}


class CardScreen(RepoPage):
    """What one repo is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CardPlace)

    pane: CardPane  # the card itself
    facts: FactsTab
    lineage: LineageTab
    files: FilesTab
    evals: EvalsTab

    def __init__(self, place: CardPlace) -> None:
        super().__init__(place)
        self.kind, self.repo_id = place.kind, place.id
        self.tabs, self.tab = TABS[place.kind], place.tab
        self._find_bar: FindBar | None = None  # while it is open
        self._extras_due = False

    def body(self) -> Iterable[Widget]:
        """A pane for each tab."""
        painter = self.hubscope.painter
        self.pane, self.facts = CardPane(painter, id="Card"), FactsTab(painter)
        self.lineage = LineageTab(painter, self.repo_id)
        self.files = FilesTab(painter, self.kind, self.repo_id)
        self.evals = EvalsTab(painter)
        every = (self.pane, self.facts, self.lineage, self.files, self.evals)
        self._panes: dict[str, Pane | RowTable] = dict(zip(TABS["model"], every))
        self._shelf = CardTabs(self.pane, {tab: self._panes[tab] for tab in self.tabs})
        self.parts = {"text": self._shelf}
        yield self._shelf

    def reader(self) -> Pane | RowTable:
        """The pane of the tab in sight, or its table."""
        return self._panes[self.tab]

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
        under = {"Lineage": self.lineage.definition, "Files": self.files.definition}.get(self.tab)
        if under is not None and (row_text := under()):
            return ((f" {row_text}", "muted"),)
        repo = self.card.repo
        if repo is None:
            return ((" asking the Hub …" if self.busy else " nothing is known yet", "muted"),)
        counted = of_detail(self.card.detail or Detail(repo))
        parts = [
            repo.task or repo.sdk or "no task recorded",
            *filter(None, [self.facts.gate()]),
            f"license {repo.license or 'not recorded'}",
            *([] if repo.kind == "space" else [f"↓30d {cells.count(repo.downloads)}"]),
            f"♥ {cells.count(repo.likes)}",
            *([f"{cells.parameters(counted)} parameters"] if counted.count else []),
        ]
        return ((f" {' · '.join(parts)}", "muted"),)

    def first_keys(self) -> Sequence[str]:
        """What the tab in sight is for."""
        return _FIRST_KEYS.get(self.tab, ())

    def begin(self) -> None:
        """Show what is stored before anything is asked."""
        for pane in self._panes.values():
            if isinstance(pane, Pane):
                pane.selectable = True
        self.go_to_tab(self.tab)
        stored = ask.peek(self.hubscope.sources, self.kind, self.repo_id)
        if stored is not None:
            self.view = stored
            self._draw()
        whole = self.card.detail is not None and self.card.readme is not None
        if self.hubscope.config.refresh == "auto" or not whole:
            self.hubscope.when_painted(self.load)

    def go_to_tab(self, tab: str) -> None:
        """Show a tab, and let it ask for what it needs."""
        self.tab, self.hidden = tab, () if tab == "Card" else ("text",)
        shown = self._shelf.show(tab)
        if isinstance(shown, FilesTab | LineageTab):
            self.call_after_refresh(shown.open)
        self._ask_extras()
        self.frame()

    def _ask_extras(self) -> None:
        """Ask for what the Hub tells apart from the card, once for each load, where it is seen."""
        if self._extras_due and self.tab in ("Card", "Facts"):
            self._extras_due = False
            self.facts.load()

    def _draw(self) -> None:
        card = self.card
        self.facts.take(card)
        if card.detail is not None and "Evals" in self.tabs:
            self.evals.take(card.detail.evals)
        if card.readme and card.readme.strip():
            page = url(self.hubscope.sources.endpoint, card.repo or Repo(card.id))
            self.pane.open(card.readme, page)
        elif card.readme is not None or card.readme_problem is not None:
            why = card.readme_problem or EMPTY_CARD
            role = "warn" if isinstance(why, Gated) else "muted"
            room = max(_LEAST, self.size.width - 2)
            facts = [((" ", "text"), *line) for line in self.facts.lines_for(room)]
            self.pane.message([(), *self._said_why(str(why), role), (), *facts])
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

    @work(group="card", exclusive=True)
    async def load(self) -> None:
        """Ask the Hub for facts and README."""

        def take(view: View) -> None:
            self.view, self.problem = view, next(iter(view.problems), None)
            self._draw()

        answers = ask.stream(self.hubscope.sources, self.kind, self.repo_id)
        if await follow(self, answers, take, self.load):
            self._opened()
            self._extras_due = self._came()
            self._ask_extras()
        elif self.problem is not None and self.view is None:
            self.pane.message([(), *self._said_why(str(self.problem), "warn")])

    def _came(self) -> bool:
        """Whether the view is the Hub's answer, but for a README that a gate withholds."""
        fresh = self.view is not None and not self.view.stale
        return fresh and self.problem in (None, self.card.readme_problem)

    def _opened(self) -> None:
        """Keep the repo among the recent ones; a private one for its own account only."""
        sources, repo = self.hubscope.sources, self.card.repo
        if repo is not None:
            saved.opened(sources, repo)

    # the reader's keys

    async def action_find(self) -> None:
        """Open the line to find text with."""
        self.go_to_tab("Card")
        if self._find_bar is None:
            from tui.screens.card.find import FindBar

            self._find_bar = FindBar(self._shelf)
            await self.mount(self._find_bar, before=self.bottom)
        self.set_focus(self._find_bar)

    async def on_find_bar_done(self, message: "FindBar.Done") -> None:
        """Take the line away."""
        message.stop()
        bar, self._find_bar = self._find_bar, None
        self.set_focus(self.reader())
        if bar is not None:
            await bar.remove()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Of the pane in sight, the character under the pointer or nearest to it.

        The toolkit asks where text is selected: wherever a drag goes, it stays in the pane.
        """
        pane = self.reader()
        return (pane, pane.character_at(x, y)) if isinstance(pane, Pane) else (None, None)

    def action_inner(self, step: int) -> None:
        """Go to the next tab."""
        self.go_to_tab(self.tabs[(self.tabs.index(self.tab) + step) % len(self.tabs)])

    def action_refresh_view(self) -> None:
        """Ask again."""
        self.load()
        if self.tab == "Lineage":
            self.lineage.load()

    def action_open_row(self) -> None:
        """Open the highlighted repo of the lineage, or the children of a relation."""
        if self.tab == "Lineage":
            self.lineage.open_row()
        else:
            self.say("only the lineage has rows to open; L goes there")

    def action_lineage(self) -> None:
        """Go to the lineage."""
        if "Lineage" in self.tabs:
            self.go_to_tab("Lineage")
        else:
            super().action_lineage()

    def action_sort(self) -> None:
        """Choose the order of the evaluations."""
        if self.tab == "Evals":
            self.evals.choose_order()
        else:
            self.say("only the evaluations have an order; ] goes to their tab")

    def action_context(self) -> None:
        """Choose the context that memory is reckoned for."""
        if self.kind == "model":
            self.go_to_tab("Files")
            self.files.choose_context()
        else:
            self.say(f"a {self.kind} takes no memory of this kind")

    def action_take(self) -> None:
        """Take a set of weights, after a page that names it."""
        if self.kind != "model":
            self.say(f"hubscope get --kind {self.kind} {self.card.id} takes it, in a shell")
        elif self.tab != "Files" or not self.files.take(self.facts.gate() or ""):
            self.go_to_tab("Files")
            self.say("D takes a set of weights, once its files are in sight")

    def action_more(self) -> None:
        """Read config.json, after saying what the Hub makes of it."""
        if self.tab == "Files":
            self.files.offer_config()
        else:
            self.say("+ reads config.json for the memory needs; ] goes to Files")

    def card_text(self) -> str:
        """The Markdown of this card."""
        return self.card.readme or ""

    def command_line(self) -> str:
        """The shell command that prints this card."""
        kind = "" if self.kind == "model" else f" --kind {self.kind}"
        command = _COMMANDS.get(self.tab, "show")
        return f"hubscope {command} {quote(self.card.id)}{kind}"
