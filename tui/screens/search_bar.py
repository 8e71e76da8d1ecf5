"""The search bar of a list: at each key the rows at hand that the line names."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input

from tui.analysis.query.doubts import doubt
from tui.analysis.query.fits import Known
from tui.analysis.query.query_line import parse, verify
from tui.analysis.query.shelf import Shelf, Unordered, Unread
from tui.ask.lists import shelf as ask
from tui.ask.lists.trending import ready
from tui.ask.sources import Sources
from tui.key_names import shown
from tui.model import BadInput, BadWord, Problem, Query, Repo, View
from tui.model.address import Address, only_main, read
from tui.model.address import parse as parse_address
from tui.places import CardPlace
from tui.render.caret import under
from tui.screens.completing import Completing

if TYPE_CHECKING:
    from tui.ask.lists.long import Long
    from tui.ask.lists.memory import AtHand
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
        Binding("tab", "complete(1)", show=False, priority=True),
        Binding("shift+tab", "complete(-1)", show=False, priority=True),
    ]

    class Found(Message):
        """The rows at hand for the line as it stands; ``doubt``: what may be meant instead."""

        def __init__(self, query: Query, view: View, doubt: str = "") -> None:
            super().__init__()
            self.query, self.view, self.doubt = query, view, doubt

    class Refused(Message):
        """The line cannot be understood."""

        def __init__(self, problem: BadInput) -> None:
            super().__init__()
            self.problem = problem

    class Done(Message):
        """The bar closes. ``keep_rows``: the list stays narrowed; ``place``: the page to open."""

        def __init__(self, line: str, *, keep_rows: bool, place: CardPlace | None = None) -> None:
            super().__init__()
            self.line, self.keep_rows, self.place = line, keep_rows, place

    def __init__(self, line: str, kind: str, sources: Sources) -> None:
        super().__init__(
            line,
            compact=True,
            placeholder="words, task:text-generation, params:7b..14b, license:mit, !has:gguf …",
            id="search-box",
        )
        self.cursor_blink = False
        self._kind, self._sources = kind, sources
        self.at_hand = Shelf(kind)
        self._shown: Sequence[Repo] = ()  # the rows in sight
        self._long: Long | None = None  # the list that they are of, where it is a long one
        self._known: AtHand | None = None  # what the store has of the rows' files
        self._completing = Completing(sources, kind)
        self._wrong: BadWord | None = None
        self._listed = ""  # the line whose completions are in sight

    def take(self, shown: Sequence[Repo], long: "Long | None") -> None:
        """Search the rows in sight now, and those in the store once thousands of them are read."""
        self._shown, self._long = shown, long
        orders = self._orders()
        self.at_hand = ask.in_sight(self._sources, self._kind, shown, orders)
        self._shelve(orders)

    @work(group="shelf", exclusive=True)
    async def _shelve(self, orders: tuple[str, ...]) -> None:
        """Let the rows in the store join, in these orders."""
        self.at_hand = await asyncio.to_thread(
            ask.at_hand, self._sources, self._kind, self._shown, self._long, orders
        )
        self._known = None
        self._completing.take(self.at_hand.rows)
        if self.value.strip():
            self._narrow()

    @work(group="shelf", exclusive=True)
    async def _learn(self, names: Iterable[str], again: Callable[[], None]) -> None:
        """Read facts of all rows that a field looks at, and go on."""
        self._say(f"reading what {self.at_hand.total:,} rows have there …")
        shelf = self.at_hand
        await asyncio.to_thread(shelf.learn, names)
        self._say("")
        if shelf is self.at_hand:
            again()

    def _orders(self) -> tuple[str, ...]:
        """The orders of the line as it stands; the Hub's own where it cannot be understood."""
        try:
            return parse(self.value, self._kind).orders
        except BadInput:
            return Query().orders

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter the rows at hand."""
        message.stop()
        if self._listed and self._listed != self.value:
            self._listed = ""
            self._say("")  # what was listed is of another word
        self._narrow()

    def _narrow(self) -> None:
        """Post the rows at hand that the line names."""
        if self._address() is not None:
            self._say(f"{shown('enter')} opens this page")
            return
        try:
            query = parse(self.value, self._kind)._replace(limit=100)
            verify(self.value, query, self._sources.registry)
            if not ready(self._sources, query):
                self._look_at_machine(query)
                return
            view = ask.narrow(self._sources, self.at_hand, query, self._stored(query))
            meant = None if view.rows else doubt(self.value, self._completing.words)
        except BadInput as problem:
            self._point(problem)
            self.post_message(self.Refused(problem))
        except Unread as lacking:
            self._learn(lacking.names, self._narrow)
        except Unordered as other:
            self._shelve(other.orders)
        else:
            self._point(meant)
            self.post_message(self.Found(query, view, str(meant or "")))

    def _stored(self, query: Query) -> Known | None:
        """What the store has of the rows' files, read once while the bar is open."""
        if not query.terms:
            return None
        from tui.ask.lists.memory import ASKED, AtHand  # a search by words does without

        if not any(term.field in ASKED for term in query.terms):
            return None
        self._known = self._known or AtHand(self._sources)
        return self._known.known

    @work(group="machine", exclusive=True)
    async def _look_at_machine(self, query: Query) -> None:
        """Find out what memory this machine has, and go on with the line."""
        self._say("asking this machine what memory it has …")
        from tui.ask.lists.memory import prepare

        try:
            await prepare(self._sources, query)
        except BadInput as problem:
            self.post_message(self.Refused(problem))
        else:
            self._narrow()

    def _point(self, problem: Problem | None) -> None:
        """Put carets under the wrong word, on the rule below the box, or take them away."""
        self._wrong = problem if isinstance(problem, BadWord) else None
        if self._wrong and self.value.endswith((":", ",")) and self.cursor_at_end:
            self._wrong = None  # its value is still to come
        page = cast("Page", self.screen)
        page.pointed = (0, 0)
        if self._wrong is not None:
            left, width = self.content_region.x, self.content_region.width
            start, end = (place - self.scroll_offset.x for place in under(self._wrong))
            page.pointed = left + max(0, start), left + min(width, end)

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """The carets stay under their word in a line that is longer than the box."""
        super().watch_scroll_x(old_value, new_value)
        if self._wrong is not None:
            self._point(self._wrong)
            cast("Page", self.screen).frame()

    def action_complete(self, step: int) -> None:
        """Complete the word under the cursor; again: the next of what can stand there."""
        self._complete(step)

    def _complete(self, step: int) -> None:
        try:
            done = self._completing.press(
                self.value, self.cursor_position, step, self.screen.size.width - 2
            )
        except Unread as lacking:
            self._learn(lacking.names, partial(self._complete, step))
            return
        if done is None:
            return
        self.value, self.cursor_position = done.value, done.cursor
        self._listed = done.value
        asking = done.wanted and "asking the Hub for its list …"
        self._say(f"{done.text} · {asking}" if done.text and asking else done.text or asking)
        if done.wanted:
            self._ask_words(done.wanted)

    @work(group="words", exclusive=True)
    async def _ask_words(self, field: str) -> None:
        """Let the Hub's own list join, and complete anew where the reader still waits for it."""
        value, cursor = self.value, self.cursor_position
        fetched = await self._completing.fetch(field)
        if (self.value, self.cursor_position) == (value, cursor):
            self._complete(1) if fetched else self._say("")

    def _say(self, text: str) -> None:
        cast("Page", self.screen).say(text)

    def action_keep(self) -> None:
        """Leave the bar with the rows found; a Hub URL opens its page."""
        line = self.value.strip()
        self._point(None)
        address = self._address()
        if address is None:
            self.post_message(self.Done(line, keep_rows=bool(line)))
        elif isinstance(address, BadInput):
            self._say(str(address))
        else:
            self.post_message(
                self.Done(line, keep_rows=False, place=CardPlace(address.kind, address.id))
            )
            if words := only_main(address):
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
        self._point(None)
        self.post_message(self.Done("", keep_rows=False))

    def on_paste(self, event: Paste) -> None:
        """Line ends are no part of a query or an address."""
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))
        event.prevent_default()
