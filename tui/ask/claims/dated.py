"""Claims as earlier censuses count them: then and now under the same definitions."""

from itertools import islice
from typing import TYPE_CHECKING

from tui.analysis.claims import Claim, Counted, Facts, Judged, judge
from tui.analysis.claims.intervals import UNKNOWN
from tui.ask import counting
from tui.ask.sources import Sources

if TYPE_CHECKING:
    from tui.ask.census.held import Held

_MOST = 12  # earlier censuses that are counted


def dated(sources: Sources, judged: Judged) -> Judged:
    """``judged`` with the counts of the censuses before the newest; as it is without them.

    ``then`` rests on published figures; where none is published, on the latest of these counts.
    """
    claim = judged.claim
    if not sources.may_count or claim.checklist:
        return judged
    if not all(need.kind in (*counting.COUNTED, "lineage") for need in claim.needs):
        return judged
    from tui.ask.census.held import on_hand

    earlier = islice(on_hand(sources), 1, 1 + _MOST)
    counted = tuple(_counted(sources, held, claim) for held in earlier)
    if not counted:
        return judged
    verdicts = "; ".join(f"{entry.date} {entry.verdict.verdict}" for entry in counted)
    why, then = f"{judged.then.why}; as counted: {verdicts}", judged.then.verdict
    if then == UNKNOWN:
        then, why = counted[0].verdict.verdict, f"as counted: {verdicts}"
    return judged._replace(counted=counted, then=judged.then._replace(verdict=then, why=why))


def _counted(sources: Sources, held: "Held", claim: Claim) -> Counted:
    known: Counted | None = held.judged.get(claim.key)
    if known is None:
        from tui.ask.census.claims import CensusCounts

        counts = CensusCounts(sources, held)
        own = {need.what for need in claim.needs if need.kind == "own"}
        facts = Facts(
            sources.registry,
            held.census.as_of,
            sources.universe,
            {key: counts.fetched(key) for key in sorted(own)},
            counted=counts,
        )
        judged = judge(claim, facts)
        known = held.judged[claim.key] = Counted(held.date, judged.now, judged.tried)
    return known
