"""Carries one GET to its end: turns of the budget, tries again, redirects, troubles in words."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from tui import __version__
from tui.hub.budget import BACKGROUND, Budget, Turn
from tui.hub.coalescing import Coalescing
from tui.hub.faults import problem
from tui.hub.origin import Origin
from tui.hub.wire import Answer, BrokenOff, Wire
from tui.model import BadInput, RateLimited, TimedOut, Unreadable

TRIES = 3
TRY_SECONDS = 15.0
BACKOFF = 0.5  # seconds; doubled with each try, of which a random part is waited
MAX_HOPS = 5
_REDIRECTS = (301, 302, 303, 307, 308)


class Ask(NamedTuple):
    """One question: a path below the endpoint, and what to call it if it fails."""

    path: str
    subject: str
    cap: int = 32 * 2**20  # bytes of the answer
    accept: str = "application/json"
    etag: str | None = None


class Requester:
    """Asks one endpoint with one login through one budget; safe to share between tasks."""

    def __init__(
        self,
        wire: Wire,
        endpoint: str,
        token: str | None,
        budget: Budget,
        *,
        rng: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.origin = Origin(endpoint)
        self.token = token if self.origin.private else None
        self._wire = wire
        self._budget = budget
        self._rng = rng
        self._sleep = sleep
        self._flights: Coalescing[Answer] = Coalescing()

    async def get(self, ask: Ask, lane: str) -> Answer:
        """The answer with status 200, or 304 when the ask has an etag.

        The same question asked twice at once is one request. Raises the Problem that any other
        answer means; 5xx, time-outs and broken connections are tried three times.
        """
        turn = Turn(_bucket(ask.path), lane)
        answer = await self._flights.join(ask, turn, lambda turn: self._travel(ask, turn))
        if answer.status == 200 or (answer.status == 304 and ask.etag):
            return answer
        raise problem(answer, ask.subject, self.origin.host, self.token)

    async def close(self) -> None:
        """Cancel what is on its way and drop the connections."""
        await self._flights.close()
        await self._wire.close()

    async def _travel(self, ask: Ask, turn: Turn) -> Answer:
        """Follow redirects on the endpoint itself; each is a request of its own to the Hub."""
        path = ask.path
        for _ in range(MAX_HOPS + 1):
            url = self.origin.url(path)
            turn.bucket = _bucket(path)
            answer = await self._insist(url, ask, turn)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return answer
            path = self.origin.redirected(url, location)
        raise Unreadable(f"{self.origin.host} redirects {ask.subject} in circles; try again later")

    async def _insist(self, url: str, ask: Ask, turn: Turn) -> Answer:
        """Try again after a trouble that may pass, after a random part of a growing pause."""
        for attempt in range(1, TRIES + 1):
            try:
                answer = await self._within_budget(url, ask, turn)
                if answer.status < 500 or attempt == TRIES:
                    return answer
            except (TimedOut, BrokenOff):
                if attempt == TRIES:
                    raise
            await self._sleep(self._rng() * BACKOFF * 2**attempt)
        raise AssertionError("the last try returns or raises")

    async def _within_budget(self, url: str, ask: Ask, turn: Turn) -> Answer:
        """One request; the background waits out a 429, the foreground is told how long it takes."""
        wait = 0.0
        for _ in range(TRIES):
            async with self._budget.take(turn):
                answer = await self._wire.get(
                    url, self._headers(ask), cap=ask.cap, timeout=TRY_SECONDS
                )
                wait = self._budget.learn(turn.bucket, answer.status, answer.headers)
            if answer.status != 429:
                return answer
            if turn.lane != BACKGROUND:
                break
        raise RateLimited(wait)

    def _headers(self, ask: Ask) -> dict[str, str]:
        headers = {"accept": ask.accept, "user-agent": f"hubscope/{__version__}"}
        if ask.etag:
            headers["if-none-match"] = ask.etag
        if self.token:
            if not (self.token.isascii() and self.token.isprintable()) or " " in self.token:
                raise BadInput("the login token holds stray characters; run `hf auth login`")
            headers["authorization"] = f"Bearer {self.token}"
        return headers


def _bucket(path: str) -> str:
    """Which of the Hub's three counts a path draws on; an answer's header corrects it."""
    if "/resolve/" in path or path.startswith("/api/resolve-cache/"):
        return "resolvers"
    return "api" if path.startswith("/api/") else "pages"
