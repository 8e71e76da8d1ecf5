"""Which calls a tier still takes: those not made, and those whose answers have grown old."""

from collections.abc import Iterable, Iterator

from tui.ask.calls.pages import Pages
from tui.ask.calls.plan import Step
from tui.ask.families.tiers import ANSWER_AGE, LIST_AGE, Count, FamilyAnswers, Part
from tui.model import Repo


def steps(answers: FamilyAnswers, wanted: Iterable[Part], tier: int, now: float) -> Iterator[Step]:
    """The calls that are known to be needed and were not made, in the order to make them."""
    orgs: dict[str, None] = {}
    rows: dict[str, Repo] = {}
    for part in wanted:
        orgs.update(dict.fromkeys(part.family.orgs))
        rows.update((answers.key(row.id), row) for row in answers.own(part.subject))
    first_calls = [Step("list", org) for org in orgs]
    ranked = sorted(rows.values(), key=lambda row: -(row.downloads or 0)) if tier > 0 else []
    for row in ranked:
        if tier == 1:
            first_calls.append(Step("count", row.id))
        else:
            first_calls += [Step("children", name) for name in answers.names(row.id)]
    for step in first_calls:
        if (remaining := following(answers, step, now)) is not None:
            yield remaining


def following(answers: FamilyAnswers, first_call: Step, now: float) -> Step | None:
    """The call that an answer still takes: its first, its next page, or none."""
    if first_call in answers.failed:
        return None
    if first_call.kind == "count":
        count = answers.counts.get(answers.key(first_call.name))
        return first_call if count is None or _old(count, ANSWER_AGE, now) else None
    age = LIST_AGE if first_call.kind == "list" else ANSWER_AGE
    at_hand = answers.begun(first_call)
    again = answers.again and first_call.kind == "list"
    if at_hand is None or _old(at_hand, -1.0 if again else age, now):
        return first_call
    return first_call._replace(path=at_hand.next) if at_hand.next else None


def stale(answers: FamilyAnswers, wanted: Iterable[Part], tier: int, now: float) -> bool:
    """Say whether some of what is at hand is too old to stand for an answer of today."""
    return any(
        step.path is None
        and (
            answers.key(step.name) in answers.counts
            if step.kind == "count"
            else answers.begun(step)
        )
        for step in steps(answers, wanted, tier, now)
    )


def _old(answer: Pages | Count, age: float, now: float) -> bool:
    """What came in this run is young, whatever date it bears: the sample's is its own."""
    return not answer.fresh and now - answer.at > age


def estimate(answers: FamilyAnswers, wanted: Iterable[Part], tier: int, now: float) -> int:
    """Calls still to make, at least: a list of children may turn out to have more pages."""
    return sum(pages_of(answers, step) for step in steps(answers, wanted, tier, now))


def costs(answers: FamilyAnswers, part: Part, now: float) -> tuple[int, ...]:
    """Calls still to make for each tier, for one family, in one pass over its own repos."""
    lists = estimate(answers, (part,), 0, now)
    own = answers.own(part.subject)
    if not (answers.counts or answers.children or answers.failed):
        return lists, lists + len(own), lists + sum(len(answers.names(row.id)) for row in own)
    counts = children = 0
    for row in own:
        count = answers.counts.get(answers.key(row.id))
        counts += count is None or _old(count, ANSWER_AGE, now)
        for name in answers.names(row.id):
            remaining = following(answers, Step("children", name), now)
            children += 0 if remaining is None else pages_of(answers, remaining)
    return lists, lists + counts, lists + children


def pages_of(answers: FamilyAnswers, step: Step) -> int:
    """How many calls a step stands for, as far as the Hub's counts tell."""
    from tui.hub.endpoints import PAGE_LIMIT

    count = answers.counts.get(answers.key(step.name)) if step.kind == "children" else None
    return max(1, -(-sum(count.counts.values()) // PAGE_LIMIT)) if count else 1
