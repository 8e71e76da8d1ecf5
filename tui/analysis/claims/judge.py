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
    known = {published.key: published for published in points()}
    tried = tuple(try_out(definition, facts) for definition in claim.definitions)
    then, now = _then(claim, known), _now(claim, tried)
    if facts.universe == SAMPLE:
        now = Verdict(UNKNOWN, SAMPLE, now.value)
    return Judged(claim, tuple(known[key] for key in claim.published), then, now, tried)


def try_out(definition: Definition, facts: Facts) -> Tried:
    """One definition put to its test."""
    reading = definition.read(facts)
    span, limit = interval(reading.figure), interval(reading.against)
    costs = [(need.tier, calls(need, facts)) for need in definition.needs]
    cost = sum(number for _, number in costs)
    verdict, why = decide(span, definition.sign, limit), reading.note
    held_back = _held_back(definition, reading.figure, facts)
    if held_back:
        verdict, why = UNDECIDED, held_back
    elif verdict == UNDECIDED and not why:
        why = _open(reading.figure, reading.against, cost)
    return Tried(
        definition.name,
        reading.figure,
        span,
        definition.sign,
        reading.against,
        limit,
        verdict,
        why,
        cost,
        max((tier for tier, number in costs if number), default=0),
        reading.beside,
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
    verdict = overall([attempt.verdict for attempt in tried])
    return Verdict(verdict, _deciding(verdict, tried), value)


def _deciding(verdict: str, tried: Sequence[Tried]) -> str:
    """The choice that decides, in words."""
    by_verdict = {
        word: [attempt.name for attempt in tried if attempt.verdict == word]
        for word in (HOLDS, FAILS, UNDECIDED)
    }
    if verdict == UNKNOWN:
        return next((attempt.why for attempt in tried if attempt.why), "no definition decides")
    if verdict == DEPENDS:
        words = f"holds by {_joined(by_verdict[HOLDS])}; fails by {_joined(by_verdict[FAILS])}"
    else:
        count = len(by_verdict[verdict])
        words = f"{count} of {len(tried)} definitions"
        words += f": {_joined(by_verdict[verdict])}" if count < len(tried) else ""
    undecided = len(by_verdict[UNDECIDED])
    return words + (f"; {undecided} undecided" if undecided else "")


def _joined(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _then(claim: Claim, known: dict[str, Point]) -> Verdict:
    if not claim.past:
        return Verdict(UNKNOWN, "no dated figure is published for it")
    pairs = [(past, known[past.point]) for past in claim.past]
    verdicts = [
        decide(_span(published), past.sign, _against(past, known)) for past, published in pairs
    ]
    figures = "; ".join(
        f"{published.quantity} {_plain(published)} in {published.date}, {published.source}"
        + (f" ({published.mark})" if published.mark else "")
        for _, published in pairs
    )
    return Verdict(overall(verdicts), f"as published: {figures}")


def _span(published: Point) -> Interval:
    return Interval(
        published.value, published.value if published.upper is None else published.upper
    )


def _against(past: Past, known: dict[str, Point]) -> Interval:
    return _span(known[past.against]) if isinstance(past.against, str) else point(past.against)


def _plain(published: Point) -> str:
    if published.unit == "share":
        return f"{published.value:.0%}"
    return f"{published.value:,.0f}"


def _calls(number: int) -> str:
    return f"{number} call{'' if number == 1 else 's'}"
