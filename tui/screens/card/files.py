"""The Files tab of a card: what every set of weights takes in memory, then every file."""

from typing import TYPE_CHECKING, cast

from textual import work

from tui.analysis.memory import footprint
from tui.analysis.memory.variants import label_of, variants
from tui.ask.repo import fit as ask
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.model import Problem, View
from tui.render import cells
from tui.render import files as draw_files
from tui.render import memory as draw_memory
from tui.render.spans import Line
from tui.screens.card.drawn_tab import DrawnTab
from tui.widgets.paint import Painter

if TYPE_CHECKING:
    from tui.screens.page import Page

CONTEXTS = (2048, 8192, 32768, 131072, 262144, 1048576)


class FilesTab(DrawnTab):
    """The sets of weights with what they take in memory, then every file."""

    def __init__(self, painter: Painter, kind: str, repo_id: str) -> None:
        super().__init__(painter, id="Files")
        self._kind, self._repo_id = kind, repo_id
        self.context = CONTEXTS[1]
        self._view: View | None = None
        self._problem: Problem | None = None
        self._asked = False

    def open(self) -> None:
        """Ask for the files when the tab is first seen."""
        if not self._asked:
            self._asked = True
            self.show([(), ((" asking the Hub …", "muted"),)])
            self.load()

    @work(group="files", exclusive=True)
    async def load(self, config: bool = False) -> None:
        """Ask for files and facts; ``config`` reads config.json too, which counts as a download."""
        sources = cast("Page", self.screen).hubscope.sources
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
        one: FactsAndFiles | None = self._view.rows[0] if self._view else None
        return one if one is not None and one.files is not None else None

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

    def lines_for(self, width: int) -> list[Line]:
        """The problem, the memory needs, the sets of weights, every file."""
        lines: list[Line] = []
        if self._problem is not None:
            said = cells.wrap(f"{self._problem}", width)
            lines += [*(((part, "warn"),) for part in said), ()]
        return lines if self._view is None else lines + self._drawn(self._view.rows[0], width)

    def _drawn(self, one: FactsAndFiles, width: int) -> list[Line]:
        lines: list[Line] = []
        if one.kind == "model":
            fit = footprint.fit(one.detail, one.files, one.config, self.context, "bf16", _why(one))
            lines += [*draw_memory.lines(fit, width), ()]
        real = [file for file in one.files or () if file.type == "file"]
        if one.files is None:
            return [*lines, (("the files are not known", "muted"),)]
        sets = variants(real, one.detail)
        weights = draw_files.quant_lines(sets, width)
        head = draw_files.summary(real, one.files_complete)
        listed = draw_files.file_lines(real, label_of(one.detail), width)
        return [*lines, ((head, "title"),), (), *weights, *([()] if weights else []), *listed]


def _why(one: FactsAndFiles) -> str:
    if one.config_problem is not None:
        return f"layers and key-value heads ({str(one.config_problem).partition(';')[0]})"
    return f"{footprint.NO_CONFIG[:-1]}; + reads it, and the Hub counts one download)"
