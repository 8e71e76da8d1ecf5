"""The whole list of models, page by page in the background: about 3,100 calls of 1,000 rows.

Newest first, one connection. After each page it is on the disk where the walk stands, so whatever
ends it, it goes on with the next page. A cursor that the Hub no longer takes begins the list anew,
and the rows at hand stay. What was uploaded while the walk lasted is fetched at its end: from the
newest back to what the walk began with.
"""

import time
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from tui.ask.calls.plan import BACKGROUND
from tui.ask.census import kept
from tui.ask.census.crawled import Crawled
from tui.ask.census.make import make
from tui.ask.census.progress import noted
from tui.ask.sources import Sources
from tui.hub.client import Hub, Page
from tui.model import (
    BadInput,
    NotFound,
    Offline,
    Problem,
    Progress,
    Query,
    RateLimited,
    Repo,
    ServerTrouble,
    TimedOut,
    View,
)
from tui.model.when import iso
from tui.store.census import place
from tui.store.census.stage import Stage

WALK, HEAD, TOP, DONE = "walk", "head", "top", "done"
_AGAIN = 20_000  # of the most downloaded that an update asks again
_EXPECTED = 3_350_000  # repos at the end of 2026, by the published counts and 3,200 a day
_BORNE = 4  # failures of the Hub in a row, with longer pauses between them
_PATIENCE = 2.0  # seconds of the first pause, half of it
_SHARE = 0.75  # of a window that the background takes
_EXTRA = ("downloadsAllTime",)


async def crawl(sources: Sources, update: bool = False) -> AsyncGenerator[View[Any], None]:
    """Fetch, or go on fetching, and make a census; a Crawled after each page and before each step.

    ``update`` begins with the rows of the newest census: from the newest upload back to what is
    known, then the most downloaded again. The last view has the Kept census as its row. A rate
    limit is waited out; any other Problem is raised, and what came stays.
    """
    if sources.bundled:
        raise BadInput("the sample has no census; leave --sample out")
    if sources.offline:
        raise Offline("offline: a census is fetched from the Hub; go online and run it again")
    folder = sources.store.census_folder
    with place.alone(folder):
        async for view in noted(sources, _crawl(sources, folder, update)):
            yield view


async def _crawl(sources: Sources, folder: str, update: bool) -> AsyncIterator[View[Any]]:
    under_way = kept.begun(folder)
    date = under_way or iso(sources.now())[:10]
    stage = Stage(place.part_of(folder, date))
    try:
        walk = _Walk(sources, stage, date, update)
        await walk.begin(kept.newest_path(folder))
        async for crawled in walk.run():
            yield _view(sources, crawled, walk.started)
    finally:
        stage.close()
    async for view in finish(sources, date, walk.meta(), walk.rows, walk.calls):
        yield view


async def finish(
    sources: Sources, date: str, meta: dict[str, str], rows: int, calls: int
) -> AsyncIterator[View[Any]]:
    """Make the census of rows that are all there."""
    from asyncio import to_thread

    folder = sources.store.census_folder
    steps = make(folder, date, sources.registry, meta)
    while (step := await to_thread(next, steps, None)) is not None:
        yield _view(sources, Crawled(date, step, rows, calls), float(meta["as_of"]))
    census = kept.one(folder, date)
    yield View((census,), "census", census.as_of, complete=census.complete)


