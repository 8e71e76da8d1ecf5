"""What one does with the text of a card: headings, links, code, matches, what is selected."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.binding import BindingType
from textual.containers import Container

from tui.places import CardPlace
from tui.screens.bound import bindings
from tui.screens.repo_page import open_page
from tui.widgets.card import CardPane
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.screens.card.screen import CardScreen

_SIDEWAYS = 8  # cells that wide lines scroll by


class CardTabs(Container):
    """The tabs of a card, one in sight; its keys act on the text of the card."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CardPlace, "text")

    def __init__(self, pane: CardPane, panes: Mapping[str, Pane | RowTable]) -> None:
        super().__init__(id="tabs")
        self.pane, self._panes = pane, panes

    def compose(self) -> Iterable[Pane | RowTable]:
        """Every tab."""
        yield from self._panes.values()

    def show(self, tab: str) -> Pane | RowTable:
        """Show one tab, give it the keyboard, and return it."""
        shown = self._panes[tab]
        shown.display = True
        self.screen.set_focus(shown)
        for pane in self._panes.values():
            pane.display = pane is shown
        return shown

    @property
    def _page(self) -> "CardScreen":
        return cast("CardScreen", self.screen)

    def action_mark(self) -> None:
        """Mark the set or file under the cursor of the Files tab, and go on to the next."""
        page = self._page
        if page.tab == "Files":
            page.files.mark()
        else:
            page.say("sets and files are marked on the Files tab; D goes there")

    def action_sideways(self, step: int) -> None:
        """Scroll wide lines."""
        self.pane.scroll_sideways(step * _SIDEWAYS)

    def action_find_next(self, step: int) -> None:
        """Go to the next match."""
        self.seek(step)

    @work(group="seek", exclusive=True)
    async def seek(self, step: int, *, here: bool = False) -> None:
        """Go to a match, rendering the rest of the card where it may stand there."""
        matched = self.pane.next_match(step, here=here)
        if matched is None:
            await self.pane.render_all()
            matched = self.pane.next_match(step, here=here)
        if not matched:
            self._page.say("no match; / finds text in the card")

    @work(group="seek", exclusive=True)
    async def action_outline(self) -> None:
        """Choose a heading to go to."""
        from tui.screens.chooser import Choice, Chooser

        await self.pane.render_all()
        document = self.pane.document
        if document is None or not document.outline:
            self._page.say("this card has no headings")
            return
        choices = [
            Choice(heading.line, "  " * (heading.level - 1) + heading.text)
            for heading in document.outline
        ]
        before = [choice.value for choice in choices if choice.value <= self.pane.top]
        chooser = Chooser("Outline", choices, start=before[-1] if before else None, typing=True)
        if self.screen.is_current:  # the reader may have gone on meanwhile
            self.app.push_screen(chooser, self._go_to)

    def _go_to(self, line: int | None) -> None:
        if line is not None:
            self._page.go_to_tab("Card")
            self.pane.go_to(line)

    def action_links(self) -> None:
        """Choose a link: its address is shown, and opened or copied."""
        from tui.screens.chooser import Choice, Chooser

        document = self.pane.document
        if document is None or not document.links:
            self._page.say("no links so far; more may come further down")
            return
        choices = [
            Choice(link.url, f"[{link.number}] {link.text}", link.url) for link in document.links
        ]
        self.app.push_screen(Chooser("Links", choices, typing=True), self._follow)

    def _follow(self, address: str | None) -> None:
        if not address:
            return
        from tui.model.address import parse_web_url

        repo = parse_web_url(address, self._page.hubscope.sources.endpoint)
        if repo is not None:
            self._page.hubscope.visit(CardPlace(*repo))
        elif address.startswith("https://") and open_page(address):
            self._page.say(f"opened {address}")
        else:
            self._page.copy(address)

    @work(group="pictures", exclusive=True)
    async def action_pictures(self) -> None:
        """Choose a picture to see."""
        from tui.screens.card.pictures import chooser

        page = self._page
        menu = await chooser(page)
        if menu is None:
            page.say("this card has no pictures")
        elif self.screen.is_current:  # the reader may have gone on meanwhile
            self.app.push_screen(menu, page.run_chosen)

    def action_code(self) -> None:
        """Choose a code block to copy."""
        from tui.screens.chooser import Choice, Chooser

        document = self.pane.document
        if document is None or not document.code:
            self._page.say("no code block so far")
            return
        choices = [
            Choice(code.source, code.source.strip().partition("\n")[0]) for code in document.code
        ]
        self.app.push_screen(Chooser("Copy a code block", choices), self._page.copy)

    def action_copy_selection(self) -> None:
        """Copy the text selected by mouse."""
        pane = self._page.reader()
        if text := pane.selected if isinstance(pane, Pane) else "":
            self._page.copy(text)
        else:
            self._page.say("nothing is selected")
