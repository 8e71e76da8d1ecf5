"""A census that is being fetched, as the lower line of a page of figures tells of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.family_page import FamilyPage

_EVERY = 3.0  # seconds between two looks: one folder is listed where nothing is on its way


class CensusWatch:
    """Looks now and then how far a census is; once it is made, the page asks it."""

    def __init__(self, page: "FamilyPage") -> None:
        self._page = page
        self._running = False
        self.line = ""

    def begin(self) -> None:
        """Look now, and go on looking."""
        self._page.set_interval(_EVERY, self.look)
        self.look()

    def look(self) -> None:
        """See whether a census is on its way; the line is painted only when it changes."""
        page = self._page
        sources = page.hubscope.sources
        if not (page.is_current and sources.may_count):
            return
        from tui.ask.census.progress import peek
        from tui.render.census import on_its_way

        progress = peek(sources)
        before, self.line = self.line, ""
        if progress is not None:
            self.line = on_its_way(progress.told, running=progress.running)
        if self._running and progress is None:
            page.loader.begin()
            page.say("the census is made; these figures are counted from it")
        self._running = progress is not None
        if self.line != before:
            page.frame()
