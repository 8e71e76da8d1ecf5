"""The facts and the files of one repo together, each asked at the same time as the other."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple, TypeVar

from tui.ask.repo import card, files
from tui.ask.sources import Sources
from tui.model import Detail, File, Problem, RateLimited, View

T = TypeVar("T")


class FactsAndFiles(NamedTuple):
    """What is known of one repo; None is what was not asked for or could not be had."""

    kind: str
    id: str
    detail: Detail | None = None
    files: tuple[File, ...] | None = None
    files_complete: bool = False
    config: dict[str, Any] | None = None  # config.json itself, see ask.fit
    config_of: str | None = None  # the repo that it is of: this one or its base
    config_problem: Problem | None = None


def peek(
    sources: Sources, kind: str, repo_id: str, *, facts: bool = True
) -> View[FactsAndFiles] | None:
    """What the store has of the repo; None where it has neither facts nor files."""
    known = card.peek(sources, kind, repo_id) if facts else None
    tree = files.peek(sources, kind, repo_id)
    return _joined(kind, repo_id, known, tree)


async def stream(
    sources: Sources, kind: str, repo_id: str, *, facts: bool = True
) -> AsyncIterator[View[FactsAndFiles]]:
    """What is stored, then what the Hub says now.

    Where the facts or the files cannot be had the Problem is in the view; where neither can, and
    nothing is stored, the facts' Problem is raised. A rate limit is no reason to print a half:
    the view is not ``complete`` then.
    """
    from asyncio import gather

    stored = peek(sources, kind, repo_id, facts=facts)
    if stored is not None:
        yield stored
    tree, known = await gather(
        _outcome(files.stream(sources, kind, repo_id)),
        _outcome(card.stream(sources, kind, repo_id, readme=False)) if facts else _nothing(),
    )
    problems = tuple(part for part in (known, tree) if isinstance(part, Problem))
    view = _joined(
        kind,
        repo_id,
        known if isinstance(known, View) else None,
        tree if isinstance(tree, View) else None,
    )
    if view is None:
        raise problems[0]
    limited = any(isinstance(problem, RateLimited) for problem in problems)
    yield view._replace(
        problems=(*view.problems, *problems), complete=view.complete and not limited
    )


def merge(views: Sequence[View[object]], rows: tuple[T, ...]) -> View[T]:
    """One view of ``rows`` that is as old, as stale and as troubled as its parts."""
    sources = {view.source for view in views}
    ages = [view.as_of for view in views if view.as_of is not None]
    return View(
        rows=rows,
        source=sources.pop() if len(sources) == 1 else "mixed",
        as_of=min(ages, default=None),
        stale=any(view.stale for view in views),
        complete=all(view.complete for view in views),
        problems=_distinct([problem for view in views for problem in view.problems]),
        requests=tuple(url for view in views for url in view.requests),
    )


async def drain(views: AsyncIterator[View[T]]) -> View[T]:
    """The last view of a stream. Raises the stream's Problem."""
    last: View[T] | None = None
    async for view in views:
        last = view
    if last is None:
        raise Problem("no answer; try again")
    return last


async def _outcome(views: AsyncIterator[View[T]]) -> View[T] | Problem:
    try:
        return await drain(views)
    except Problem as problem:
        return problem


async def _nothing() -> None:
    return None


def _joined(
    kind: str, repo_id: str, known: View[card.Card] | None, tree: View[File] | None
) -> View[FactsAndFiles] | None:
    parts: list[View[object]] = [view for view in (known, tree) if view is not None]
    if not parts:
        return None
    shown = known.value if known else None
    repo = FactsAndFiles(
        kind,
        shown.id if shown else repo_id,
        shown.detail if shown else None,
        tree.rows if tree else None,
        tree.complete if tree else False,
    )
    return merge(parts, (repo,))


def _distinct(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Each trouble once, as its line says it."""
    return tuple({str(problem): problem for problem in problems}.values())
