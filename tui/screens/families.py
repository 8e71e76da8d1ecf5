"""View 2: which families lead, by whose count."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.geometry import Region
from textual.widget import Widget

from tui.analysis.families.groups import GROUPINGS, partition
from tui.analysis.families.measures import portions
from tui.analysis.history.dated import Dot
from tui.ask.families import league as ask
from tui.ask.families.groups import grouped
from tui.ask.families.growth import alike, course, since_before
from tui.ask.families.league import FamilyRow
from tui.ask.families.members import largest
from tui.model import Measure
from tui.model.when import iso
from tui.places import ComparePlace, FamiliesPlace, MembersPlace, author_list
from tui.render import families as render
from tui.render import family_pane, table
from tui.render.families import Shown
from tui.render.spans import Line, both_ends
from tui.screens.bound import bindings
from tui.screens.family_loader import FamilyLoader
from tui.screens.family_page import FamilyPage
from tui.screens.glance import Glance
from tui.screens.shown_columns import ShownColumns
from tui.widgets.table import RowTable

_LEAST, _MOST = 2, 6  # families that can be held against each other


class FamiliesScreen(FamilyPage):
    """The league table."""

    glance: Glance

    BINDINGS: ClassVar[list[BindingType]] = bindings(FamiliesPlace)

    def __init__(self, place: FamiliesPlace) -> None:
        super().__init__(place)
        self.loader = FamilyLoader(self, ask)
        self.grouping = "family"
        self.columns = ShownColumns(self.hubscope, lambda: render.CATALOGUE)
        self.column = "downloads_30d"  # under the column cursor
        self.ordered = "downloads_30d"
        self.upward = False

    # drawing

    def body(self) -> Iterable[Widget]:
        """The table, and the highlighted family at a glance where the rows leave room."""
        painter = self.hubscope.painter
        self.rows = RowTable(painter, self._head, self._row, id="rows")
        self.glance = Glance(painter, self.rows, self._at_a_glance, beside=False)
        self.parts = {"glance": self.glance}
        yield self.glance

    def fit_in(self) -> None:
        """Table and glance together where there is room."""
        height = self.size.height - self.FRAME - self.LOWER
        self.glance.fit_in(self.size.width, height, max(1, len(self.rows.values)))

    def moved(self) -> None:
        """Another family is highlighted."""
        super().moved()
        self.glance.follow()

    def _at_a_glance(self, width: int, height: int) -> list[Line]:
        """Of a family; a group of them has no course of its own."""
        shown: Shown | None = self.rows.value
        if shown is None or self.grouping != "family":
            return []
        row, sources = shown.row, self.hubscope.sources
        names = dict.fromkeys((self.column, "derivatives"))
        courses = {
            name: course(sources, row.family, name, row.measures[name])
            for name in names
            if name in row.measures
        }
        # The column's figure, or the derivatives where only they have a course to draw.
        name = next((key for key, figures in courses.items() if figures.dated > 1), "")
        name = name or next(
            (key for key, figures in courses.items() if figures.dated), "derivatives"
        )
        series = courses[name]
        biggest = largest(self.view, row.family.key) if self.view else ()
        return family_pane.lines(row, series, name, biggest, width, height)

    def families(self) -> tuple[str, ...]:
        """The league."""
        return ask.keys(self.hubscope.sources)

    def _plan(self, width: int) -> table.Layout:
        return render.layout(width, self.column, self.grouping, self.columns.names)

    def _head(self, width: int) -> Line:
        return render.header(self._plan(width), self.column, self.ordered, self.upward)

    def _row(self, shown: Shown, width: int, cursor: bool, marked: bool) -> Line:
        now = self.hubscope.sources.now()
        return table.row(self._plan(width), shown, now, cursor=cursor, marked=marked)

    def redraw(self) -> None:
        """Draw the families, or groups of them, in their order."""
        rows = grouped(self.loader.rows, self.grouping)
        shares = portions({row.family.key: row.measures["downloads_30d"] for row in rows})
        changes = self.changed if self.grouping == "family" else {}
        shown = [
            self._shown(row, shares[row.family.key], changes.get(row.family.key, frozenset()))
            for row in rows
        ]
        shown = render.sort(shown, self.ordered, self.upward)
        grown = len(shown) != len(self.rows.values)
        self.rows.show([shown_row.row.family.key for shown_row in shown], shown)
        if grown:
            self.fit_in()
        self.glance.follow()
        self.frame()

    def _shown(self, row: FamilyRow, share: Measure, changed: frozenset[str]) -> Shown:
        figure = row.measures.get(self.column)
        if figure is None or figure.value is None or self.grouping != "family":
            return Shown(row, share, changed=changed)
        grown = since_before(self.hubscope.sources, row.family.key, self.column, figure)
        since = "" if grown.since is None else iso(grown.since)[:10]
        return Shown(row, share, grown.growth, since, changed)

    def heading(self, width: int) -> Line:
        """What the table is, under which lens, and how far loading has come."""
        words = render.heading(self.grouping, self.hubscope.lens)
        right = render.progress(self.view.progress if self.view else None)
        left: Line = ((f" {words}", "title"),)
        if right and len(words) + len(right) + 4 > width:
            left = ((f" {words[: max(0, width - len(right) - 5)]}…", "title"),)
        return both_ends(left, ((right, "muted"), (" ", "text")), width)

    def defined(self) -> tuple[str, str]:
        """The figure under the row cursor and the column cursor."""
        shown: Shown | None = self.rows.value
        if shown is None:
            return "asking the Hub …", ""
        now = self.hubscope.sources.now()
        dots: tuple[Dot, ...] = ()
        figure = shown.row.measures.get(self.column)
        if figure is not None and figure.value is not None and self.grouping == "family":
            dots = alike(self.hubscope.sources, shown.row.family.key, self.column, figure)
        return render.definition(shown, self.column), render.worth(shown, self.column, now, dots)

    def cited(self) -> tuple[str, str, Measure] | None:
        """The figure under the cursors."""
        shown: Shown | None = self.rows.value
        figure = None if shown is None else shown.figure(self.column)
        if shown is None or figure is None:
            return None
        return shown.row.family.label, self.column, figure

    # the reader's keys

    def chosen(self) -> tuple[str, ...]:
        """The marked rows, else the highlighted one; of a group, all its families."""
        rows = self.rows
        keys = tuple(rows.marked) or ((rows.key,) if rows.key else ())
        groups = partition(self.loader.rows, self.grouping, lambda row: row.family)
        return tuple(row.family.key for key in keys for row in groups.get(key, ()))

    def action_column(self, step: int) -> None:
        """Move the column cursor; the column that it is on is always in sight."""
        rows, before = self.rows, self._names()
        choices = [name for name in self.columns.names if name in render.CHOICES] or [self.column]
        at = choices.index(self.column) + step if self.column in choices else 0
        self.column = choices[at % len(choices)]
        self.redraw()
        if self._names() == before:
            rows.refresh(Region(0, 0, rows.size.width, 1))
        else:
            rows.restyle()

    def _names(self) -> list[str]:
        """The columns in sight."""
        return [column.key for column, _ in self._plan(self.rows.size.width).columns]

    def action_columns(self) -> None:
        """Choose the figures to show, and their order."""
        self.columns.choose(self.rows, self._columns_chosen)

    def _columns_chosen(self) -> None:
        if self.column not in self.columns.names:
            self.action_column(0)
        self.rows.restyle()

    def action_sort(self) -> None:
        """Order the rows by the figure under the column cursor."""
        self.ordered, self.upward = self.column, False
        self._reorder()

    def action_reverse(self) -> None:
        """Turn the order around."""
        self.upward = not self.upward
        self._reorder()

    def _reorder(self) -> None:
        self.redraw()
        self.rows.restyle()
        self.rows.move_to(0)

    def action_group(self) -> None:
        """Put families together by origin, by organisation, or not at all."""
        names = tuple(GROUPINGS)
        self.grouping = names[(names.index(self.grouping) + 1) % len(names)]
        self.rows.marked.clear()
        self._reorder()

    def action_mark(self) -> None:
        """Mark the row, and go on to the next."""
        self.rows.toggle_mark()
        self.action_move(1)

    def action_compare(self) -> None:
        """Hold the marked families against each other."""
        keys = self.chosen() if self.rows.marked else ()
        if not _LEAST <= len(keys) <= _MOST:
            self.say(f"mark {_LEAST} to {_MOST} families with space first; {len(keys)} are marked")
        else:
            self.hubscope.visit(ComparePlace(keys))

    def action_open_row(self) -> None:
        """Open the own repos of the family; a group opens into its families."""
        key = self.rows.key
        if key is None:
            self.say("no family is highlighted")
        elif self.grouping == "family":
            self.hubscope.visit(MembersPlace(key))
        else:
            first = self.chosen()[0]
            self.grouping = "family"
            self.rows.marked.clear()
            self.redraw()
            self.rows.restyle()
            self.rows.move_to_key(first)

    def action_author(self) -> None:
        """List the repos of the family's first organisation."""
        shown: Shown | None = self.rows.value
        if shown is None or not shown.row.family.orgs:
            self.say("no family is highlighted")
            return
        self.hubscope.visit(author_list(shown.row.family.orgs[0]))

    def command_line(self) -> str:
        """The shell command that prints the highlighted or marked families."""
        return self.shell("family", self.chosen() or self.families())
