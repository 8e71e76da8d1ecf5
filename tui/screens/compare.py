"""Two to six families held against each other."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.analysis.history.dated import Series
from tui.ask.export import keep
from tui.ask.families import compare as ask
from tui.ask.families.growth import course, lacking
from tui.ask.families.league import FamilyRow
from tui.model import Measure
from tui.places import ComparePlace, MembersPlace
from tui.render import charts, measure
from tui.render import compare as render
from tui.render.compare import Compared
from tui.render.families import progress
from tui.render.spans import Line, both_ends, cut
from tui.screens.bound import bindings
from tui.screens.family_loader import FamilyLoader
from tui.screens.family_page import FamilyPage
from tui.widgets.pane import Pane
from tui.widgets.table import RowTable

_TALL = 36  # terminal lines from which table and chart stand together
_ROWS = 19  # the table's lines then


class CompareScreen(FamilyPage):
    """Measures as rows, families as columns, and the chart of the measure under the cursor."""

    chart: Pane

    BINDINGS: ClassVar[list[BindingType]] = bindings(ComparePlace)

    def __init__(self, place: ComparePlace) -> None:
        super().__init__(place)
        self.keys = place.keys
        self.loader = FamilyLoader(self, ask)
        self.at = 0  # the family under the column cursor
        self._chart = False

    # drawing

    def body(self) -> Iterable[Widget]:
        """The table, and the chart below or in its place."""
        painter = self.hubscope.painter
        self.rows = RowTable(painter, self._head, self._row, id="rows")
        self.chart = Pane(painter, id="chart")
        self.chart.can_focus = False
        yield self.rows
        yield self.chart

    def families(self) -> tuple[str, ...]:
        """The families compared."""
        return self.keys

    def _labels(self) -> dict[str, str]:
        return {row.family.key: row.family.label for row in self.loader.rows}

    def _head(self, width: int) -> Line:
        return render.header(list(self._labels().values()), self.at, width)

    def _row(self, compared: Compared, width: int, cursor: bool, marked: bool) -> Line:
        return render.row(compared, self._labels(), width, cursor)

    def redraw(self) -> None:
        """Draw the measures of all families."""
        ranks = () if self.loader.whole is None else ask.robustness(self.loader.whole)
        rows = render.rows(self.loader.rows, self.changed, ranks)
        keys = [f"{'rank ' if row.rank else ''}{row.name}" for row in rows]
        self.rows.show(keys, rows)
        self._draw_chart()
        self.frame()

    def fit_in(self) -> None:
        """Table and chart together where there is room."""
        tall = self.size.height >= _TALL
        chart, rows = self.chart, self.rows
        chart.display = tall or self._chart
        rows.display = tall or not self._chart
        rows.styles.height = _ROWS if tall else "1fr"
        self.call_after_refresh(self._draw_chart)

    def _draw_chart(self) -> None:
        chart = self.chart
        if not chart.display:
            return
        name = self._measure()
        what = measure.NAMES[name].lstrip("… ")
        lacks = {lacking(name, row.measures[name]) for row in self.loader.rows} - {""}
        head: Line = ((f" {what} over time", "title"), ("  " + "".join(lacks), "muted"))
        size = chart.size
        drawn = charts.lines(self._series(name), size.width - 2, size.height - 1)
        empty = f" no dated figure of {what} yet, here or published"
        body: list[Line] = [((f" {line}", "text"),) for line in drawn]
        chart.show([head, *(body or [((empty, "muted"),)])])

    def _measure(self) -> str:
        """The measure under the cursor; a row without one stands for the derivatives."""
        compared: Compared | None = self.rows.value
        if compared is None or compared.rank is not None or compared.name == render.MIX:
            return "downloads_30d" if compared and compared.name == "downloads" else "derivatives"
        return compared.name

    def _series(self, name: str) -> list[Series]:
        sources = self.hubscope.sources
        return [course(sources, row.family, name, row.measures[name]) for row in self.loader.rows]

    def heading(self, width: int) -> Line:
        """Who is compared, under which lens, and how far loading has come."""
        right = progress(self.view.progress if self.view else None)
        words = f"compare · {self.hubscope.lens.words()}"
        left: Line = ((f" {cut(words, max(10, width - len(right) - 4))}", "title"),)
        return both_ends(left, ((right, "muted"), (" ", "text")), width)

    def defined(self) -> tuple[str, str]:
        """The measure under the row cursor, of the family under the column cursor."""
        compared: Compared | None = self.rows.value
        if compared is None:
            return "asking the Hub …", ""
        if compared.rank is not None:
            return render.rank_definition(compared.rank), render.rank_words(
                compared.rank, self._labels()
            )
        row = self._column()
        if compared.name == render.MIX:
            return render.mix_definition(row.family.label, compared.mixes[self.at])
        figure, now = compared.figures[self.at], self.hubscope.sources.now()
        label = measure.NAMES[compared.name].lstrip("… ")
        cost = row.costs.get(compared.name, 0)
        return (
            f"{row.family.label} · {label}: {figure.definition}",
            measure.facts(figure, now, cost),
        )

    def _column(self) -> FamilyRow:
        return self.loader.rows[self.at]

    def cited(self) -> tuple[str, str, Measure] | None:
        """The figure under the cursors."""
        compared: Compared | None = self.rows.value
        if compared is None or not compared.figures:
            return None
        return self._column().family.label, compared.name, compared.figures[self.at]

    # the reader's keys

    def moved(self) -> None:
        """Draw the measure that is under the cursor now."""
        self._draw_chart()
        self.frame()

    def action_move(self, rows: int) -> None:
        """Move by rows; the chart changes in the same paint."""
        super().action_move(rows)
        self._draw_chart()

    def action_column(self, step: int) -> None:
        """Move the column cursor to the next family."""
        self.at = (self.at + step) % len(self.keys)
        self.rows.restyle()
        self.frame()

    def action_preview(self) -> None:
        """Show the chart in place of the table, or the table again."""
        if self.size.height >= _TALL:
            self.say("the chart stands below the table already")
            return
        self._chart = not self._chart
        self.fit_in()

    def action_open_row(self) -> None:
        """Open the own repos of the family under the column cursor."""
        if self.loader.rows:
            self.hubscope.visit(MembersPlace(self._column().family.key))

    def action_export(self) -> None:
        """Write the measure under the cursor as a picture."""
        name, now = self._measure(), self.hubscope.sources.now()
        title = f"{' · '.join(self._labels().values())}: {measure.NAMES[name].lstrip('… ')}"
        series = self._series(name)
        lens = self.hubscope.lens
        from tui.output import pictures

        picture = pictures.comparison(title, self.loader.rows, name, series, lens)
        self.say(keep(picture.splitlines(), "hubscope-compare", "svg", now))

    def command_line(self) -> str:
        """The shell command that prints this comparison."""
        return self.shell("compare", self.keys)
