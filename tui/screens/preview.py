"""Beside a list: the facts of the highlighted repo at once, its card when the reader rests."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.ask.repo import card as ask
from tui.model import Detail, Problem, Repo
from tui.render import facts
from tui.render.spans import Line
from tui.widgets.card import CardPane
from tui.widgets.paint import Painter
from tui.widgets.pane import Pane

if TYPE_CHECKING:
    from tui.app import Hubscope

_GLANCE = 0.12  # seconds on a row before its stored facts are drawn
_FACTS = 0.4  # seconds on a row before the Hub is asked for its facts
_CARD = 1.0  # seconds on a row before its README is asked for
_ASKED, _OF = 60, 200  # requests made by resting, at most, over so many rows looked at
_FACTS_COST, _CARD_COST = 1, 2  # requests: a README is redirected once
_TALLEST = 12  # lines of facts above the card


class Preview(Vertical):
    """Facts and card of one repo, following a cursor without ever being waited for."""

    def __init__(self, painter: Painter, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._facts = Pane(painter, id="preview-facts")
        self._facts.can_focus = False
        self.pane = CardPane(painter, id="preview-card")  # the part that scrolls
        self.repo: Repo | None = None
        self._asked: deque[int] = deque(maxlen=_OF)  # requests for each row looked at

    def compose(self) -> ComposeResult:
        """Facts above, card below."""
        yield self._facts
        yield self.pane

    def follow(self, repo: Repo | None) -> None:
        """The cursor is on ``repo`` now."""
        self.repo = repo
        if repo is None:
            self.workers.cancel_group(self, "preview")
            self._facts.show([])
            self.pane.message([])
        elif self.display:
            self._rest(repo)

    @work(group="preview", exclusive=True)
    async def _rest(self, repo: Repo) -> None:
        """Draw what is stored, then ask as long as the reader rests. The next row cancels this."""
        sources = cast("Hubscope", self.app).sources
        await asyncio.sleep(_GLANCE)
        stored = ask.peek(sources, repo.kind, repo.id)
        card: ask.Card = stored.rows[0] if stored else ask.Card(repo.kind, repo.id, repo)
        self._draw(card, repo)
        self._asked.append(0)
        if self._never_asks():
            return
        await asyncio.sleep(_FACTS - _GLANCE)
        try:
            if card.detail is None and self._may_ask(_FACTS_COST):
                async for view in ask.stream(sources, repo.kind, repo.id, readme=False):
                    card = view.rows[0]
                self._draw(card, repo)
            await asyncio.sleep(_CARD - _FACTS)
            if card.readme is None and self._may_ask(_CARD_COST):
                async for view in ask.stream(sources, repo.kind, repo.id, facts=False):
                    card = view.rows[0]._replace(detail=card.detail)
                self._draw(card, repo)
        except Problem as problem:
            self._draw(card._replace(readme_problem=problem), repo)

    def _may_ask(self, requests: int) -> bool:
        """Count the requests of a rest; False where browsing has cost enough."""
        if sum(self._asked) + requests > _ASKED:
            return False
        self._asked[-1] += requests
        return True

    def _never_asks(self) -> bool:
        app = cast("Hubscope", self.app)
        return app.sources.offline or app.config.refresh == "never"

    def _draw(self, card: ask.Card, repo: Repo) -> None:
        app = cast("Hubscope", self.app)
        known = card.detail or Detail(card.repo or repo)
        room = max(20, self.size.width - 2)
        now, bundled = app.sources.now(), app.sources.bundled
        fact_lines = facts.lines(facts.of_detail(known, now, bundled=bundled), room)
        title: list[Line] = [((f" {repo.id}", "title"),)]
        above = [*title, *(((" ", "text"), *line) for line in fact_lines)]
        pane = self._facts
        pane.styles.height = min(_TALLEST, len(above)) if card.readme else len(above)
        pane.show(above[:_TALLEST] if card.readme else above)
        if card.readme and card.readme.strip():
            self.pane.open(card.readme, f"{app.sources.endpoint}/{repo.id}")
        else:
            empty = "" if card.readme is None else facts.EMPTY_CARD
            why = str(card.readme_problem or empty)
            self.pane.message([(), ((f" {why}", "muted"),)] if why else [])
