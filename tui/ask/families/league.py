"""The league table: families with their figures, as far as they are at hand or worth a call."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.analysis.census.counted import answers
from tui.analysis.families.derivative_measures import COUNTED, derivative_measures
from tui.analysis.families.measures import NAMES
from tui.analysis.families.own_figures import OWN_NAMES, own_measures
from tui.analysis.registry.registry import Family
from tui.ask.calls import jobs
from tui.ask.calls.throttle import Throttle
from tui.ask.families import tier_steps, tiers
from tui.ask.families.question import Question
from tui.ask.families.tiers import NOTHING, FamilyAnswers, Part
from tui.ask.sources import Sources
from tui.ask.streams import require_online
from tui.model import Lens, Measure, Problem, Progress, View

if TYPE_CHECKING:
    from tui.ask.census.held import Held

LEAGUE = (
    "qwen", "llama", "deepseek", "gemma", "gpt-oss", "mistral", "phi", "glm", "kimi", "minimax",
    "granite", "nemotron",
)  # fmt: skip
_UNLISTED = "derivatives_unknown"  # no count of the Hub's knows this relation
_FEW_ROWS = 200  # are counted within some milliseconds, and so on the loop


class FamilyRow(NamedTuple):
    """One family with every figure of ``tui.analysis.families.measures.NAMES``.

    ``costs``: the calls that a figure without value would still take, at least. ``tier``: the
    highest one that is complete, -1 before tier 0.
    """

    family: Family
    measures: dict[str, Measure]
    costs: dict[str, int]
    tier: int
    progress: Progress | None = None


class Read(NamedTuple):
    """What a view's figures were made of, enough to make them again under another lens."""

    answers: FamilyAnswers
    parts: tuple[Part, ...]
    tier: int
    rows: tuple[FamilyRow, ...] = ()
    census: "Held | None" = None  # what was counted in place of the answers


def keys(sources: Sources) -> tuple[str, ...]:
    """The families that the table opens with, the best known first."""
    known = {family.key for family in sources.registry.families}
    return tuple(key for key in LEAGUE if key in known)


def peek(sources: Sources, keys: Iterable[str], lens: Lens, tier: int = 0) -> View[FamilyRow]:
    """The families from the store, at once; ``as_of`` is None where nothing is stored.

    Above ``tier`` nothing is read: a figure there has no value. Raises BadInput for a name that
    is no family's.
    """
    wanted = tiers.parts(sources.registry, keys)
    answers = tiers.load(sources, wanted, tier)
    stored = _view(sources, Read(answers, wanted, tier), lens)
    return _from_census(sources, stored, lens) or stored


def again(sources: Sources, view: View[FamilyRow], lens: Lens) -> View[FamilyRow]:
    """The figures of ``view`` under another lens, from what it was made of. Asks for nothing."""
    read = material(view)
    if read.census is not None and answers(lens):
        from tui.ask.census import league

        return league.view(sources, read, lens)
    remade = _view(sources, read._replace(rows=(), census=None), lens)
    return remade._replace(progress=view.progress, problems=view.problems)


def cost(sources: Sources, keys: Iterable[str], tier: int) -> int:
    """Calls still to make for ``tier``, at least: what a list leads to is not known before it."""
    if not _uncounted(sources):
        return 0
    wanted = tiers.parts(sources.registry, keys)
    answers = tiers.load(sources, wanted, tier)
    return tier_steps.estimate(answers, wanted, tier, sources.now())


async def stream(sources: Sources, question: Question) -> AsyncIterator[View[FamilyRow]]:
    """The stored families, then again as answers arrive, rows in the order of the question's keys.

    Where a census is newer or wider than the store it answers alone, and nothing is asked, unless
    with ``refresh``.
    What is stored and young enough is not asked again (the own lists are with ``refresh``). A
    rate limit pauses the background, and the views say how long; in the foreground it ends the
    stream, as any Problem does: the last view has it among its problems. Raised it is only where
    nothing is at hand.
    """
    from asyncio import to_thread

    lens, tier = question.lens, question.tier
    wanted = tiers.parts(sources.registry, question.keys)
    answers = await to_thread(tiers.load, sources, wanted, tier, question.refresh)
    read = Read(answers, wanted, tier)
    view = await _measured(sources, read, lens)
    counted = None if question.refresh else await to_thread(_from_census, sources, view, lens)
    if counted is not None:
        yield counted
        return
    yield view
    async for view in _loaded(sources, read, question):
        yield view


async def _loaded(
    sources: Sources, read: Read, question: Question
) -> AsyncIterator[View[FamilyRow]]:
    """The figures as answers arrive, and as they are when no more do."""
    from tui.ask.calls.runner import Loading
    from tui.ask.families.tier_calls import TierCalls

    calls = TierCalls(sources, read.answers, read.parts, read.tier)
    loading = Loading(sources, calls, question.max_calls, question.lane)
    problems: tuple[Problem, ...] = ()
    pace, names = Throttle(), [part.family.key for part in read.parts]
    try:
        require_online(sources)
        jobs.begin(sources, names, read.tier)
        async for progress in loading.run():
            if pace.due() or progress.wait is not None:
                view = await _measured(sources, read, question.lens, progress)
                pace.took()
                yield view
    except Problem as problem:
        problems = (problem,)
    view = await _measured(sources, read, question.lens)
    if view.complete:
        jobs.finish(sources, names, read.tier)
    if loading.done:
        _keep_points(sources, view)
    if problems and view.as_of is None:
        raise problems[0]
    yield view._replace(problems=(*problems, *view.problems))


