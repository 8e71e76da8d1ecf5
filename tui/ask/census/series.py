"""When it happened: a family's repos, downloads, derivatives and share, month by month of creation.

All from one census: what was deleted since is missing from its month. Where censuses of several
dates are kept, the downloads between them are flows.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from tui.analysis.census.counted import relation_bits
from tui.analysis.history.crossings import Crossing, crossings
from tui.analysis.history.dated import Dot, Series
from tui.analysis.registry.registry import Family
from tui.ask.census import families
from tui.ask.census.held import Held, held, on_hand
from tui.ask.sources import Sources
from tui.model import BadInput, Lens, Measure, NotFound, View
from tui.model.when import iso, seconds
from tui.store.census.tallies import Which, based_by_month, by_month, own_by_month

OF = {
    "downloads": ("downloads", "downloads since creation of own repos, by the month of creation"),
    "repos": ("repos", "own repos, by the month of creation"),
    "derivatives": ("repos", "derivatives, by the month of creation"),
    "share": ("share", "part of all new repos of the month that declare a base"),
}
_GONE = "repos deleted before the census are missing"


class Course(NamedTuple):
    """One family month by month. ``values`` are (month as 2026-11, value), oldest first.

    ``figure`` says what they are, with their sum (of a share the last month's) as its value.
    """

    family: Family
    values: tuple[tuple[str, float], ...]
    figure: Measure

    def series(self) -> Series:
        """As the charts draw it; a month stands at its middle, the last one at the census."""
        dots = []
        for at, (month, value) in enumerate(self.values):
            when = seconds(f"{month}-15T00:00:00Z") or 0.0
            when = min(when, self.figure.as_of or when)
            dots.append(Dot(when, value, joined=at > 0))
        return Series(self.family.label, tuple(dots))


class Flow(NamedTuple):
    """What came from one census to the next, less what went: deleted repos take theirs along."""

    family: Family
    since: str
    until: str
    value: float


class Beside(NamedTuple):
    """Flows between censuses, and months in which one family passes another.

    A share has no flows: it is of a month, not of a date.
    """

    flows: tuple[Flow, ...]
    crossings: tuple[Crossing, ...]


def view(sources: Sources, of: str, keys: Sequence[str], lens: Lens) -> View[Any]:
    """A Course for each family, and in ``read`` what stands Beside them.

    Raises BadInput for what is none of OF or no whole family, NotFound without a census.
    """
    if of not in OF:
        raise BadInput(f"no series is called {of!r}; use {', '.join(OF)}")
    census = held(sources)
    if census is None:
        raise NotFound("no census is kept; `hubscope census crawl` or `pull` fetches one")
    wanted = [sources.registry.require(key) for key in keys]
    for family in wanted:
        if family.key not in census.census.families:
            raise BadInput(f"{family.key!r} is a line of a family; a series wants whole families")
    courses = tuple(_course(sources, census, of, family, lens) for family in wanted)
    flows = _flows(sources, of, wanted, lens) if of != "share" else ()
    crossed = crossings(
        {course.family.key: course.values for course in courses}, summed=of != "share"
    )
    return View(
        rows=courses,
        source="census",
        as_of=census.census.as_of,
        requests=tuple(dict.fromkeys(url for course in courses for url in course.figure.requests)),
        read=Beside(flows, crossed),
    )


def summed(sources: Sources, of: str, family: Family, figure: Measure) -> tuple[Dot, ...]:
    """A figure as it grew: at the end of each month, what was created until then and still is."""
    lens = figure.lens or Lens()
    try:
        (course,) = view(sources, of, [family.key], lens).rows
    except BadInput:  # a line has no totals by month
        return ()
    total = 0.0
    dots: list[Dot] = []
    for month, value in course.values:
        total += value
        year, number = divmod(int(month[:4]) * 12 + int(month[5:]), 12)
        ended = seconds(f"{year:04}-{number + 1:02}-01T00:00:00Z") or 0.0
        dots.append(Dot(min(ended, figure.as_of or ended), total, joined=bool(dots)))
    if dots and figure.as_of and dots[-1].at < figure.as_of:
        dots.append(Dot(figure.as_of, total, joined=True))
    return tuple(dots)


def _course(sources: Sources, census: Held, of: str, family: Family, lens: Lens) -> Course:
    unit, words = OF[of]
    last = iso(census.census.as_of)[:7]
    months = _months(census, of, family, lens)
    unknown = months.pop("", 0.0)
    values = tuple(sorted(months.items()))
    total = sum(months.values()) if of != "share" else (values[-1][1] if values else None)
    figure = families.measures(sources, census, family, families.subject_of(sources, family), lens)[
        "derivatives" if of in ("derivatives", "share") else "repos"
    ]
    return Course(
        family,
        values,
        figure._replace(
            value=total,
            unit=unit,
            definition=f"{words}; {_GONE}; {figure.definition}",
            bound=None,
            unknown=unknown / (total + unknown) if unknown and total and of != "share" else None,
            window=(values[0][0], last) if values else None,
            requests=(_command(of, family, lens),),
        ),
    )


def _months(census: Held, of: str, family: Family, lens: Lens) -> dict[str, float]:
    """The values by month; "" what has no date."""
    file, number = census.census, census.census.families[family.key]
    if of in ("downloads", "repos"):
        place = 1 if of == "downloads" else 0
        return {month: float(counts[place]) for month, counts in own_by_month(file, number).items()}
    which = Which(number, lens.walk == "walked", lens.first_party == "in", lens.llm)
    bits = relation_bits("derivatives", lens)
    built = by_month(file, which, bits)
    place = 0 if lens.credit == "multi" and of == "derivatives" else 1
    months = {month: float(counts[place]) for month, counts in built.items()}
    if of == "share":
        every = based_by_month(file, bits)
        return {month: months.get(month, 0.0) / n for month, n in every.items() if n}
    return months


def _flows(sources: Sources, of: str, wanted: Sequence[Family], lens: Lens) -> tuple[Flow, ...]:
    """What there is at one date less what there was at the date before."""
    censuses = sorted(on_hand(sources), key=lambda census: census.date)
    flows = []
    for family in wanted:
        sums = [
            (census.date, sum(_months(census, of, family, lens).values()))
            for census in censuses
            if family.key in census.census.families
        ]
        flows += [
            Flow(family, before, after, high - low)
            for (before, low), (after, high) in pairwise(sums)
        ]
    return tuple(flows)


def _command(of: str, family: Family, lens: Lens) -> str:
    return " ".join(["hubscope series --of", of, "--family", family.key, *lens.flags()])
