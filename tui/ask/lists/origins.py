"""Where the models of a list come from: of the trending ones, the most downloaded, the newest.

By root or nearest lab the lineage of each row is walked up first. A base that was not looked up
stands for itself, by its name, and the figure is an estimate until all were.
"""

from collections.abc import AsyncIterator
from typing import NamedTuple

from tui.analysis.lineage.by_name import RULE
from tui.analysis.lineage.edges import parents_of
from tui.analysis.origins.newest import newest
from tui.analysis.origins.origins import RULE_WORDS, shares
from tui.ask.calls.plan import BACKGROUND
from tui.ask.calls.throttle import Throttle
from tui.ask.families import tiers
from tui.ask.lineage.ancestry import MOST_CALLS, Ancestry
from tui.ask.lists import trending
from tui.ask.lists.newest import Newest
from tui.ask.lists.origin_shares import Found, measures
from tui.ask.sources import Sources
from tui.ask.streams import require_online
from tui.model import BadInput, Lens, Problem, Progress, Query, Repo, Row, View
from tui.model.lens import EVIDENCES

OF = {"trending": "trending", "downloads": "downloads", "new": "created"}  # list -> its sort
TOP = {"trending": 10, "downloads": 100}  # rows counted by default
MOST_ROWS = 1000
FINETUNES = ("finetune",)
_LISTS = {"trending": "trending", "downloads": "most downloaded"}


class _Asked(NamedTuple):
    of: str
    lens: Lens
    top: int


class _Facts(NamedTuple):
    """What a question is answered from."""

    asked: _Asked
    ancestry: Ancestry
    rows: tuple[Repo, ...]
    at: float
    stale: bool
    complete: bool
    urls: tuple[str, ...]


def peek(
    sources: Sources,
    of: str,
    lens: Lens,
    top: int | None = None,
    relations: tuple[str, ...] | None = None,
) -> View[Found] | None:
    """The shares from what is stored; None where the list is not. Asks for nothing.

    ``of`` is a key of OF, else BadInput is raised. ``relations`` say which of the newest count:
    finetunes where None; for the other lists they mean nothing. The view has one Found as its
    row, the weight of each origin as measure ``origin.CN``.
    """
    asked = _asked(of, lens, top, relations)
    if counted := _counted(sources, asked):
        return counted
    facts = _stored(sources, asked)
    return None if facts is None else _view(sources, facts)


async def stream(
    sources: Sources,
    of: str,
    lens: Lens,
    top: int | None = None,
    relations: tuple[str, ...] | None = None,
    max_calls: int | None = None,
    lane: str = BACKGROUND,
) -> AsyncIterator[View[Found]]:
    """The stored shares, then those of the Hub's list, then again as bases are looked up.

    At most ``max_calls`` calls (MOST_CALLS where None) read pages of the newest, and as many look
    up bases. A Problem stands in the last view; it is raised where there is nothing to count.
    """
    from asyncio import to_thread

    asked = _asked(of, lens, top, relations)
    if counted := await to_thread(_counted, sources, asked):
        yield counted
        return
    facts = await to_thread(_stored, sources, asked)
    view = await to_thread(_view, sources, facts) if facts else None
    if view is not None:
        yield view
    most = MOST_CALLS if max_calls is None else max_calls
    pace = Throttle()
    try:
        require_online(sources)
        async for facts, progress in _gather(sources, asked, most, lane, pace):
            if progress is None or progress.wait is not None or pace.due():
                now = facts._replace(ancestry=facts.ancestry.frozen())
                view = await to_thread(_view, sources, now, progress)
                pace.took()
                yield view
    except Problem as problem:
        if facts is None:
            raise
        view = await to_thread(_view, sources, facts)
        yield view._replace(problems=(*view.problems, problem))


def again(sources: Sources, view: View[Found], lens: Lens) -> View[Found]:
    """The same rows by another lens's origin rule, from the bases at hand. Asks for nothing."""
    if view.source == "census":
        from tui.ask.census import origins as census

        relations = view.query.lens.relations if view.query.of == "new" else lens.relations
        return census.view(sources, view.query._replace(lens=lens._replace(relations=relations)))
    facts: _Facts = view.query
    lens = lens._replace(relations=facts.asked.lens.relations)
    return _view(sources, facts._replace(asked=facts.asked._replace(lens=lens)))


def _asked(of: str, lens: Lens, top: int | None, relations: tuple[str, ...] | None) -> _Asked:
    if of not in OF:
        raise BadInput(f"no list is called {of!r}; use {', '.join(OF)}")
    if of == "new":
        lens = lens._replace(relations=relations or FINETUNES)
    return _Asked(of, lens, TOP.get(of, 0) if top is None else top)


def _counted(sources: Sources, asked: _Asked) -> View[Found] | None:
    """The shares from a census. What trends is a matter of the hour, and asked of the Hub."""
    from tui.ask.census.held import held

    newest_census = held(sources) if asked.of != "trending" and sources.may_count else None
    if newest_census is None:
        return None
    from tui.ask.census import origins as census

    return census.view(sources, census.Asked(asked.of, asked.lens, asked.top, newest_census))


def _stored(sources: Sources, asked: _Asked) -> _Facts | None:
    if asked.of == "new":
        return _of_newest(sources, asked, Newest(sources))
    view = trending.peek(sources, _query(asked))
    return None if view is None else _of_list(sources, asked, view)


