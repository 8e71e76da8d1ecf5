"""A page of claims: asking, fetching more, what can be copied."""

import asyncio
from typing import NamedTuple

from tui.analysis.claims import CLAIMS, Judged
from tui.ask.claims import claims as ask
from tui.ask.export import keep
from tui.model import View
from tui.output.claims import output
from tui.output.forms import Context, lines
from tui.places import Place
from tui.render import cells
from tui.render import claims as render
from tui.render.clipboard import Copy, requests
from tui.render.families import progress
from tui.render.spans import Line
from tui.screens.answers import run_for
from tui.screens.chooser import Choice, Chooser
from tui.screens.first_look import first_look
from tui.screens.page import Page
from tui.screens.question_queue import QuestionQueue

_DEEPEST = 2  # the highest tier
_LONG = ("chinese-bases",)  # takes some twenty calls, so only when told to
_PICTURE = Choice("svg", "svg", "a picture of one claim: each definition against its threshold")
_TIER_WORDS = {
    0: "lists: own repos, the newest models of seven days",
    1: "derivatives as the Hub counts them, a call for each own repo",
    2: "every derivative, one by one",
}


class Question(NamedTuple):
    """Which claims to judge, and how deep."""

    keys: tuple[str, ...]
    tier: int


class ClaimPage(Page):
    """A page of claims with their verdicts."""

    NOTHING = "no claim is highlighted"

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.queue = QuestionQueue[Question](self, self._answer, self._ask_again)

    def keys(self) -> tuple[str, ...]:
        """The claims of this page."""
        return ()

    def chosen(self) -> Judged | None:
        """The claim that the keys act on."""
        return None

    def redraw(self) -> None:
        """Draw the claims in hand."""

    def judged(self) -> tuple[Judged, ...]:
        """The claims with their verdicts, as far as they are here."""
        return () if self.view is None else self.view.rows

    # asking

    def begin(self) -> None:
        """Judge from what is stored, then ask; what was begun before goes on."""
        first_look(self.hubscope, self.place.name)
        run_for(self, self._begin, "deepen")

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
        self.hubscope.sources.settle()
        return ask.stored(self.hubscope.sources, self.keys(), _DEEPEST)

    def question(self, keys: tuple[str, ...], tier: int) -> None:
        """Ask for some claims at a tier, after what is being asked now."""
        self.queue.put(Question(keys, tier))

    def _ask_again(self) -> None:
        """Ask for every claim of this page."""
        self.question(self.keys(), 0)

    async def _answer(self, question: Question) -> None:
        sources = self.hubscope.sources
        keys = self.keys() if sources.bundled else question.keys  # all is free there
        async for view in ask.stream(sources, keys, question.tier, known=_DEEPEST):
            self.problem = next(iter(view.problems), None)
            self._show(view)

    def _show(self, view: View) -> None:
        """Take the verdicts that came, in the order of the claims."""
        by_key = {judged.claim.key: judged for judged in (*self.judged(), *view.rows)}
        rows = tuple(by_key[claim.key] for claim in CLAIMS if claim.key in by_key)
        self.view = view._replace(rows=rows)
        self.redraw()

    # the reader's keys

    def action_fetch(self) -> None:
        """Offer what can be fetched for the claim in hand, naming the calls."""
        judged = self.chosen()
        if judged is None:
            self.say(self.NOTHING)
            return
        choices = [
            Choice(tier, f"fetch tier {tier}: about {cells.calls(calls)}?", _TIER_WORDS[tier])
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
        if self.queue.busy:
            self.say("the Hub is being asked already")
        else:
            self.question(tuple(key for key in self.keys() if key not in _LONG) or self.keys(), 0)

    def name_in_hand(self) -> str:
        """The key of the claim."""
        judged = self.chosen()
        return "" if judged is None else judged.claim.key

    def copies(self) -> list[Copy]:
        """A sentence to cite, the command, the requests behind a figure."""
        judged, sources = self.chosen(), self.hubscope.sources
        if judged is None:
            return []
        cited = render.sentence(judged, sources.endpoint, sources.now())
        addresses = requests(
            url for definition in judged.tried for url in definition.value.requests
        )
        return [Copy("cite", cited), Copy("this view", self.command_line()), *addresses]

    def action_export(self) -> None:
        """Write the claims in hand to a file, or a picture of the one that the keys act on."""
        from tui.screens import menus

        def chosen(form: str | None) -> None:
            sources, judged = self.hubscope.sources, self.chosen()
            if form == _PICTURE.value and judged is not None:
                self._draw(judged)
            elif form and self.view is not None:
                now = sources.now()
                document = output(self.view, Context("claims", sources.endpoint, now))
                self.say(keep(lines(document, form), "claims", form, now))

        self.app.push_screen(menus.formats(_PICTURE), chosen)

    def _draw(self, judged: Judged) -> None:
        """Write the picture of a claim to a file."""
        from tui.output import pictures

        sources = self.hubscope.sources
        svg_lines = pictures.claim(judged, sources.endpoint, sources.now()).splitlines()
        self.say(keep(svg_lines, f"claim-{judged.claim.key}", "svg", sources.now()))

    def command_line(self) -> str:
        """The shell command that prints the claim in hand."""
        judged = self.chosen()
        return f"hubscope claims {judged.claim.key}" if judged else "hubscope claims"

    def _right(self) -> Line:
        words = progress(self.view.progress if self.view else None)
        return ((words, "muted"), (" ", "text"))
