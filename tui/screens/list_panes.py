"""The table of a list and the preview beside it: both where there is room, else one of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from tui.model import Repo
from tui.places import ListPlace
from tui.screens.bound import bindings
from tui.screens.preview import Preview
from tui.slow_line import line_of
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.screens.page import Page

_WIDE = 100  # cells from which list and preview stand side by side


class ListPanes(Horizontal):
    """Two panes; one of them has the keyboard."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(ListPlace, "panes")

    def __init__(self, rows: RowTable, preview: Preview, width: int) -> None:
        super().__init__(id="panes")
        self.rows, self.preview = rows, preview
        self._chosen: bool | None = None  # whether the reader wants the preview, where he said so
        self._wide = width >= _WIDE
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
            cast("Page", self.screen).say("the preview is hidden; p shows it")
        else:
            self._give_keyboard(reading=not self.reading)
