"""Which calls a tier still takes: those not made, and those whose answers have grown old."""

from collections.abc import Iterable, Iterator

from tui.ask.calls.pages import Pages
from tui.ask.calls.plan import Step
from tui.ask.families.tiers import ANSWER_AGE, LIST_AGE, Count, Part, Pool
from tui.model import Repo


def steps(pool: Pool, wanted: Iterable[Part], tier: int, now: float) -> Iterator[Step]:
    """The calls that are known to be needed and were not made, in the order to make them."""
    orgs: dict[str, None] = {}
    rows: dict[str, Repo] = {}
    for part in wanted:
        orgs.update(dict.fromkeys(part.family.orgs))
        rows.update((pool.key(row.id), row) for row in pool.own(part.subject))
    for org in orgs:
        yield from _page_step(pool, Step("list", org), now)
    ranked = sorted(rows.items(), key=lambda item: -(item[1].downloads or 0)) if tier > 0 else []
    for key, row in ranked:
        if tier == 1:
            count, step = pool.counts.get(key), Step("count", row.id)
            if (count is None or _old(count, ANSWER_AGE, now)) and step not in pool.failed:
                yield step
        else:
            for name in pool.names(row.id):
                yield from _page_step(pool, Step("children", name), now)


def _page_step(pool: Pool, step: Step, now: float) -> Iterator[Step]:
    if step in pool.failed:
        return
    age = LIST_AGE if step.kind == "list" else ANSWER_AGE
    at_hand = pool.begun(step)
    again = pool.again and step.kind == "list"
    if at_hand is None or _old(at_hand, -1.0 if again else age, now):
        yield step
    elif at_hand.next:
        yield step._replace(path=at_hand.next)


def stale(pool: Pool, wanted: Iterable[Part], tier: int, now: float) -> bool:
    """Say whether some of what is at hand is too old to stand for an answer of today."""
    return any(
        step.path is None
        and (pool.key(step.name) in pool.counts if step.kind == "count" else pool.begun(step))
        for step in steps(pool, wanted, tier, now)
    )


def _old(answer: Pages | Count, age: float, now: float) -> bool:
    """What came in this run is young, whatever date it bears: the sample's is its own."""
    return not answer.fresh and now - answer.at > age


def estimate(pool: Pool, wanted: Iterable[Part], tier: int, now: float) -> int:
    """Calls still to make, at least: a list of children may turn out to have more pages."""
    return sum(_pages_of(pool, step) for step in steps(pool, wanted, tier, now))


def costs(pool: Pool, part: Part, now: float) -> tuple[int, ...]:
    """Calls still to make for each tier, for one family, in one pass over its own repos."""
    lists = estimate(pool, (part,), 0, now)
    own = pool.own(part.subject)
    if not (pool.counts or pool.children or pool.failed):
        return lists, lists + len(own), lists + sum(len(pool.names(row.id)) for row in own)
    counts = children = 0
    for row in own:
        count = pool.counts.get(pool.key(row.id))
        counts += count is None or _old(count, ANSWER_AGE, now)
        for name in pool.names(row.id):
            step = Step("children", name)
            children += sum(_pages_of(pool, left) for left in _page_step(pool, step, now))
    return lists, lists + counts, lists + children


def _pages_of(pool: Pool, step: Step) -> int:
    from tui.hub.endpoints import PAGE_LIMIT

    count = pool.counts.get(pool.key(step.name)) if step.kind == "children" else None
    return max(1, -(-sum(count.counts.values()) // PAGE_LIMIT)) if count else 1
