"""What claims are judged from, out of a census: counts of everything, where calls give bounds."""

from collections.abc import Iterable
from itertools import groupby

from tui.analysis.census.shares import Cell, Crew, Placed, place
from tui.analysis.claims.facts import Listing, subject
from tui.analysis.families.own_figures import own_measures
from tui.analysis.families.subject import Fetched
from tui.analysis.origins.newest import DAYS, SETTLING
from tui.ask.census import families as counts
from tui.ask.census.held import Held
from tui.ask.census.names import containing
from tui.ask.sources import Sources
from tui.model import Lens, Measure
from tui.model.when import iso
from tui.store.census.tallies import Which, flow

WEEK = "week"
_TRENDING = 100
_ORDER = "WHERE r.trending > 0 ORDER BY r.trending DESC, r.rank LIMIT ?"


class CensusCounts:
    """See ``tui.analysis.claims.facts.Counts``."""

    def __init__(self, sources: Sources, held: Held) -> None:
        self._sources = sources
        self._held = held
        self._rows: dict[str, Fetched] = {}
        self._known: dict[tuple[str, Lens], dict[str, Measure]] = {}

    @property
    def source(self) -> str:
        """The source that its figures name, as ``census 2026-11-18``."""
        return self._held.source

    def fetched(self, key: str) -> Fetched:
        """The own repos of a family, or all of a namespace, without their children."""
        known = self._rows.get(key)
        if known is None:
            about = subject(key, self._sources.registry)
            known = self._rows[key] = self._held.fetched(counts.own_of(self._held, about))
        return known

    def measures(self, key: str, lens: Lens) -> dict[str, Measure]:
        """Every figure of a family, or of ``org:NAME``."""
        known = self._known.get((key, lens))
        if known is None:
            registry = self._sources.registry
            about = subject(key, registry)
            if key.startswith("org:"):
                known = own_measures(about, self.fetched(key), lens, registry)
                known = {name: self.described(figure) for name, figure in known.items()}
            else:
                family = registry.require(key)
                known = counts.measures(self._sources, self._held, family, about, lens)
            self._known[key, lens] = known
        return known

    def flow(self, key: str) -> tuple[int, int, int]:
        """30-day downloads of derivatives by others of a family's language models.

        Those of sure derivatives, of unsure ones, and how many repos state no number.
        """
        number = self._held.census.families[key]
        downloads = flow(self._held.census, Which(number, llm=True))
        return downloads.sure, downloads.unsure, downloads.unstated

    def named(self, word: str, key: str) -> int:
        """The repos whose name holds a word, by others than a family's organisations."""
        known = self._held.census.meta.get(f"named {word}, not {key}")
        if known is not None:
            return int(known)
        return containing(self._held, word, subject(key, self._sources.registry).orgs)

    def window(self) -> tuple[str, str]:
        """The days of which ``placed`` tells."""
        at = self._held.census.as_of
        return iso(at - DAYS), iso(at - SETTLING)

    def placed(self, rule: str, relations: tuple[str, ...], llm: bool) -> Placed:
        """The new derivatives of the window by country."""
        held = self._held
        return place(cells(held, WEEK, rule), crews(held), rule, relations, llm)

    def author(self, number: int) -> str:
        """The name behind an author's number."""
        ((name,),) = self._held.census.ask("SELECT name FROM author WHERE id = ?", (number,))
        return str(name)

    def described(self, figure: Measure) -> Measure:
        """The figure with where it comes from."""
        return figure._replace(
            source=self._held.source,
            universe=self._held.universe,
            as_of=self._held.census.as_of,
            requests=("hubscope claims",),
        )

    def trending(self) -> Listing:
        """The trending list as it was; of equal scores the more downloaded first."""
        ranked = self._held.census.repos(_ORDER, (_TRENDING,))
        rows = tuple(repo for _, repo in ranked)
        at = self._held.census.as_of
        return Listing(rows, at, True, self._held.source, ("hubscope claims trending-top",))


def cells(held: Held, span: str, rule: str) -> Iterable[Cell]:
    """The counted cells of a month or of the window, by origin rule."""
    mixes = held.census.mixes
    sql = f"SELECT {rule}, kinds, first, llm, SUM(n) FROM share WHERE span = ? GROUP BY 1, 2, 3, 4"
    for mix, kinds, first, llm, count in held.census.ask(sql, (span,)):
        yield Cell(kinds, bool(first), llm, count, mixes[mix])


def crews(held: Held) -> Iterable[Crew]:
    """Who uploaded the repos of the window."""
    sql = "SELECT kind, alike, author, kinds, first, llm, n FROM crew ORDER BY kind"
    lines = held.census.ask(sql)
    for _, part in groupby(lines, key=lambda line: line[0]):
        crew_lines = list(part)
        yield Crew(crew_lines[0][1], crew_lines[0][2], [Cell(*line[3:]) for line in crew_lines])