async def _gather(
    sources: Sources, asked: _Asked, most: int, lane: str, pace: Throttle
) -> AsyncIterator[tuple[_Facts, Progress | None]]:
    """The list as the Hub has it now, then its bases; no Progress beside the last facts."""
    from tui.ask.calls.runner import Loading

    facts: _Facts | None = None
    listed = _newest(sources, asked, most, lane, pace) if asked.of == "new" else None
    async for facts, progress in listed or _listed(sources, asked):
        if progress is not None:
            yield facts, progress
    if facts is None:
        raise Problem("no answer; try again")
    if asked.lens.origin != "uploader":
        yield facts, Progress(0, facts.ancestry.estimate(), "calls")
        async for progress in Loading(sources, facts.ancestry, most, lane).run():
            yield facts, progress
    yield facts, None


async def _newest(
    sources: Sources, asked: _Asked, most: int, lane: str, pace: Throttle
) -> AsyncIterator[tuple[_Facts, Progress | None]]:
    """The newest models as their pages come, when a view of them is due, and at last."""
    from asyncio import to_thread

    from tui.ask.calls.runner import Loading

    look = await to_thread(Newest, sources)
    progress, trouble = Progress(0, None, "calls"), None
    try:
        async for progress in Loading(sources, look, most, lane).run():
            if pace.due() or progress.wait is not None:
                facts = await to_thread(_of_newest, sources, asked, look)
                if facts is not None:
                    yield facts, progress
    except Problem as problem:
        trouble = problem
    facts = await to_thread(_of_newest, sources, asked, look)
    if facts is not None:
        yield facts, progress if trouble else None
    if trouble is not None:
        raise trouble


async def _listed(sources: Sources, asked: _Asked) -> AsyncIterator[tuple[_Facts, Progress | None]]:
    """The rows of a ranked list; raises the Problem of one that stayed the stored one."""
    from asyncio import to_thread

    view = None
    async for view in trending.stream(sources, _query(asked)):
        yield await to_thread(_of_list, sources, asked, view), None
    if view is not None and view.problems:
        raise view.problems[0]


def _query(asked: _Asked) -> Query:
    return Query(sort=OF[asked.of], limit=asked.top)


def _of_list(sources: Sources, asked: _Asked, view: View[Row]) -> _Facts:
    rows = tuple(row.repo for row in view.rows[: asked.top])
    ancestry = Ancestry(sources, rows)
    at = sources.now() if view.as_of is None else view.as_of
    return _Facts(asked, ancestry, rows, at, view.stale, view.complete, view.requests)


def _of_newest(sources: Sources, asked: _Asked, look: Newest) -> _Facts | None:
    """The window's rows; None before its first page. Only what may count is walked up."""
    window = look.window()
    if window.at is None:
        return None
    wanted = frozenset(asked.lens.relations)
    rows = [row for row in window.rows if any(edge.relation in wanted for edge in parents_of(row))]
    stale = not window.fresh
    ancestry = Ancestry(sources, rows)
    return _Facts(asked, ancestry, window.rows, window.at, stale, window.whole, window.urls)


def _view(sources: Sources, facts: _Facts, progress: Progress | None = None) -> View[Found]:
    ancestry = facts.ancestry
    answer = _found(sources, facts)
    known = {not facts.stale}
    if facts.asked.lens.origin != "uploader":
        known |= {True} if ancestry.fresh else set()
        known |= {False} if ancestry.stored else set()
    walked = facts.asked.lens.origin == "uploader" or not ancestry.estimate()
    view = View(
        rows=(answer,),
        source=tiers.source_of(sources, known),
        as_of=facts.at,
        query=facts,
        stale=facts.stale,
        complete=facts.complete and walked,
        progress=progress,
        requests=(*facts.urls, *ancestry.urls),
    )
    return view._replace(measures=measures(sources, view, ancestry.coverage()))


def _found(sources: Sources, facts: _Facts) -> Found:
    """The shares by the lens's evidence, and beside them those by the other one."""
    lens = facts.asked.lens
    answer = _by_evidence(sources, facts, lens.evidence)
    if lens.origin == "uploader":
        return answer
    [other] = [evidence for evidence in EVIDENCES if evidence != lens.evidence]
    return answer._replace(other=_by_evidence(sources, facts, other).origins)


def _by_evidence(sources: Sources, facts: _Facts, evidence: str) -> Found:
    asked, registry = facts.asked, sources.registry
    graph, rule = facts.ancestry.graph(evidence), asked.lens.origin
    suffix = f"; {RULE}" if evidence != EVIDENCES[0] and rule != "uploader" else ""
    if asked.of != "new":
        words = f"models among the first {len(facts.rows)} of the Hub's {_LISTS[asked.of]} list"
        origins = shares(facts.rows, rule, registry, graph)
        return Found(asked.of, origins, f"{words}, {_by(rule)}{suffix}", asked.lens)
    sample = newest(facts.rows, facts.at, graph, registry, asked.lens.relations, evidence=evidence)
    lowest = min((row.created_at for row in facts.rows if row.created_at), default="")
    window = (max(sample.window[0], f"{lowest[:19]}Z"), sample.window[1])
    words = (
        f"new repos ({'+'.join(asked.lens.relations)}) created {window[0]} to {window[1]} by"
        " others than the first party of their root"
    )
    return Found(
        asked.of,
        shares(sample.rows, rule, registry, graph, sampled=True),
        f"{words}, {_by(rule)}{suffix}",
        asked.lens,
        window,
        left_out={
            "without a base": sample.without_base,
            "of the first party": sample.first_party,
            "of another relation": sample.other_relation,
        },
    )


def _by(rule: str) -> str:
    return f"by the country of the {RULE_WORDS[rule]}"
