"""Reading a card: find, outline, links, code to copy, text selected by mouse."""

from textual import work
from textual.geometry import Offset
from textual.widget import Widget

from tui.screens.acting import Acting, open_page
from tui.screens.boxes import FindBox
from tui.screens.chooser import Choice, Chooser
from tui.widgets.card import CardPane
from tui.widgets.pane import Pane

_SIDEWAYS = 8  # cells that wide lines scroll by


class Reading(Acting):
    """A page with a card on it."""

    def go_to_tab(self, tab: str) -> None:
        """Show a tab of the page."""
        raise NotImplementedError

    @property
    def pane(self) -> CardPane:
        """The pane of the card itself."""
        return self.query_one(CardPane)

    def action_sideways(self, step: int) -> None:
        """Scroll wide lines."""
        self.pane.scroll_sideways(step * _SIDEWAYS)

    async def action_find(self) -> None:
        """Open the line to find text with."""
        self.go_to_tab("Card")
        if not self.query(FindBox):
            await self.mount(FindBox(), before=self.query_one("#bottom"))
        self.query_one(FindBox).focus()

    def on_input_changed(self, message: "FindBox.Changed") -> None:
        """Mark what is typed, and go to where it first stands."""
        message.stop()
        self.pane.mark(message.value)
        if message.value:
            self.seek(1, here=True)

    def action_find_next(self, step: int) -> None:
        """Go to the next match."""
        self.seek(step)

    @work(group="seek", exclusive=True, exit_on_error=False)
    async def seek(self, step: int, *, here: bool = False) -> None:
        """Go to a match, rendering the rest of the card where it may stand there."""
        found = self.pane.next_match(step, here=here)
        if found is None:
            await self.pane.render_all()
            found = self.pane.next_match(step, here=here)
        if not found:
            self.say("no match; / finds text in the card")

    async def action_keep_find(self) -> None:
        """Leave the line; the marks stay."""
        await self.query(FindBox).remove()
        self.reader().focus()

    async def action_close_find(self) -> None:
        """Leave the line and its marks."""
        self.pane.mark("")
        await self.action_keep_find()

    @work(group="seek", exclusive=True, exit_on_error=False)
    async def action_outline(self) -> None:
        """Choose a heading to go to."""
        await self.pane.render_all()
        document = self.pane.document
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
            self.say("no links so far; more may come further down")
            return
        choices = [
            Choice(link.url, f"[{link.number}] {link.text}", link.url) for link in document.links
        ]
        self.app.push_screen(Chooser("Links", choices, typing=True), self._follow)

    def _follow(self, address: str | None) -> None:
        if not address:
            return
        from tui.model.address import parse_web_url

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