class _Walk:
    """One walk: what phase it is in and which page comes next, kept with the rows."""

    def __init__(self, sources: Sources, stage: Stage, date: str, update: bool) -> None:
        self._sources = sources
        self._stage = stage
        self._date = date
        state = stage.state()
        self.calls = int(state.get("calls", 0))
        self.started = float(state.get("started", sources.now()))
        self.rows = int(state.get("rows", 0))
        self._phase = str(state.get("phase", HEAD if update else WALK))
        self._next: str | None = state.get("next")
        self._low: str | None = state.get("low")  # the seam: what is older is at hand
        self._newest: str | None = state.get("newest")  # of the first page of this phase
        self._base: str | None = state.get("base")
        self._update = bool(state.get("update", update))
        self._top = int(state.get("top", 0))
        self._fresh = 0.0  # seconds that calls of this run took
        self._made = 0
        self._troubles = 0  # of the Hub, one after the other

    async def begin(self, base: str | None) -> None:
        """Take over the rows of an earlier census, where one is to be brought up to date."""
        from asyncio import to_thread

        if state := self._stage.state():
            if state.get("source") is not None:
                raise BadInput(
                    f"a census of {self._date} is on its way from {state['source']}; finish it, or"
                    f" `hubscope census remove {self._date}`"
                )
            return
        if self._update:
            if base is None:
                raise NotFound("no census is kept that could be updated; run `census crawl`")
            await to_thread(self._stage.take_over, base)
            before = kept.read(base)
            self._low, self._base = before.newest, before.date
            self.rows = before.rows
        await to_thread(self._keep, ())

    def meta(self) -> dict[str, str]:
        """What the census says of itself."""
        meta = {
            "as_of": repr(self.started),
            "source": "crawl" if self._base is None else f"update of {self._base}",
            "endpoint": self._sources.endpoint,
            "complete": "yes",
            "calls": str(self.calls),
        }
        return meta if self._base is None else {**meta, "base": self._base}

    async def run(self) -> AsyncIterator[Crawled]:
        """Fetch page after page; a Crawled after each, and while the window is used up."""
        from asyncio import to_thread

        hub = await self._sources.hub()
        while self._phase != DONE:
            yield self._told(hub)
            started = time.monotonic()
            try:
                page = await self._page(hub)
            except (RateLimited, ServerTrouble, TimedOut) as problem:
                async for wait in self._pause(problem):
                    yield self._told(hub)._replace(wait=wait)
                continue
            self._troubles = 0
            self._fresh += time.monotonic() - started
            self._made += 1
            self.calls += 1
            await to_thread(self._take, page)
        yield self._told(hub)

    async def _pause(self, problem: Problem) -> AsyncIterator[float]:
        """Wait until a call may go through again, a second at a time; the seconds left.

        Raises the Problem where the Hub has failed too often.
        """
        from asyncio import sleep

        seconds = problem.wait if isinstance(problem, RateLimited) else 0.0
        if not isinstance(problem, RateLimited):
            self._troubles += 1
            seconds = _PATIENCE * 2.0**self._troubles
        if self._troubles > _BORNE:
            raise problem
        while seconds > 0:
            yield seconds
            await sleep(min(1.0, seconds))
            seconds -= 1.0

    async def _page(self, hub: Hub) -> Page:
        path = self._next or self._first()
        try:
            return await hub.brief_page(path, BACKGROUND)
        except (BadInput, NotFound):
            if self._next is None:
                raise
        self._next = None  # a cursor that is no longer taken
        return await hub.brief_page(self._first(), BACKGROUND)

    def _first(self) -> str:
        from tui.hub.endpoints import PAGE_LIMIT, models_list

        sort = "downloads" if self._phase == TOP else "created"
        return models_list(Query(sort=sort), PAGE_LIMIT, _EXTRA)

    def _take(self, page: Page) -> None:
        anonymous = self._sources.token is None
        rows = [row for row in page.rows if row.private is False or (anonymous and not row.private)]
        self.rows += len(rows)
        self._next = page.next
        if self._newest is None and rows:
            self._newest = max((row.created_at or "" for row in rows), default="")
        if self._phase == WALK and page.next is None:
            self._turn(HEAD)
        elif self._phase == HEAD and (page.next is None or self._reaches(rows)):
            self._turn(TOP if self._update else DONE)
        elif self._phase == TOP:
            self._top += len(page.rows)
            if page.next is None or self._top >= _AGAIN:
                self._turn(DONE)
        self._keep(rows)

    def _reaches(self, rows: list[Repo]) -> bool:
        """The page goes back to before the seam."""
        lowest = min((row.created_at for row in rows if row.created_at), default=None)
        return lowest is not None and self._low is not None and lowest < self._low

    def _turn(self, phase: str) -> None:
        if self._phase in (WALK, HEAD):
            self._low, self._newest = self._newest or self._low, None
        self._phase, self._next = phase, None

    def _keep(self, rows: "list[Repo] | tuple[()]") -> None:
        state = {
            "phase": self._phase, "next": self._next, "low": self._low, "newest": self._newest,
            "calls": self.calls, "started": self.started, "rows": self.rows, "base": self._base,
            "update": self._update, "top": self._top,
        }  # fmt: skip
        self._stage.add(rows, state)

    def _told(self, hub: Hub) -> Crawled:
        until = hub.budget.waiting_until
        wait = None if until is None else max(0.0, until - time.monotonic())
        return Crawled(
            self._date, self._phase, self.rows, self.calls, hub.budget.left, self._left(hub), wait
        )

    def _left(self, hub: Hub) -> float | None:
        """Seconds until the walk is through: the calls' own time, or that of the windows."""
        if self._phase != WALK or not self._made:
            return None
        calls = max(0, _EXPECTED - self.rows) / max(1.0, self.rows / max(1, self.calls))
        quota = hub.budget.quota
        windows = 0.0 if quota is None else calls / (quota * _SHARE) * 300.0
        return max(calls * self._fresh / self._made, windows)


def _view(sources: Sources, crawled: Crawled, at: float) -> View[Any]:
    progress = Progress(crawled.rows, None, "rows", crawled.wait)
    return View((crawled,), sources.fresh, at, complete=False, progress=progress)


__all__ = ["Crawled", "Problem", "crawl", "finish"]
