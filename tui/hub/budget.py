"""How much may be asked: eight requests at once, and no more than the Hub's window allows.

The Hub counts requests per bucket ("api", "resolvers", "pages") in fixed windows and says in every
answer how many are left. Two lanes draw on them. The foreground is the key in hand; the background
stops where the last quarter begins, of the window as of the eight, and waits for the next window.

The count says when a window ends, not why an answer was refused: a 429 comes also while requests
are left, and then only a short pause is asked for.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from tui.model import RateLimited, late

FOREGROUND = "foreground"
BACKGROUND = "background"
AT_ONCE = 8
ALONE = "login"  # the bucket of a question whose limit is no other's

_LEFT = late.pattern(r'"(\w+)"\s*;\s*r=(\d{1,9})\s*;\s*t=(\d{1,6})')
_QUOTA = late.pattern(r'"(\w+)"\s*;\s*q=(\d{1,9})\s*;\s*w=(\d{1,6})')
_BACKOFF_CAP = 8.0  # seconds
_COUNTS = ("ratelimit", "ratelimit-policy")
_JITTER = 5.0  # seconds by which two answers of one window may place its end apart


class Turn:
    """One request's place in the queue. A waiting one can be raised to the foreground."""

    __slots__ = ("bucket", "lane", "nudged")

    def __init__(self, bucket: str, lane: str) -> None:
        self.bucket = bucket
        self.lane = lane
        self.nudged = asyncio.Event()  # something changed: look again whether to go

    def promote(self) -> None:
        """Somebody waits at the keyboard for this answer now."""
        self.lane = FOREGROUND
        self.nudged.set()


class _Window:
    """What is known of one bucket: nothing before its first answer."""

    __slots__ = ("flying", "held_until", "left", "quota", "refusals", "reset_at")

    def __init__(self) -> None:
        self.left: int | None = None
        self.quota: int | None = None
        self.reset_at = 0.0
        self.held_until = 0.0  # after a 429, for the background
        self.flying = 0
        self.refusals = 0

    def learn(self, left: int, reset_at: float, now: float) -> None:
        """Take an answer's count. Of answers that overtook each other the lowest is the newest."""
        same = self.left is not None and now < self.reset_at and reset_at < self.reset_at + _JITTER
        self.left = min(left, self.left) if same and self.left is not None else left
        self.reset_at = reset_at if not same else self.reset_at
        self.quota = max(self.quota or 0, left)

    def wait(self, lane: str, now: float) -> float:
        """Seconds until ``lane`` may ask, 0 when it may now."""
        held = max(0.0, self.held_until - now) if lane == BACKGROUND else 0.0
        if self.left is None or now >= self.reset_at:
            return held
        reserve = (self.quota or 0) // 4 if lane == BACKGROUND else 0
        return held if self.left - self.flying > reserve else max(held, self.reset_at - now)


class Budget:
    """The one object that every request draws on. ``clock`` counts seconds, monotonic."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        rng: Callable[[], float] = lambda: 1.0,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._rng = rng
        self._windows: dict[str, _Window] = {}
        self._running = {FOREGROUND: 0, BACKGROUND: 0}
        self._queue: list[Turn] = []

    @property
    def quota(self) -> int | None:
        """Requests of a whole API window, as far as answers have shown; None when unknown."""
        return self._window("api").quota

    @property
    def left(self) -> int | None:
        """Requests left in the API window; None when unknown."""
        window = self._window("api")
        known = window.left is not None and self._clock() < window.reset_at
        return window.left if known else None

    @property
    def waiting_until(self) -> float | None:
        """When the background may go on, on the budget's clock; None when nothing holds it."""
        now = self._clock()
        wait = max((w.wait(BACKGROUND, now) for w in self._windows.values()), default=0.0)
        return now + wait if wait > 0 else None

    @asynccontextmanager
    async def take(self, turn: Turn) -> AsyncIterator[None]:
        """Hold one of the eight places while a single request is on its way.

        The background waits as long as it must; the foreground raises ``RateLimited`` when its
        window is used up.
        """
        await self._enter(turn)
        lane, window = turn.lane, self._window(turn.bucket)
        self._running[lane] += 1
        window.flying += 1
        try:
            yield
        finally:
            self._running[lane] -= 1
            window.flying -= 1
            for waiting in self._queue:
                waiting.nudged.set()

    def learn(self, bucket: str, status: int, headers: Mapping[str, str]) -> float:
        """Take note of an answer. Returns the seconds that a 429 asks to wait, else 0.

        An answer out of a cache repeats the count of whoever it was made for, and what is limited
        alone says nothing of the other windows: neither count is believed.
        """
        now = self._clock()
        if bucket == ALONE or _is_cached(headers):
            headers = {name: headers[name] for name in headers if name not in _COUNTS}
        remaining = _LEFT.search(headers.get("ratelimit", ""))
        if remaining:
            bucket = remaining[1]
            self._window(bucket).learn(int(remaining[2]), now + int(remaining[3]) + 1, now)
        window = self._window(bucket)
        policy = _QUOTA.search(headers.get("ratelimit-policy", ""))
        if policy:
            self._window(policy[1]).quota = int(policy[2])
        if status != 429:
            window.refusals = 0
            return 0.0
        window.refusals += 1
        used_up = remaining is not None and int(remaining[2]) == 0
        wait = window.reset_at - now if used_up else self._guess(window.refusals, headers)
        window.held_until = max(window.held_until, now + wait)
        return wait

    def _guess(self, refusals: int, headers: Mapping[str, str]) -> float:
        """How long to wait after a 429 of a window that is not used up, or not told of.

        What ``Retry-After`` says, else 1, 2, 4, then 8 seconds, of which a random half is waited.
        """
        after = headers.get("retry-after", "")
        if after.isascii() and after.isdigit() and len(after) < 6:
            return float(int(after) + 1)
        return float(min(_BACKOFF_CAP, 2.0 ** (refusals - 1)) * (0.5 + self._rng() / 2))

    async def _enter(self, turn: Turn) -> None:
        while True:
            turn.nudged.clear()
            wait = self._window(turn.bucket).wait(turn.lane, self._clock())
            if wait > 0 and turn.lane == FOREGROUND:
                raise RateLimited(wait)
            if wait > 0:
                await self._pause(turn, wait)
            elif self._has_place(turn.lane):
                return
            else:
                await self._queue_up(turn)

    async def _queue_up(self, turn: Turn) -> None:
        self._queue.append(turn)
        try:
            await turn.nudged.wait()
        finally:
            self._queue.remove(turn)

    def _has_place(self, lane: str) -> bool:
        running = sum(self._running.values())
        reserve = AT_ONCE // 4 if lane == BACKGROUND else 0
        return running < AT_ONCE - reserve

    async def _pause(self, turn: Turn, wait: float) -> None:
        """Wait, or until the turn is raised to the foreground."""
        waits = [
            asyncio.ensure_future(self._sleep(wait)),
            asyncio.ensure_future(turn.nudged.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for future in waits:
                future.cancel()

    def _window(self, bucket: str) -> _Window:
        return self._windows.setdefault(bucket, _Window())


def _is_cached(headers: Mapping[str, str]) -> bool:
    return "age" in headers or headers.get("x-cache", "").lower().startswith("hit")
