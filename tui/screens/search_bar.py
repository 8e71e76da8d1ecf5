"""The search bar of a list: at each key the rows at hand that the line names."""

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input

from tui.analysis.query.query_line import RowIndex, parse
from tui.ask.lists import search as ask
from tui.ask.sources import Sources
from tui.key_names import shown
from tui.model import BadInput, Query, Repo, View
from tui.model.address import Address, only_main, read
from tui.model.address import parse as parse_address
from tui.places import CardPlace

if TYPE_CHECKING:
    from tui.screens.page import Page


class SearchBar(Input):
    """One line to write a query in. It posts what it found; arrows move the list below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move(1)", show=False),
        Binding("up", "screen.move(-1)", show=False),
        Binding("pagedown", "screen.page(1)", show=False),
        Binding("pageup", "screen.page(-1)", show=False),
        Binding("escape", "close", show=False),
        Binding("enter", "keep", show=False, priority=True),
    ]

    class Found(Message):
        """The rows at hand for the line as it stands."""

        def __init__(self, query: Query, view: View) -> None:
            super().__init__()
            self.query, self.view = query, view

    class Refused(Message):
        """The line cannot be understood."""

        def __init__(self, problem: BadInput) -> None:
            super().__init__()
            self.problem = problem

    class Done(Message):
        """The reader has done with the bar. ``found``: the rows found stay; ``place``: go there."""

        def __init__(self, line: str, *, found: bool, place: CardPlace | None = None) -> None:
            super().__init__()
            self.line, self.found, self.place = line, found, place

    def __init__(self, line: str, kind: str, sources: Sources) -> None:
        super().__init__(
            line,
            compact=True,
            placeholder="words, task:text-generation, params:7b..14b, license:mit, !has:gguf …",
            id="search-box",
        )
        self.cursor_blink = False
        self._kind, self._sources = kind, sources
        self._shelf = RowIndex([])

    @work(group="shelf", exclusive=True)
    async def take(self, shown: list[Repo]) -> None:
        """Search the rows in sight now, and the stored ones once thousands of them are read."""
        self._shelf = RowIndex(shown)
        self._shelf = await asyncio.to_thread(ask.at_hand, self._sources, self._kind, shown)
        if self.value.strip():
            self._narrow()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter the rows at hand."""
        message.stop()
        self._narrow()

    def _narrow(self) -> None:
        """Post the rows at hand that the line names."""
        if self._address() is not None:
            self._say(f"{shown('enter')} opens this page")
            return
        try:
            query = parse(self.value, self._kind)._replace(limit=100)
            view = ask.narrow(self._sources, self._shelf, query)
        except BadInput as problem:
            self.post_message(self.Refused(problem))
        else:
            self.post_message(self.Found(query, view))

    def _say(self, text: str) -> None:
        cast("Page", self.screen).say(text)

    def action_keep(self) -> None:
        """Leave the bar with the rows found; a Hub URL opens its page."""
        line = self.value.strip()
        named = self._address()
        if named is None:
            self.post_message(self.Done(line, found=bool(line)))
        elif isinstance(named, BadInput):
            self._say(str(named))
        else:
            self.post_message(self.Done(line, found=False, place=CardPlace(named.kind, named.id)))
            if words := only_main(named):
                self._say(words)

    def _address(self) -> Address | BadInput | None:
        """The repo that the line is the address of, or why it is none's; None for a query."""
        line, endpoint = self.value, self._sources.endpoint
        if "://" not in line and read(line, endpoint) is None:
            return None
        try:
            return parse_address(line, endpoint)
        except BadInput as problem:
            return problem

    def action_close(self) -> None:
        """Leave the bar and the search."""
        self.post_message(self.Done("", found=False))

    def on_paste(self, event: Paste) -> None:
        """Line ends are no part of a query or an address."""
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))
        event.prevent_default()
