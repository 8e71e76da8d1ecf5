"""For a time without a network: lists, facts and cards stored beforehand, the cost named first."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

from tui.analysis.query.query_line import parse
from tui.ask.families import members
from tui.ask.lists import trending
from tui.ask.repo import card
from tui.ask.repo.facts_and_files import drain
from tui.ask.saved import saved
from tui.ask.sources import Sources
from tui.model import (
    NoAccess,
    NotFound,
    Offline,
    Problem,
    Query,
    RateLimited,
    Repo,
    Row,
    View,
)

FRESH = 86_400.0  # seconds for which what is stored need not come again
_AT_ONCE = 4
_CALLS = 3  # for a repo: its facts, and its README, which lies behind a redirect
# Bytes to reckon with for each, by hand from a few answers: an estimate to decide by, no more.
_ROW, _FACTS, _README = 1_500, 8_000, 14_000


class Wish(NamedTuple):
    """What to store: searches, a family, bookmarks; ``limit`` rows of each list."""

    queries: tuple[Query, ...] = ()
    family: str | None = None
    repos: tuple[tuple[str, str], ...] = ()  # kind, id
    limit: int = 30

    @property
    def lists(self) -> int:
        """How many lists are asked for."""
        return len(self.queries) + (self.family is not None)

    @property
    def most(self) -> int:
        """How many repos at most."""
        return self.lists * self.limit + len(self.repos)

    @property
    def calls(self) -> int:
        """How many calls at most."""
        pages = sum(-(-query.limit // 1000) for query in self.queries) + (self.family is not None)
        return pages + self.most * _CALLS

    @property
    def bytes(self) -> int:
        """About how many bytes at most."""
        return self.lists * self.limit * _ROW + self.most * (_FACTS + _README)


class Stored(NamedTuple):
    """How many repos of a Wish are stored."""

    done: int  # repos that are stored now
    of: int  # repos
    lists: int
    asked: int = 0  # of ``done``: those that the Hub was asked for

    @property
    def kept(self) -> int:
        """Of ``done``: repos that were stored of late and not asked for."""
        return self.done - self.asked


def wish(sources: Sources, words: Sequence[str], kind: str, limit: int) -> Wish:
    """What ``QUERY``, ``family KEY`` or ``saved`` names. Raises BadInput for what it does not."""
    if list(words) == ["saved"]:
        entries = saved.peek(sources).rows
        return Wish(
            tuple(
                parse(entry.line)._replace(limit=limit)
                for entry in entries
                if entry.line is not None
            ),
            repos=tuple((entry.kind, entry.name) for entry in entries if entry.shelf == "bookmark"),
            limit=limit,
        )
    if len(words) == 2 and words[0] == "family":
        members.peek(sources, words[1])  # refuses what is no family's name
        return Wish(family=words[1], limit=limit)
    return Wish((parse(" ".join(words), kind)._replace(limit=limit),), limit=limit)


async def stream(sources: Sources, wanted: Wish) -> AsyncIterator[View[Stored]]:
    """Views whose one row is Stored; what one repo alone cannot give is a problem of the view.

    Raises the Problem that prevents a list.
    """
    repos = list(wanted.repos)
    for query in wanted.queries:
        view = await _whole(trending.stream(sources, query))
        repos += [_named(row.repo) for row in view.rows[: wanted.limit]]
        yield _view(sources, Stored(0, len(repos), wanted.lists))
    if wanted.family is not None:
        view = await _whole(members.stream(sources, wanted.family))
        repos += [_named(row.repo) for row in view.rows[: wanted.limit]]
    repos = list(dict.fromkeys(repos))
    progress = Stored(0, len(repos), wanted.lists)
    problems: list[Problem] = []
    yield _view(sources, progress)
    for place in range(0, len(repos), _AT_ONCE):
        part = repos[place : place + _AT_ONCE]
        for outcome in await asyncio.gather(*(_store(sources, *repo) for repo in part)):
            if isinstance(outcome, Problem):
                problems.append(outcome)
            else:
                progress = progress._replace(done=progress.done + 1, asked=progress.asked + outcome)
        over = any(isinstance(problem, Offline | RateLimited) for problem in problems)
        yield _view(sources, progress, problems, complete=progress.done == progress.of)
        if over:
            return


async def _whole(views: AsyncIterator[View[Row]]) -> View[Row]:
    view = await drain(views)
    if view.stale and view.problems:
        raise view.problems[0]
    return view


async def _store(sources: Sources, kind: str, repo_id: str) -> bool | Problem:
    """Store one repo: True where it was asked for, False where it lay there fresh."""
    stored = card.peek(sources, kind, repo_id)
    if (
        stored is not None
        and stored.complete
        and stored.rows[0].readme is not None
        and sources.now() - (stored.as_of or 0.0) < FRESH
    ):
        return False
    try:
        view = await drain(card.stream(sources, kind, repo_id))
    except Problem as problem:
        return problem
    trouble = next(iter(view.problems), None) or view.rows[0].readme_problem
    bearable = trouble is None or (isinstance(trouble, NoAccess | NotFound) and not view.stale)
    return True if bearable or trouble is None else trouble


def _named(repo: Repo) -> tuple[str, str]:
    return repo.kind, repo.id


def _view(
    sources: Sources, progress: Stored, problems: Sequence[Problem] = (), *, complete: bool = False
) -> View[Stored]:
    return View(
        rows=(progress,),
        source=sources.fresh,
        as_of=sources.now(),
        complete=complete or progress.of == 0,
        problems=tuple({str(problem): problem for problem in problems}.values()),
    )
