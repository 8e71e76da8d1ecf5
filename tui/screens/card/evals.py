"""The Evals tab of a card: the evaluation results that the repo states."""

from tui.analysis.repo import evals
from tui.model import Eval
from tui.render import evals as draw
from tui.render.spans import Line
from tui.screens.card.drawn_tab import DrawnTab
from tui.widgets.paint import Painter


class EvalsTab(DrawnTab):
    """The results, in the order chosen."""

    def __init__(self, painter: Painter) -> None:
        super().__init__(painter, id="Evals")
        self.sort = evals.SORTS[0]
        self._evals: tuple[Eval, ...] | None = None

    def take(self, found: tuple[Eval, ...]) -> None:
        """Show these results."""
        self._evals = found
        self.redraw()

    def lines_for(self, width: int) -> list[Line]:
        """A table of the results."""
        if self._evals is None:
            return [(), (("no facts yet", "muted"),)]
        return draw.lines(evals.ordered(self._evals, self.sort), width)
