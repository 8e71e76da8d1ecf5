"""Whether a census counts what calls would only bound, for the asks that can do with either."""

from typing import TYPE_CHECKING

from tui.ask.sources import Sources

if TYPE_CHECKING:
    from tui.analysis.claims import Listing
    from tui.ask.census.claims import CensusCounts

COUNTED = ("own", "counts", "children", "newest", "named")  # needs of claims that a census meets
_RECENT = 3600.0  # seconds for which a census's trending list is the present one


def may_answer(sources: Sources) -> bool:
    """Say whether a census is here that may answer."""
    if not sources.may_count:
        return False
    from tui.ask.census.held import held

    return held(sources) is not None


def counts(sources: Sources) -> "CensusCounts | None":
    """The census that answers in place of lists, where there is one."""
    if not sources.may_count:
        return None
    from tui.ask.census.held import held

    census = held(sources)
    if census is None:
        return None
    from tui.ask.census.claims import CensusCounts

    return CensusCounts(sources, census)


def trending(sources: Sources, counted: "CensusCounts | None", after: float) -> "Listing | None":
    """A census's trending list where it is of this hour, and later than ``after``."""
    listing = None if counted is None else counted.trending()
    if listing is None or listing.as_of <= after or sources.now() - listing.as_of > _RECENT:
        return None
    return listing
