"""The newest repos of the Hub as far back as a window reaches: some 3,200 a day, 1,000 a call.

A look goes on where it was cut off. A later one stops where an earlier one takes over: its rows
count from six hours before it was taken, for cards, and with them bases, come later than repos.
"""

from collections.abc import Iterable
from typing import NamedTuple

from tui.analysis.origins.newest import DAYS, SETTLING
from tui.ask.calls import pages
from tui.ask.calls.pages import Pages
from tui.ask.calls.plan import Step
from tui.ask.sources import Sources
from tui.model import Problem, Query, Repo
from tui.model.when import iso

LOOK_AGE = 3600.0  # seconds for which a look is the present one
_NAMES = ("newest a", "newest b")  # the present look and the one before, in turn


class Window(NamedTuple):
    """The rows at hand, the newest first, each repo once."""

    rows: tuple[Repo, ...]
    at: float | None  # seconds since 1970, UTC: when the look began; None before the first page
    urls: tuple[str, ...]
    whole: bool  # the rows reach back to the beginning of the window
    pages: int = 0
    fresh: bool = False
    oldest: str = "~"  # creation time of the look's last row, to the second


class Newest:
    """The newest models of the last ``span`` seconds: a plan of one page after the other."""

    __slots__ = ("_before", "_failed", "_name", "_now", "_sources", "_span", "_window")

    def __init__(self, sources: Sources, span: float = DAYS) -> None:
        self._sources = sources
        self._span = span
        self._failed = False
        looks = [(pages.stored(sources, name), name) for name in _NAMES]
        looks.sort(key=lambda look: -(look[0].at if look[0] else 0.0))
        (newer, name), (older, other) = looks
        if newer is not None and sources.now() - newer.at > LOOK_AGE:
            newer, name, older = None, other, newer
        self._now: Pages | None = newer
        self._name = name
        self._before: Pages | None = older
        self._window = self._joined(newer)

    def window(self) -> Window:
        """What is at hand. Of an earlier look the rows that had settled when it was taken."""
        return self._window

    def _joined(self, now: Pages | None) -> Window:
        look = now or self._before
        if look is None:
            return Window((), None, (), False)
        low = _lowest(look.rows)
        older = self._settled() if now else ()
        joined = bool(older) and low <= (older[0].created_at or "")[:19]
        behind = [row for row in older if joined and (row.created_at or "")[:19] <= low]
        rows = (*look.rows, *behind)
        unique = {(row.hub_id or row.id): row for row in reversed(rows)}
        urls = look.urls + (self._before.urls if joined and self._before else ())
        start = iso(look.at - self._span)[:19]
        whole = look.next is None or _lowest(rows) < start
        distinct = tuple(reversed(unique.values()))
        return Window(distinct, look.at, urls, whole, look.held, look.fresh, low)

    def steps(self) -> Iterable[Step]:
        """See CallPlan."""
        if self._failed or (self._now is not None and self.window().whole):
            return []
        return [Step("newest", "", self._now.next if self._now else None)]

    def estimate(self) -> int:
        """See CallPlan. A guess by the time that the pages at hand cover."""
        if not self.steps():
            return 0
        look = self._now
        if look is None or not look.rows:
            return max(1, round(self._span / DAYS * 23))
        from tui.model.when import seconds

        covered = look.at - (seconds(self._window.oldest + "Z") or look.at)
        return max(1, round((self._span - covered) / max(covered / look.held, 1.0)))

    def refuse(self, step: Step, problem: Problem) -> None:
        """See CallPlan. Pages come one after the other: without this one there is no next."""
        self._failed = True
        raise problem

    async def make(self, step: Step, lane: str) -> None:
        """See CallPlan."""
        from tui.hub.endpoints import PAGE_LIMIT, models_list

        path = step.path or models_list(Query(sort="created"), PAGE_LIMIT)
        now = await pages.fetch(self._sources, self._name, path, self._now, lane)
        hub = await self._sources.hub()
        self._window = await hub.desk.do(self._joined, now)
        self._now = now

    def _settled(self) -> tuple[Repo, ...]:
        if self._before is None:
            return ()
        latest = iso(self._before.at - SETTLING)[:19]
        return tuple(r for r in self._before.rows if (r.created_at or "~")[:19] < latest)


def _lowest(rows: Iterable[Repo]) -> str:
    """The oldest creation time among rows, to the second; "~" where there is none."""
    return min((row.created_at[:19] for row in rows if row.created_at), default="~")
