"""The verdicts: each definition on its own, and what they say together."""

from collections.abc import Sequence

from tui.analysis.claims.definition import Claim, Definition, Judged, Past, Tried, Verdict
from tui.analysis.claims.facts import Facts, calls
from tui.analysis.claims.intervals import (
    DEPENDS,
    FAILS,
    HOLDS,
    UNDECIDED,
    UNKNOWN,
    Interval,
    decide,
    interval,
    overall,
    point,
)
from tui.analysis.claims.pages import NO_VERDICT
from tui.analysis.history.points import Point, points
from tui.model import Measure

SAMPLE = "sample"


def judge(claim: Claim, facts: Facts) -> Judged:
    """Every definition of ``claim`` tried on ``facts``, and what follows for then and now.

    ``then`` rests on published points alone, whatever is at hand. From the sample ``now`` is
    unknown.
    """
    known = {one.key: one for one in points()}
    tried = tuple(try_out(definition, facts) for definition in claim.definitions)
    then, now = _then(claim, known), _now(claim, tried)
    if facts.universe == SAMPLE:
        now = Verdict(UNKNOWN, SAMPLE, now.value)
    return Judged(claim, tuple(known[key] for key in claim.published), then, now, tried)


def try_out(definition: Definition, facts: Facts) -> Tried:
    """One definition put to its test."""
    found = definition.read(facts)
    span, limit = interval(found.figure), interval(found.against)
    left = [(need.tier, calls(need, facts)) for need in definition.needs]
    cost = sum(number for _, number in left)
    verdict, why = decide(span, definition.sign, limit), found.note
    held_back = _held_back(definition, found.figure, facts)
    if held_back:
        verdict, why = UNDECIDED, held_back
    elif verdict == UNDECIDED and not why:
        why = _open(found.figure, found.against, cost)
    return Tried(
        definition.name,
        found.figure,
        span,
        definition.sign,
        found.against,
        limit,
        verdict,
        why,
        cost,
        max((tier for tier, number in left if number), default=0),
        found.beside,
    )


def _held_back(definition: Definition, figure: Measure, facts: Facts) -> str:
    """Why nothing is decided whatever the figure says; "" where it may decide."""
    reach = figure.coverage
    if facts.universe == SAMPLE:
        return SAMPLE
    if definition.doubt and not (facts.counted is not None and figure.kind == "exact"):
        return definition.doubt
    if figure.kind == "estimate" and reach and reach.done < reach.total:
        return f"{reach.done} of {reach.total} {reach.what} so far"
    return ""


def _open(value: Measure, against: Measure, cost: int) -> str:
    """Why a test is open that no remark explains."""
    if value.value is None or against.value is None:
        return f"not fetched: about {_calls(cost)}" if cost else "nothing to count"
    if "lower_bound" in (value.kind, against.kind) or value.kind == "edges":
        return "a lower bound leaves it open" + (f": about {_calls(cost)} more" if cost else "")
    return "unknown rows leave it open"


def _now(claim: Claim, tried: Sequence[Tried]) -> Verdict:
    value = tried[0].value if claim.one_figure else None
    if claim.checklist:
        return Verdict(UNKNOWN, NO_VERDICT, value)
    verdict = overall([one.verdict for one in tried])
    return Verdict(verdict, _deciding(verdict, tried), value)


def _deciding(verdict: str, tried: Sequence[Tried]) -> str:
    """The choice that decides, in words."""
    named = {
        word: [one.name for one in tried if one.verdict == word]
        for word in (HOLDS, FAILS, UNDECIDED)
    }
    if verdict == UNKNOWN:
        return next((one.why for one in tried if one.why), "no definition decides")
    if verdict == DEPENDS:
        words = f"holds by {_joined(named[HOLDS])}; fails by {_joined(named[FAILS])}"
    else:
        count = len(named[verdict])
        words = f"{count} of {len(tried)} definitions"
        words += f": {_joined(named[verdict])}" if count < len(tried) else ""
    open_ones = len(named[UNDECIDED])
    return words + (f"; {open_ones} undecided" if open_ones else "")


def _joined(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _then(claim: Claim, known: dict[str, Point]) -> Verdict:
    if not claim.past:
        return Verdict(UNKNOWN, "no dated figure is published for it")
    found = [(past, known[past.point]) for past in claim.past]
    verdicts = [decide(_span(one), past.sign, _against(past, known)) for past, one in found]
    said = "; ".join(
        f"{one.quantity} {_plain(one)} in {one.date}, {one.source}"
        + (f" ({one.mark})" if one.mark else "")
        for _, one in found
    )
    return Verdict(overall(verdicts), f"as published: {said}")


def _span(one: Point) -> Interval:
    return Interval(one.value, one.value if one.upper is None else one.upper)


def _against(past: Past, known: dict[str, Point]) -> Interval:
    return _span(known[past.against]) if isinstance(past.against, str) else point(past.against)


def _plain(one: Point) -> str:
    if one.unit == "share":
        return f"{one.value:.0%}"
    return f"{one.value:,.0f}"


def _calls(number: int) -> str:
    return f"{number} call{'' if number == 1 else 's'}"