def _uncounted(sources: Sources) -> bool:
    """Say whether no census answers in place of calls."""
    if not sources.may_count:
        return True
    from tui.ask.census.held import held

    return held(sources) is None


def _from_census(sources: Sources, stored: View[FamilyRow], lens: Lens) -> View[FamilyRow] | None:
    """The census's figures, unless the store has all that they tell and has it newer."""
    if not sources.may_count:
        return None
    from tui.analysis.census.counted import answers
    from tui.ask.census.held import held

    census = held(sources)
    if census is None or not answers(lens):
        return None
    whole = all(row.tier >= 2 for row in stored.rows)
    if whole and stored.as_of is not None and stored.as_of > census.census.as_of:
        return None
    from tui.ask.census import league

    return league.view(sources, stored.read._replace(census=census), lens)


async def _measured(
    sources: Sources, read: Read, lens: Lens, progress: Progress | None = None
) -> View[FamilyRow]:
    answers = read.answers
    read = read._replace(answers=answers.frozen())
    lists = (*answers.lists.values(), *answers.children.values())
    if sum(len(pages.rows) for pages in lists) > _FEW_ROWS:
        from asyncio import to_thread

        return await to_thread(_view, sources, read, lens, progress)
    return _view(sources, read, lens, progress)


def _view(
    sources: Sources, read: Read, lens: Lens, progress: Progress | None = None
) -> View[FamilyRow]:
    answers, now = read.answers, sources.now()
    rows = tuple(_row(sources, answers, part, read.tier, lens, progress) for part in read.parts)
    ages = [
        measure.as_of
        for row in rows
        for measure in row.measures.values()
        if measure.requests and measure.as_of
    ]
    kinds = (answers.lists, answers.counts, answers.children)
    fresh = [answer.fresh for held in kinds for answer in held.values()]
    asked = dict.fromkeys(
        url for row in rows for measure in row.measures.values() for url in measure.requests
    )
    return View(
        rows=rows,
        source=tiers.source_of(sources, fresh),
        as_of=min(ages, default=None),
        stale=tier_steps.stale(answers, read.parts, read.tier, now),
        complete=all(row.tier >= read.tier for row in rows),
        progress=progress,
        problems=tuple({str(problem): problem for problem in answers.failed.values()}.values()),
        requests=tuple(asked),
        read=read._replace(rows=rows),
    )


def _row(
    sources: Sources,
    answers: FamilyAnswers,
    part: Part,
    tier: int,
    lens: Lens,
    progress: Progress | None,
) -> FamilyRow:
    facts = tiers.fetched(sources, answers, part)
    # the age of the children is none of the own list's figures
    alone = facts._replace(as_of=_list_age(sources, answers, part), counts={}, children={})
    subject = tiers.subject(answers, part)
    measures = own_measures(subject, alone, lens, sources.registry)
    measures |= derivative_measures(subject, facts, lens, sources.registry)
    reached = tiers.reached(answers, part)
    return FamilyRow(
        part.family,
        {name: measures[name] for name in NAMES},
        _costs(sources, answers, part, measures, lens),
        reached,
        progress if reached < tier else None,
    )


def _list_age(sources: Sources, answers: FamilyAnswers, part: Part) -> float:
    ages = [answers.lists[org].at for org in part.subject.orgs if org in answers.lists]
    return min(ages, default=sources.now())


def _costs(
    sources: Sources,
    answers: FamilyAnswers,
    part: Part,
    measures: Mapping[str, Measure],
    lens: Lens,
) -> dict[str, int]:
    by_tier = tier_steps.costs(answers, part, sources.now())
    costs = {}
    for name in NAMES:
        tier = 0 if name in OWN_NAMES else 1 if name in COUNTED and name != _UNLISTED else 2
        beyond = lens.walk == "walked" and tier > 0  # no number of calls gives it
        costs[name] = 0 if measures[name].value is not None or beyond else by_tier[tier]
    return costs


def _keep_points(sources: Sources, view: View[FamilyRow]) -> None:
    """Keep what was counted as dated figures, from which growth comes."""
    from tui.store.history import Point

    if sources.bundled:
        return
    sources.store.history.add_points(
        Point(
            row.family.key,
            name,
            measure.definition,
            measure.as_of,
            measure.value,
            measure.kind,
            " ".join(measure.lens.flags()) if measure.lens else "",
            measure.registry,
            sources.realm,
            measure.coverage,
        )
        for row in view.rows
        if row.tier > NOTHING
        for name, measure in row.measures.items()
        if measure.value is not None and measure.as_of is not None
    )


def material(view: View[FamilyRow]) -> Read:
    """What the figures of a view were made of."""
    read: Read = view.read
    return read


def subjects(view: View[FamilyRow]) -> Sequence[Part]:
    """The families of a view with what they are measured as."""
    return material(view).parts
