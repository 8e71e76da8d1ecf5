"""The tabs of a card that ask on their own: files with memory, and evaluations."""

from typing import TYPE_CHECKING, cast

from textual import work

from tui.analysis.memory import footprint
from tui.analysis.memory.variants import label_of, variants
from tui.analysis.repo import evals
from tui.ask.repo import fit as ask
from tui.ask.repo.facts_and_files import FactsAndFiles
from tui.model import Eval, Problem, View
from tui.render import evals as draw_evals
from tui.render import files as draw_files
from tui.render import memory as draw_memory
from tui.render.spans import Line
from tui.widgets.paint import Painter
from tui.widgets.pane import Pane

if TYPE_CHECKING:
    from tui.screens.page import Page

CONTEXTS = (2048, 8192, 32768, 131072, 262144, 1048576)
_LEAST = 40  # cells that tables are made for, at least


class DrawnTab(Pane):
    """A tab whose lines are made for its own width: also when that comes after what it shows."""

    def redraw(self) -> None:
        """Draw what is known, at the width there is; nothing while there is none."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Another width, or the first one: a hidden tab has none."""
        self.redraw()


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

    def redraw(self) -> None:
        """Draw what is known, at the width there is."""
        if not self.size.width:
            return
        lines: list[Line] = []
        if self._problem is not None:
            lines += [((f" {self._problem}", "warn"),), ()]
        if self._view is not None:
            lines += [((" ", "text"), *line) for line in self._drawn(self._view.rows[0])]
        if lines:
            self.show(lines, keep_place=True)

    def _drawn(self, one: FactsAndFiles) -> list[Line]:
        width = max(_LEAST, self.size.width - 2)
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


class EvalsTab(DrawnTab):
    """The evaluation results that the repo states, in the order chosen."""

    def __init__(self, painter: Painter) -> None:
        super().__init__(painter, id="Evals")
        self.sort = evals.SORTS[0]
        self._evals: tuple[Eval, ...] | None = None

    def open(self) -> None:
        """The facts bring the results; nothing is asked for here."""

    def take(self, found: tuple[Eval, ...]) -> None:
        """Show these results."""
        self._evals = found
        self.redraw()

    def redraw(self) -> None:
        """Draw what is known, at the width there is."""
        if not self.size.width:
            return
        if self._evals is None:
            self.show([(), ((" no facts yet", "muted"),)])
            return
        width = max(_LEAST, self.size.width - 2)
        lines = draw_evals.lines(evals.ordered(self._evals, self.sort), width)
        self.show([((" ", "text"), *line) for line in lines], keep_place=True)


def _why(one: FactsAndFiles) -> str:
    if one.config_problem is not None:
        return f"layers and key-value heads ({str(one.config_problem).partition(';')[0]})"
    return f"{footprint.NO_CONFIG[:-1]}; + reads it, and the Hub counts one download)"
