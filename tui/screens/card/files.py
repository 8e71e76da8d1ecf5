"""The Files tab of a card: what every set of weights takes in memory, then every file.

The cursor goes from set to set and from file to file; what is under it, or marked, can be taken.
"""

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, cast

from textual import work
from textual.events import Resize
from textual.geometry import Region

from tui.analysis.memory import footprint
from tui.ask.repo import fit as ask
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.model import Problem, View
from tui.render import cells
from tui.render.spans import Line
from tui.screens.card.file_rows import FileRow, FileRows, words
from tui.widgets.paint import Painter
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.screens.page import Page

CONTEXTS = (2048, 8192, 32768, 131072, 262144, 1048576)
_LEAST = 40  # cells that words are wrapped at, at least


class FilesTab(RowTable):
    """The sets of weights with what they take in memory, then every file."""

    def __init__(self, painter: Painter, kind: str, repo_id: str) -> None:
        super().__init__(painter, self._summary, self._line, id="Files")
        self._kind, self._repo_id = kind, repo_id
        self.context = CONTEXTS[1]
        self._view: View | None = None
        self._problem: Problem | None = None
        self._asked = False
        self._made: FileRows | None = None
        self._stops: list[int] = []  # the rows that the cursor goes to

    @property
    def _page(self) -> "Page":
        return cast("Page", self.screen)

    def open(self) -> None:
        """Ask for the files when the tab is first seen."""
        if not self._asked:
            self._asked = True
            self.load()

    @work(group="files", exclusive=True)
    async def load(self, config: bool = False) -> None:
        """Ask for files and facts; ``config`` reads config.json too, which counts as a download."""
        sources = self._page.hubscope.sources
        try:
            async for view in ask.stream(sources, self._repo_id, config=config):
                self._view, self._problem = view, next(iter(view.problems), None)
                self.redraw()
        except Problem as problem:
            self._problem = problem
            self.redraw()

    @property
    def known(self) -> FactsAndFiles | None:
        """The repo with its files; None before they are known."""
        repo: FactsAndFiles | None = self._view.rows[0] if self._view else None
        return repo if repo is not None and repo.files is not None else None

    def choose_context(self) -> None:
        """Choose the context that memory is reckoned for."""
        from tui.screens.chooser import Choice, Chooser

        def chosen(context: int | None) -> None:
            self.context = context or self.context
            self.redraw()

        choices = [Choice(n, f"{n:,} tokens") for n in CONTEXTS]
        self.app.push_screen(Chooser("Context", choices, start=self.context), chosen)

    def offer_config(self) -> None:
        """Read config.json, after saying what the Hub makes of it."""
        from tui.screens.chooser import Choice, Chooser

        def chosen(wanted: bool | None) -> None:
            if wanted:
                self.load(config=True)

        choices = [
            Choice(True, "read config.json", "one request, and the Hub will count one download"),
            Choice(False, "leave it"),
        ]
        self.app.push_screen(Chooser("The cache's size is in config.json alone", choices), chosen)

    # drawing

    def redraw(self) -> None:
        """Draw what is known, at the width there is: a hidden tab has none."""
        width = self.size.width
        if not width:
            return
        rows: list[FileRow] = []
        if self._problem is not None:
            lines = cells.wrap(f"{self._problem}", max(_LEAST, width - 2))
            rows += [
                FileRow(f"problem {at}", ((f" {line}", "warn"),)) for at, line in enumerate(lines)
            ]
            rows.append(FileRow("gap problem"))
        if self._view is not None:
            repo: FactsAndFiles = self._view.rows[0]
            self._made = FileRows(repo, self._fit(repo))
            rows += self._made.rows(max(_LEAST, width))
        self._stops = [place for place, row in enumerate(rows) if row.takes]
        self.show([row.key for row in rows], rows)
        if self._stops and self.cursor not in self._stops:
            self.move_to(self.cursor)
        self.refresh(Region(0, 0, width, 1))  # the heads
        self._page.frame()

    def _fit(self, repo: FactsAndFiles) -> footprint.Fit | None:
        if repo.kind != "model":
            return None
        return footprint.fit(repo.detail, repo.files, repo.config, self.context, "bf16", _why(repo))

    def _summary(self, width: int) -> Line:
        if self._made is None:
            state = "asking the Hub …" if self._problem is None else "the files are not known"
            return ((f" {state}", "muted"),)
        return ((f" {self._made.summary()}", "title"),)

    def _line(self, row: FileRow, width: int, cursor: bool, marked: bool) -> Line:
        return self._made.line(row, width, cursor, marked) if self._made else row.line

    def on_resize(self, event: Resize) -> None:
        """Another width, or the first one."""
        self.redraw()
        super().on_resize(event)

    def definition(self) -> str:
        """What D takes; "" where there is nothing to take."""
        row: FileRow | None = self.value
        if self.marked:
            return f"{len(self.marked)} marked; D takes them, after naming files and bytes"
        if row is None or not row.takes:
            return ""
        return f"{words(row)}; D takes it, space marks"

    # the reader's keys

    def move_to(self, index: int) -> None:
        """Go to the next set or file there, and keep what stands above it in sight."""
        if not self._stops:
            self._scroll(int(self.scroll_offset.y) + index - self.cursor)
            return
        if index > self.cursor:
            at = min(bisect_left(self._stops, index), len(self._stops) - 1)
        else:
            at = max(bisect_right(self._stops, index) - 1, 0)
        super().move_to(self._stops[at])
        above = self._stops[at - 1] + 1 if at else 0  # heads and words that belong to the row
        first = max(above, self.cursor - self.page + 1)
        if int(self.scroll_offset.y) > first:
            self._scroll(first)

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def mark(self) -> None:
        """Mark the set or file under the cursor, and go on to the next."""
        row: FileRow | None = self.value
        if row is None or not row.takes:
            self._page.say("sets and files can be marked, once they are in sight")
            return
        self.toggle_mark()
        self.move_to(self.cursor + 1)
        self._page.frame()

    def take(self, gate: str) -> bool:
        """Offer to take what is marked, else what is under the cursor; False: nothing is there."""
        row: FileRow | None = self.value
        if self.known is None or self._made is None or row is None or not row.takes:
            return False
        marked = [file_row for file_row in self.values if file_row.key in self.marked]
        choice = self._made.marked(marked) if marked else self._made.under_cursor(row)
        self._page.hubscope.downloads.take(self.known, choice, gate)
        return True


def _why(repo: FactsAndFiles) -> str:
    if repo.config_problem is not None:
        return f"layers and key-value heads ({str(repo.config_problem).partition(';')[0]})"
    return f"{footprint.NO_CONFIG[:-1]}; + reads it, and the Hub counts one download)"
