"""Claims of the press, each with the ways to understand it, judged from facts at hand.

Pure: ``needs`` says what a definition still lacks, somebody fetches it, ``judge`` decides.
"""

from tui.analysis.claims.definition import Claim, Counted, Definition, Judged, Tried, Verdict
from tui.analysis.claims.facts import Facts, Listing, Need, calls
from tui.analysis.claims.families import DERIVATIVES, DOWNLOADS, ORGANISATIONS
from tui.analysis.claims.intervals import Interval, interval
from tui.analysis.claims.judge import judge
from tui.analysis.claims.lists import BASES, TRENDING
from tui.analysis.claims.pages import MULTIMODAL, OPENNESS
from tui.model import BadInput, clean_line

__all__ = [
    "CLAIMS", "Claim", "Counted", "Definition", "Facts", "Interval", "Judged", "Listing", "Need",
    "Tried", "Verdict", "calls", "find", "interval", "judge", "needs",
]  # fmt: skip

CLAIMS = (DERIVATIVES, DOWNLOADS, BASES, TRENDING, MULTIMODAL, OPENNESS, ORGANISATIONS)


def find(key: str) -> Claim:
    """The claim of a key. Raises BadInput, naming the keys, for any other."""
    for claim in CLAIMS:
        if claim.key == key:
            return claim
    known = ", ".join(claim.key for claim in CLAIMS)
    raise BadInput(f"no claim is called {clean_line(key)!r}; the claims are {known}")


def needs(definition: Definition, known: Facts, tier: int = 2) -> tuple[Need, ...]:
    """What is still to be fetched for a definition, as far as ``tier`` allows it."""
    return tuple(need for need in definition.needs if need.tier <= tier and calls(need, known) > 0)
