"""One repo: its card and its facts, as tabs."""

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from tui.ask import card as ask
from tui.keys import CARD
from tui.model import Detail, Gated, Problem
from tui.render import cells, facts
from tui.render.spans import Line, both_ends, cut_middle
from tui.screens.page import Page, bindings
from tui.widgets.card import CardPane
from tui.widgets.pane import Pane

TABS = ("Card", "Facts")


class CardScreen(Page):
    """What one repo is."""

    PLACE = CARD
    BINDINGS: ClassVar[list[BindingType]] = bindings(CARD)

    def __init__(self, kind: str, repo_id: str) -> None:
        super().__init__()
        self.kind, self.repo_id = kind, repo_id
        self.tab = TABS[0]

    def body(self) -> Iterable[Widget]:
        """A pane for each tab."""
        with Container(id="tabs"):
            yield CardPane(self.hubscope.painter, id="Card")
            yield Pane(self.hubscope.painter, id="Facts")

    def reader(self) -> Pane:
        """The pane of the tab in sight."""
        return self.query_one(f"#{self.tab}", Pane)

    @property
    def card(self) -> ask.Card:
        """What is known so far."""
        return self.view.rows[0] if self.view else ask.Card(self.kind, self.repo_id)

    # drawing

    def heading(self, width: int) -> Line:
        """The id, and the tabs."""
        tabs = [(f" {name} ", "tab.on" if name == self.tab else "tab") for name in TABS]
        room = width - sum(len(text) for text, _ in tabs) - 3
        return both_ends(((f" {cut_middle(self.card.id, room)}", "title"),), tabs, width)

    def definition(self, width: int) -> Line:
        """The facts in one line, and how old they are."""
        repo = self.card.repo
        if repo is None:
            return ((" asking the Hub …", "muted"),)
        said = [
            repo.task or repo.sdk or "no task recorded",
            f"license {repo.license or 'not recorded'}",
            f"↓30d {cells.count(repo.downloads)}",
            f"♥ {cells.count(repo.likes)}",
        ]
        if repo.params:
            said.append(f"{cells.count(repo.params)} parameters")
        return ((f" {' · '.join(said)}", "muted"),)

    def on_mount(self) -> None:
        """Show what is stored before anything is asked."""
        super().on_mount()
        self._switch(self.tab)
        stored = ask.peek(self.hubscope.sources, self.kind, self.repo_id)
        if stored is not None:
            self.view = stored
            self.call_after_refresh(self._draw)
        self.frame()
        self.call_after_refresh(self.load)

    def _switch(self, tab: str) -> None:
        self.tab = tab
        for name in TABS:
            self.query_one(f"#{name}").display = name == tab
        self.reader().focus()

    def _draw(self) -> None:
        card, now = self.card, self.hubscope.sources.now()
        known = card.detail or (Detail(card.repo) if card.repo else None)
        if known is not None:
            pane = self.query_one("#Facts", Pane)
            said = facts.lines(facts.of_detail(known, now), max(40, self.size.width - 2))
            pane.show([((" ", "text"), *line) for line in said], keep_place=True)
        pane = self.query_one("#Card", CardPane)
        if card.readme:
            pane.open(card.readme, self._page())
        elif card.readme == "" or card.readme_problem is not None:
            pane.message(self._no_card(card, known))
        self.frame()

    def _no_card(self, card: ask.Card, known: Detail | None) -> list[Line]:
        """Why there is no card, and the facts instead."""
        problem = card.readme_problem
        why = str(problem) if problem else "this repo has no README"
        role = "warn" if isinstance(problem, Gated) else "muted"
        lines: list[Line] = [(), ((f" {why}", role),), ()]
        if known is not None:
            now = self.hubscope.sources.now()
            lines += [
                ((" ", "text"), *line)
                for line in facts.lines(facts.of_detail(known, now), max(40, self.size.width - 2))
            ]
        return lines

    def _page(self) -> str:
        prefix = {"dataset": "datasets/", "space": "spaces/"}.get(self.kind, "")
        return f"{self.hubscope.sources.endpoint}/{prefix}{self.card.id}"

    # asking

    @work(group="card", exclusive=True, exit_on_error=False)
    async def load(self) -> None:
        """Ask the Hub for facts and README."""
        self.busy, self.problem = True, None
        self.frame()
        try:
            async for view in ask.stream(self.hubscope.sources, self.kind, self.repo_id):
                self.view = view
                self.problem = next(iter(view.problems), None)
                self._draw()
        except Problem as problem:
            self.problem = problem
            card = self.card._replace(readme_problem=problem, repo=self.card.repo)
            if card.repo is None:
                self.query_one("#Card", CardPane).message([(), ((f" {problem}", "warn"),)])
        finally:
            self.busy = False
            self.frame()

    # acting

    def action_inner(self, step: int) -> None:
        """Go to the next tab."""
        self._switch(TABS[(TABS.index(self.tab) + step) % len(TABS)])
        self.frame()

    def action_refresh_view(self) -> None:
        """Ask again."""
        self.load()

    def on_resize(self) -> None:
        """Wrap the facts anew."""
        super().on_resize()
        if self.view is not None:
            self._draw()
