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

    def take(self, results: tuple[Eval, ...]) -> None:
        """Show these results."""
        self._evals = results
        self.redraw()

    def lines_for(self, width: int) -> list[Line]:
        """A table of the results."""
        if self._evals is None:
            return [(), (("no facts yet", "muted"),)]
        return draw.lines(evals.ordered(self._evals, self.sort), width)

    def choose_order(self) -> None:
        """Choose the order."""
        from tui.screens.chooser import Choice, Chooser

        def chosen(sort: str | None) -> None:
            self.sort = sort or self.sort
            self.redraw()

        choices = [Choice(name, name) for name in evals.SORTS]
        self.app.push_screen(Chooser("Order of the evaluations", choices, start=self.sort), chosen)
