"""Is it true? The claims of the press, judged from what is stored and what the Hub says now."""

from collections.abc import AsyncIterator, Sequence

from tui.analysis.claims import CLAIMS, Claim, Judged, find, judge, needs
from tui.ask.errand import BACKGROUND
from tui.ask.evidence import Evidence
from tui.ask.sources import Sources
from tui.model import Offline, Problem, Progress, View
from tui.store.library import Job

_QUESTION = "claims"
_EVERY = 10  # calls after which the verdicts are looked at again


def peek(sources: Sources, keys: Sequence[str] = (), tier: int = 0) -> View | None:
    """The claims of ``keys`` (all, where none is named) from the store; None: nothing is stored.

    Raises BadInput for a key of no claim.
    """
    view = _view(sources, Evidence(sources, _wanted(keys), tier), _wanted(keys), tier)
    return None if view.as_of is None else view


async def stream(
    sources: Sources,
    keys: Sequence[str] = (),
    tier: int = 0,
    max_calls: int | None = None,
    lane: str = BACKGROUND,
) -> AsyncIterator[View]:
    """The stored verdicts, then again as answers arrive, up to ``tier`` and ``max_calls``.

    A Problem is in the last view; it is raised where nothing is at hand. What was answered is
    kept, so that the question goes on where it ended, also after a restart.
    """
    from asyncio import to_thread

    wanted = _wanted(keys)
    evidence = await to_thread(Evidence, sources, wanted, tier)
    view = await to_thread(_view, sources, evidence, wanted, tier)
    yield view
    problems: tuple[Problem, ...] = ()
    job = Job(_name(sources, keys, tier), _QUESTION, [list(keys), tier], sources.now())
    try:
        if sources.offline:
            raise Offline("offline: no request is sent; what is stored is shown")
        if sources.universe != "sample":
            sources.store.library.put_job(job)
        count = 0
        async for progress in evidence.gather(max_calls, lane):
            count += 1
            if progress is None or count % _EVERY == 0:
                view = await to_thread(_view, sources, evidence, wanted, tier)
            yield view._replace(progress=progress)
    except Problem as problem:
        problems = (problem,)
    view = await to_thread(_view, sources, evidence, wanted, tier)
    if view.complete or not (problems or max_calls):
        sources.store.library.remove_job(job.id)
    if problems and view.as_of is None:
        raise problems[0]
    yield view._replace(problems=problems, stale=bool(problems))


def unfinished(sources: Sources) -> tuple[tuple[tuple[str, ...], int], ...]:
    """The keys and the tier of questions that were begun here and not answered, latest first."""
    mine = f" @ {sources.realm}"
    return tuple(
        (tuple(job.state[0]), job.state[1])
        for job in sources.store.library.jobs()
        if job.question == _QUESTION and job.id.endswith(mine)
    )


def cost(view: View, key: str) -> tuple[int, int] | None:
    """The next tier at which a claim can be helped, and about how many calls that takes."""
    for judged in view.rows:
        if judged.claim.key == key:
            open_ones = [(one.tier, one.calls) for one in judged.tried if one.calls]
            return min(open_ones, default=None)
    return None


def _wanted(keys: Sequence[str]) -> tuple[Claim, ...]:
    return tuple(find(key) for key in keys) or CLAIMS


def _view(sources: Sources, evidence: Evidence, wanted: Sequence[Claim], tier: int) -> View:
    facts = evidence.facts()
    rows = tuple(judge(claim, facts) for claim in wanted)
    figures = [one.value for judged in rows for one in judged.tried]
    figures = [figure for figure in figures if figure.requests]
    kinds = {figure.source for figure in figures}
    open_needs = any(needs(one, facts, tier) for claim in wanted for one in claim.definitions)
    return View(
        rows=rows,
        source=kinds.pop() if len(kinds) == 1 else "mixed" if kinds else sources.fresh,
        as_of=min((figure.as_of for figure in figures if figure.as_of), default=None),
        stale="cache" in {figure.source for figure in figures},
        complete=not open_needs,
        requests=tuple(dict.fromkeys(url for figure in figures for url in figure.requests)),
    )


def _name(sources: Sources, keys: Sequence[str], tier: int) -> str:
    return f"{_QUESTION} {' '.join(sorted(keys)) or 'all'} tier {tier} @ {sources.realm}"


__all__ = ["Judged", "Progress", "cost", "peek", "stream", "unfinished"]
