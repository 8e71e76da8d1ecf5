"""The Facts tab of a card: what came with the card, and what is asked beside it."""

from typing import TYPE_CHECKING, cast

from textual import work
from textual.message import Message

from tui.analysis.repo import openness
from tui.ask.repo import extras as ask
from tui.ask.repo.card import Card
from tui.ask.repo.extras import Extras
from tui.model import Detail
from tui.render import facts, licence
from tui.render.spans import Line
from tui.screens.card.drawn_tab import DrawnTab
from tui.widgets.paint import Painter

if TYPE_CHECKING:
    from tui.screens.page import Page


class FactsTab(DrawnTab):
    """The facts of a repo as labelled lines, then how open it is."""

    class Learned(Message):
        """Discussions or access of the repo have come, which the card has not."""

    def __init__(self, painter: Painter) -> None:
        super().__init__(painter, id="Facts")
        self._card: Card | None = None
        self._extras: Extras | None = None  # None: not looked for

    def take(self, card: Card) -> None:
        """Show the facts of ``card``, with what is stored beside them."""
        self._card = card
        if self._extras is None and card.repo is not None:
            stored = ask.peek(cast("Page", self.screen).hubscope.sources, card.repo)
            self._extras = stored.rows[0] if stored else Extras()
        self.redraw()

    @work(group="extras", exclusive=True)
    async def load(self) -> None:
        """Ask for what the card did not bring."""
        repo = self._card and self._card.repo
        if repo is None:
            return
        async for view in ask.stream(cast("Page", self.screen).hubscope.sources, repo):
            self._extras = view.rows[0]
            self.redraw()
            self.post_message(self.Learned())

    def lines_for(self, width: int) -> list[Line]:
        """The facts, then the checklist of openness; none while nothing is known."""
        card = self._card
        known = card and (card.detail or (Detail(card.repo) if card.repo else None))
        if card is None or known is None:
            return []
        lines = facts.lines(self._facts(known), width - 2)
        if card.kind == "model" and card.detail is not None:
            lines += [(), (("openness, as far as the Hub records it; no verdict", "title"),)]
            items = licence.checklist(openness.checklist(card.detail))
            lines += facts.lines([facts.Fact(*item) for item in items], width - 2, label=30)
        return lines

    def gate(self) -> str | None:
        """The gate of the repo in few words; None where there is none, or none is known."""
        repo = self._card.repo if self._card else None
        return repo and facts.gate(repo, self._extras.access if self._extras else None)

    def _facts(self, known: Detail) -> list[facts.Fact]:
        sources = cast("Page", self.screen).hubscope.sources
        now = sources.now()
        stated = facts.of_detail(known, now, bundled=sources.bundled)
        if sources.bundled:
            return stated
        beside = self._extras or Extras()
        return facts.with_extras(stated, *beside, now, login=sources.token is not None)
