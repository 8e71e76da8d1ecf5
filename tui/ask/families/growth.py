"""How a family's figure has changed since it was counted here before, and its course over time.

Growth is told between figures that were counted in the same way only; where none is like the one
in hand, the newest unlike one says why.
"""

from typing import NamedTuple

from tui.analysis.families.measures import Growth, growth
from tui.analysis.history import dated, points
from tui.analysis.history.dated import Dot, Series
from tui.analysis.registry.registry import Family
from tui.ask.sources import Sources
from tui.model import Lens, Measure
from tui.store.history import Point

COURSES = ("derivatives", "repos")  # figures that a census has month by month
PUBLISHED = "published"  # the endpoint of a figure that the reader brought in from a table
_APART = 20 * 3600.0  # seconds between two figures, at least, for a change to be growth
_NEWEST = 60  # looks that a course in one line is made of, at most


class Grown(NamedTuple):
    """A change, and when the figure it is counted from was taken; None where there is none."""

    growth: Growth
    since: float | None


def since_before(sources: Sources, family: str, name: str, figure: Measure) -> Grown:
    """The change of ``figure`` since the newest comparable look that is most of a day older."""
    latest = (figure.as_of or sources.now()) - _APART
    older = [point for point in looks(sources, family, name) if point.at <= latest]
    grown = Grown(growth(figure, None), None)
    for point in reversed(older):
        change = growth(figure, _measure(point, figure))
        if change.change is not None:
            return Grown(change, point.at)
        if grown.since is None:
            grown = Grown(change, point.at)
    return grown


def alike(sources: Sources, family: str, name: str, figure: Measure) -> tuple[Dot, ...]:
    """The newest figures of this name counted here in the same way as ``figure``, by time."""
    newest = looks(sources, family, name)[-_NEWEST:]
    return tuple(
        Dot(point.at, point.value)
        for point in newest
        if point.value is not None and growth(figure, _measure(point, figure)).change is not None
    )


def course(sources: Sources, family: Family, name: str, figure: Measure) -> Series:
    """The published figures, the reader's own among them, and those counted here, by time.

    A figure counted here is joined to the one counted before it where both were counted alike.
    A census gives all months at once, of what is still there.
    """
    dots = dated.published(points.points(), family.key, name)
    if lacking(name, figure):
        from tui.ask.census.series import summed

        return Series(family.label, tuple(sorted((*dots, *summed(sources, name, family, figure)))))
    for point in sources.store.history.points(family.key, name):
        if point.endpoint == PUBLISHED and point.value is not None:
            dots.append(Dot(point.at, point.value, published=True))
    before: Point | None = None
    for point in looks(sources, family.key, name):
        if point.value is not None:
            joined = before is not None and _alike(before, point, figure)
            dots.append(Dot(point.at, point.value, joined=joined))
            before = point
    return Series(family.label, tuple(sorted(dots)))


def lacking(name: str, figure: Measure) -> str:
    """What a course lacks: of a census the repos that were deleted before it."""
    monthly = figure.source.startswith("census") and name in COURSES
    return "by month of creation; deleted repos are missing" if monthly else ""


def looks(sources: Sources, family: str, name: str) -> tuple[Point, ...]:
    """The dated figures counted here from these sources, oldest first."""
    if sources.bundled:
        return ()
    stored = sources.store.history.points(family, name)
    return tuple(point for point in stored if point.endpoint == sources.realm)


def _alike(before: Point, after: Point, figure: Measure) -> bool:
    """Say whether two looks at the figure were counted in the same way."""
    return growth(_measure(after, figure), _measure(before, figure)).change is not None


def _measure(point: Point, like: Measure) -> Measure:
    """A kept look as a measure; its lens is ``like``'s where it was counted under the same."""
    same = point.lens == " ".join(like.lens.flags() if like.lens else ())
    return Measure(
        value=point.value,
        unit=like.unit,
        kind=point.kind,
        definition=point.definition,
        universe=like.universe,
        coverage=point.coverage,
        lens=like.lens if same else _OTHER,
        as_of=point.at,
        registry=point.registry,
    )


_OTHER = Lens(origin="")  # no lens that can be chosen
