"""The table of a list, its columns, and the preview beside it.

Table and preview stand side by side where there is room, else one of them is seen.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Region
from textual.widget import Widget

from tui.analysis.registry.registry import UNKNOWN
from tui.model import Repo, Row
from tui.places import ListPlace
from tui.render import cells
from tui.render.columns import Catalogue
from tui.render.list_columns import ORDER_OF, catalogue, order_marks, with_family
from tui.screens.bound import bindings
from tui.screens.column_table import ColumnTable
from tui.screens.preview import Preview
from tui.screens.shown_columns import ShownColumns
from tui.slow_line import line_of
from tui.widgets.paint import Painter
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.screens.trending import TrendingScreen

_WIDE = 100  # cells from which list and preview stand side by side


class ListPanes(Horizontal):
    """Two panes; one of them has the keyboard."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(ListPlace, "panes")

    def __init__(self, page: "TrendingScreen", painter: Painter) -> None:
        super().__init__(id="panes")
        self._page = page
        self.columns = ShownColumns(page.hubscope, self._catalogue)
        now = page.hubscope.sources.now
        self.rows = ColumnTable(painter, self.columns.plan, now, self._marks)
        self.preview = Preview(painter, id="preview")
        self._chosen: bool | None = None  # whether the reader wants the preview, where he said so
        self._wide = page.hubscope.size.width >= _WIDE
        # before the first layout, not after it
        self.preview.display = self._wide and self._wanted

    def compose(self) -> Iterable[Widget]:
        """The table, and the preview right of it."""
        yield self.rows
        yield self.preview

    @property
    def _wanted(self) -> bool:
        """Whether the preview is shown where there is room; on a slow line it waits to be asked."""
        return not line_of(self.app).slow if self._chosen is None else self._chosen

    @property
    def reading(self) -> bool:
        """Whether the preview has the keyboard."""
        return self.screen.focused is self.preview.pane

    @property
    def reader(self) -> RowTable | Pane:
        """What has the keyboard."""
        return self.preview.pane if self.reading else self.rows

    def fit_in(self, width: int, repo: Repo | None) -> None:
        """One pane or two, for a screen of ``width`` cells with ``repo`` highlighted."""
        self._wide = width >= _WIDE
        self._show(reading=self.preview.display and self.reading, repo=repo)

    def _show(self, *, reading: bool, repo: Repo | None) -> None:
        self.preview.set_class(not self._wide and reading, "-alone")
        self.preview.display = self._wanted if self._wide else reading
        self.rows.display = self._wide or not reading
        self.preview.follow(repo)

    def _give_keyboard(self, *, reading: bool) -> None:
        self.screen.set_focus(self.preview.pane if reading else self.rows)
        self._show(reading=reading, repo=self.preview.repo)

    def action_preview(self) -> None:
        """Show or hide the preview; on a narrow screen, in place of the list."""
        if not self._wide:
            self.action_next_pane()
            return
        self._chosen = not self._wanted
        self._give_keyboard(reading=False)

    def action_next_pane(self) -> None:
        """Go between the list and the preview."""
        if self._wide and not self._wanted:
            self._page.say("the preview is hidden; p shows it")
        else:
            self._give_keyboard(reading=not self.reading)

    # columns

    def _catalogue(self) -> Catalogue:
        return with_family(catalogue(self._page.query_now.kind), self._family)

    def _family(self, row: Row) -> str:
        from tui.analysis.query.groups import family

        key = family(row, self._page.hubscope.sources.registry)
        return cells.UNKNOWN if key == UNKNOWN else key

    def _marks(self) -> dict[str, str]:
        return self.columns.marks(order_marks(self._page.options.written.orders))

    @property
    def order_under_cursor(self) -> str:
        """The order that the column under the column cursor stands for; "" for none."""
        column = self.columns.under_cursor
        return ORDER_OF.get(column, column)

    def action_column(self, step: int) -> None:
        """Move the column cursor; the column that it is on is always in sight."""
        width, rows = self.rows.size.width, self.rows
        before = self.columns.plan(width)
        orders = self._page.options.written.orders
        self.columns.step(step, next(iter(order_marks(orders)), "id"))
        if [column.key for column, _ in self.columns.plan(width).columns] == [
            column.key for column, _ in before.columns
        ]:
            rows.refresh(Region(0, 0, width, 1))
        else:
            rows.restyle()

    def action_columns(self) -> None:
        """Choose the columns to show, and their order."""
        self.columns.choose(self.rows, self.rows.restyle)

    def action_more(self) -> None:
        """Read on in the Hub's list, whatever the order of the rows at hand."""
        self._page.loader.load_more(asked=True)
