"""The columns of a view as its reader wants them: which, in which order, the one he is on."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from tui.ask.saved import session
from tui.render import table
from tui.render.columns import Catalogue, marks
from tui.render.table import Layout
from tui.widgets.table import RowTable

if TYPE_CHECKING:
    from tui.app import Hubscope

_KEPT = "columns"  # among what a session keeps


class ShownColumns:
    """What ``catalogue`` offers, as the reader chose it here, else in his settings.

    ``under_cursor`` is the column that the column cursor is on, "" before it is first moved.
    """

    def __init__(self, app: "Hubscope", catalogue: Callable[[], Catalogue]) -> None:
        self._app, self._catalogue = app, catalogue
        self.under_cursor = ""
        self._last: tuple[object, Layout] = ((), Layout((), 0))  # each row asks for it again

    @property
    def names(self) -> tuple[str, ...]:
        """The columns by name, from left to right; some may have no room."""
        catalogue = self._catalogue()
        stored = self._app.session.get(_KEPT)
        chosen = stored.get(catalogue.view) if isinstance(stored, dict) else None
        if not isinstance(chosen, list) or not all(isinstance(name, str) for name in chosen):
            chosen = self._app.config.columns.get(catalogue.view)
        return catalogue.known(chosen) if chosen else catalogue.usual

    def plan(self, width: int) -> Layout:
        """The columns that fit a width."""
        names = self.names
        asked = (self._catalogue().view, names, self.under_cursor, width)
        if self._last[0] != asked:
            self._last = (asked, self._plan(names, width))
        return self._last[1]

    def _plan(self, names: Sequence[str], width: int) -> Layout:
        return table.layout(self._catalogue().chosen(names, self.under_cursor), width)

    def in_sight(self, names: Sequence[str], width: int) -> set[str]:
        """Those of ``names`` that have room."""
        return {column.key for column, _ in self._plan(names, width).columns}

    def marks(self, sorted_by: Mapping[str, str]) -> dict[str, str]:
        """The signs before the heads: the cursor, and the orders as they are given by column."""
        return marks(self.under_cursor, sorted_by)

    def step(self, step: int, start: str) -> None:
        """Move the column cursor; where it is not yet seen, put it on ``start``."""
        names = self.names
        if self.under_cursor in names:
            at = names.index(self.under_cursor) + step
            self.under_cursor = names[at % len(names)]
        else:
            self.under_cursor = start if start in names else self._catalogue().always

    def choose(self, rows: RowTable, drawn: Callable[[], object]) -> None:
        """Let the reader choose; ``drawn`` is called when he has, to draw the table anew."""
        catalogue, width = self._catalogue(), rows.size.width

        def chosen(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self._keep(catalogue, names)
                drawn()

        chooser = import_module("tui.screens.column_chooser")  # the toolkit's input: not at start
        offered = chooser.ColumnChooser(
            catalogue, self.names, lambda columns: self.in_sight(columns, width)
        )
        self._app.push_screen(offered, chosen)

    def _keep(self, catalogue: Catalogue, names: tuple[str, ...]) -> None:
        """Keep the choice over restarts; nothing where it is what the settings say."""
        app = self._app
        stored = app.session.get(_KEPT)
        by_view = dict(stored) if isinstance(stored, dict) else {}
        by_view.pop(catalogue.view, None)
        if names != (
            catalogue.known(app.config.columns.get(catalogue.view, ())) or catalogue.usual
        ):
            by_view[catalogue.view] = list(names)
        if self.under_cursor not in names:
            self.under_cursor = ""
        app.session[_KEPT] = by_view
        session.keep(app.sources, app.session)
