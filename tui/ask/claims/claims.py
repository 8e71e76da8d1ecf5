"""Is it true? The claims of the press, judged from what is stored and what the Hub says now."""

from collections.abc import AsyncIterator, Sequence

from tui.analysis.claims import CLAIMS, Claim, Judged, find, judge, needs
from tui.ask.calls.plan import BACKGROUND
from tui.ask.calls.throttle import Throttle
from tui.ask.claims.dated import dated
from tui.ask.claims.material import Material
from tui.ask.lineage.ancestry import Ancestry
from tui.ask.sources import Sources
from tui.ask.streams import require_online
from tui.model import Problem, View
from tui.store.library import Job

_QUESTION = "claims"


def stored(sources: Sources, keys: Sequence[str] = (), tier: int = 1) -> View[Judged]:
    """The claims of ``keys`` (all, where none is named) as far as the store decides them.

    ``as_of`` is None where nothing is stored of them. Raises BadInput for a key of no claim.
    """
    wanted = _wanted(keys)
    material = Material(sources, wanted, tier)
    return _view(sources, material, wanted, tier, material.lineage())


def peek(sources: Sources, keys: Sequence[str] = (), tier: int = 0) -> View[Judged] | None:
    """The stored verdicts; None where nothing is stored. Raises BadInput as ``stored``."""
    view = stored(sources, keys, max(1, tier))
    return None if view.as_of is None else view


async def stream(
    sources: Sources,
    keys: Sequence[str] = (),
    tier: int = 0,
    max_calls: int | None = None,
    lane: str = BACKGROUND,
    known: int = 1,
) -> AsyncIterator[View[Judged]]:
    """The stored verdicts, then again as answers arrive, up to ``tier`` and ``max_calls``.

    What is stored counts up to the tier ``known`` in any case: the third is a long list to read.
    A Problem is in the last view; it is raised where nothing is at hand. What was answered is
    kept, so that the question goes on where it ended, also after a restart.
    """
    from asyncio import to_thread

    wanted = _wanted(keys)
    material = await to_thread(Material, sources, wanted, max(known, tier), tier)
    view = await to_thread(_view, sources, material, wanted, tier, material.lineage())
    yield view
    problems: tuple[Problem, ...] = ()
    job = Job(_name(sources, keys, tier), _QUESTION, [list(keys), tier], sources.now())
    try:
        require_online(sources)
        if not sources.bundled:
            sources.store.library.put_job(job)
        pace = Throttle()
        async for progress in material.gather(max_calls, lane):
            if pace.due():
                view = await to_thread(_view, sources, material, wanted, tier, material.lineage())
                pace.took()
            yield view._replace(progress=progress)
    except Problem as problem:
        problems = (problem,)
    view = await to_thread(_view, sources, material, wanted, tier, material.lineage())
    if view.complete or not (problems or max_calls):
        sources.store.library.remove_job(job.id)
    if problems and view.as_of is None:
        raise problems[0]
    yield view._replace(problems=problems, stale=bool(problems))


def unfinished(sources: Sources) -> tuple[tuple[tuple[str, ...], int], ...]:
    """The keys and the tier of questions that were begun here and not answered, latest first."""
    suffix = f" @ {sources.realm}"
    return tuple(
        (tuple(job.state[0]), job.state[1])
        for job in sources.store.library.jobs()
        if job.question == _QUESTION and job.id.endswith(suffix)
    )


def offers(judged: Judged) -> tuple[tuple[int, int], ...]:
    """The tiers at which a claim can still be helped, each with about how many calls it takes."""
    most: dict[int, int] = {}
    for attempt in judged.tried:
        if attempt.calls:
            most[attempt.tier] = max(attempt.calls, most.get(attempt.tier, 0))
    return tuple(sorted(most.items()))


def _wanted(keys: Sequence[str]) -> tuple[Claim, ...]:
    return tuple(find(key) for key in keys) or CLAIMS


def _view(
    sources: Sources,
    material: Material,
    wanted: Sequence[Claim],
    tier: int,
    ancestry: Ancestry | None,
) -> View[Judged]:
    facts = material.facts(ancestry)
    rows = tuple(dated(sources, judge(claim, facts)) for claim in wanted)
    figures = [attempt.value for judged in rows for attempt in judged.tried]
    figures = [figure for figure in figures if figure.requests]
    # "census 2026-11-18": which one is said with the figure
    kinds = {figure.source.partition(" ")[0] for figure in figures}
    open_needs = any(
        needs(definition, facts, tier) for claim in wanted for definition in claim.definitions
    )
    return View(
        rows=rows,
        source=kinds.pop() if len(kinds) == 1 else "mixed" if kinds else sources.fresh,
        as_of=min((figure.as_of for figure in figures if figure.as_of), default=None),
        stale="cache" in kinds,
        complete=not open_needs,
        requests=tuple(dict.fromkeys(url for figure in figures for url in figure.requests)),
    )


def _name(sources: Sources, keys: Sequence[str], tier: int) -> str:
    return f"{_QUESTION} {' '.join(sorted(keys)) or 'all'} tier {tier} @ {sources.realm}"
