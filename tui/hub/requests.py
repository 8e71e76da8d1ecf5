"""Carries one GET to its end: turns of the budget, tries again, redirects, troubles in words."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from tui import __version__
from tui.hub.budget import ALONE, BACKGROUND, Budget, Turn
from tui.hub.coalescing import Coalescing
from tui.hub.endpoints import whoami
from tui.hub.expands import Expands, without
from tui.hub.faults import problem, web_page
from tui.hub.login import Login
from tui.hub.origin import Hop, Origin
from tui.hub.wire import Answer, BrokenOff, Unreached, Wire
from tui.model import NoAccess, RateLimited, TimedOut, Unreadable, clean_line

TRIES = 3
TRY_SECONDS = 15.0
BACKOFF = 0.5  # seconds; doubled with each try, of which a random part is waited
RECONNECT = 0.25  # seconds until a connection that was refused is tried once more
SHORT_WAIT = 2.0  # seconds that the key in hand waits for a Hub that is busy for a moment
MAX_HOPS = 5
_REDIRECTS = (301, 302, 303, 307, 308)


class Ask(NamedTuple):
    """One question: a path below the endpoint, and what to call it if it fails."""

    path: str
    subject: str
    cap: int = 32 * 2**20  # bytes of the answer
    accept: str = "application/json"
    etag: str | None = None
    once: bool = False  # whatever comes, it is not asked again


class Requester:
    """Asks one endpoint with one login through one budget; safe to share between tasks.

    ``tell`` takes each line that a person should read beside the answers, perhaps repeatedly.
    """

    def __init__(
        self,
        wire: Wire,
        endpoint: str,
        login: Login,
        budget: Budget,
        tell: Callable[[str], None],
        *,
        rng: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.origin = Origin(endpoint)
        self.login = login if self.origin.private else Login(None)
        self._wire = wire
        self._budget = budget
        self._tell = tell
        self._rng = rng
        self._sleep = sleep
        self._expands = Expands()
        self._gone = False  # the last question found no connection
        self._flights: Coalescing[Answer] = Coalescing()

    async def get(self, ask: Ask, lane: str) -> Answer:
        """The answer with status 200, or 304 when the ask has an etag.

        The same question asked twice at once is one request. Raises the Problem that any other
        answer means; 5xx, time-outs and broken connections are tried three times, a connection
        that does not come about once more, and a login that is not recognised is left out.
        """
        turn = Turn(_bucket(ask.path), lane)
        answer = await self._flights.join(ask, turn, lambda turn: self._travel(ask, turn))
        if answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"):
            raise web_page(self.origin.host)  # no README of the Hub is called that either
        if answer.status == 200 or (answer.status == 304 and ask.etag):
            return answer
        if answer.status == 401 and ask.once:
            raise NoAccess(self.login.line())
        raise problem(answer, ask.subject, self.origin.host, self.login)

    def url(self, path: str) -> str:
        """The URL that is asked for ``path``, now that the Hub's refusals are known."""
        return self.origin.url(self._expands.fitted(path))

    async def close(self) -> None:
        """Cancel what is on its way and drop the connections."""
        await self._flights.close()
        await self._wire.close()

    async def _travel(self, ask: Ask, turn: Turn) -> Answer:
        """Ask without the fields that the Hub refuses, as it lists them in its refusal."""
        path = self._expands.fitted(ask.path)
        answer = await self._follow(path, ask, turn)
        refused = self._expands.refused(path, answer.body) if answer.status == 400 else frozenset()
        if not refused:
            return answer
        again = await self._follow(without(path, refused), ask, turn)
        if again.status != 400:
            self._expands.learn(path, refused)
            names = ", ".join(sorted(refused))
            self._tell(f"{self.origin.host} does not tell {names}; what rests on it stays unknown")
        return again

    async def _follow(self, path: str, ask: Ask, turn: Turn) -> Answer:
        """Follow redirects; each is a request of its own. The login goes to the Hub alone."""
        hop = Hop(self.origin.url(path), True)
        for _ in range(MAX_HOPS + 1):
            turn.bucket = _bucket(urlsplit(hop.url).path)
            answer = await self._known_or_not(hop, ask, turn)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return answer
            following = self.origin.follow(hop.url, location)
            hop = following._replace(own=hop.own and following.own)
            if hop.moved_to:
                self._tell(
                    f"{self.origin.host} sends its questions on to {clean_line(hop.moved_to)}, "
                    f"where they are asked without a login; set HF_ENDPOINT to that address"
                )
        raise Unreadable(f"{self.origin.host} redirects {ask.subject} in circles; try again later")

    async def _known_or_not(self, hop: Hop, ask: Ask, turn: Turn) -> Answer:
        """Ask with the login; where it is not recognised, from then on as nobody."""
        token = self.login.token if hop.own else None
        answer = await self._insist(hop.url, ask, turn, token)
        if answer.status != 401 or token is None:
            return answer
        if self.login.token == token:
            self.login = self.login.refused()
            self._tell(self.login.line())
        return answer if ask.once else await self._insist(hop.url, ask, turn, None)

    async def _insist(self, url: str, ask: Ask, turn: Turn, token: str | None) -> Answer:
        """Try again after a trouble that may pass, after a random part of a growing pause."""
        tries, hopeful = 1 if ask.once else TRIES, not self._gone and not ask.once
        attempt = 1
        while True:
            try:
                answer = await self._within_budget(url, ask, turn, token)
                self._gone = False
                if answer.status < 500 or attempt == tries:
                    return answer
            except Unreached:
                self._gone = True
                if not hopeful:
                    raise
                hopeful = False
                await self._sleep(RECONNECT)
                continue
            except (TimedOut, BrokenOff):
                if attempt == tries:
                    raise
            await self._sleep(self._rng() * BACKOFF * 2**attempt)
            attempt += 1

    async def _within_budget(self, url: str, ask: Ask, turn: Turn, token: str | None) -> Answer:
        """One request; the background waits out a 429, the foreground is told how long it takes."""
        wait = 0.0
        for attempt in range(1, 2 if ask.once else TRIES + 1):
            async with self._budget.take(turn):
                answer = await self._wire.get(
                    url, self._headers(ask, token), cap=ask.cap, timeout=TRY_SECONDS
                )
                wait = self._budget.learn(turn.bucket, answer.status, answer.headers)
            if warning := clean_line(answer.headers.get("x-hf-warning", "")).strip():
                self._tell(f"{self.origin.host} says: {warning[:200]}")
            if answer.status != 429:
                return answer
            if turn.lane != BACKGROUND:
                if wait > SHORT_WAIT or attempt == TRIES:
                    break
                await self._sleep(wait)
        raise RateLimited(wait)

    def _headers(self, ask: Ask, token: str | None) -> dict[str, str]:
        headers = {"accept": ask.accept, "user-agent": f"hubscope/{__version__}"}
        if ask.etag:
            headers["if-none-match"] = ask.etag
        if token is not None:
            headers["authorization"] = f"Bearer {self.login.checked(token)}"
        return headers


def _bucket(path: str) -> str:
    """Which of the Hub's three counts a path draws on; an answer's header corrects it."""
    if path.endswith(whoami()):
        return ALONE
    if "/resolve/" in path or path.startswith("/api/resolve-cache/"):
        return "resolvers"
    return "api" if path.startswith("/api/") else "pages"
