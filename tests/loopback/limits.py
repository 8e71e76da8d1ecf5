"""The three fixed windows of the Hub's rate limit, for each caller."""

import time
from collections.abc import Callable

from tests.loopback.answer import Answer, Request, error
from tests.loopback.faults import html_page

QUOTAS = {"api": 500, "resolvers": 3000, "pages": 100}
MEMBER_QUOTAS = {"api": 1000, "resolvers": 5000, "pages": 200}


def bucket_of(request: Request) -> str:
    """Which of the three windows a request is taken from."""
    if "/resolve/" in request.path or request.path.startswith("/api/resolve-cache/"):
        return "resolvers"
    return "api" if request.path.startswith("/api/") else "pages"


class Limits:
    """Counts requests down. ``quotas`` may be set at any time; ``begin_window`` forgives all.

    With ``edge`` the refusal is the CDN's: an HTML page without a RateLimit header. ``logins`` is
    how often whoami answers; what it refuses says nothing of the windows.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.window = 300
        self.quotas: dict[str, int] = {}  # overrides the plan's, by bucket
        self.edge = False
        self.logins: int | None = None
        self._clock = clock
        self.begin_window()

    def begin_window(self) -> None:
        """Start a new window: nothing is used."""
        self._began = self._clock()
        self._used: dict[tuple[str, str], int] = {}

    def quota(self, who: str, bucket: str) -> int:
        """How many requests the caller has in a window; ``who`` is "" for the anonymous."""
        plan = MEMBER_QUOTAS if who else QUOTAS
        return self.quotas.get(bucket, plan[bucket])

    def take(self, who: str, request: Request) -> tuple[dict[str, str], Answer | None]:
        """Count one request: the headers of its answer, and the refusal if none was left."""
        now = self._clock()
        if now - self._began >= self.window:
            self.begin_window()
        if request.path == "/api/whoami-v2" and self.logins is not None:
            self.logins -= 1
            if self.logins < 0:
                return {}, _refusal()
        bucket = bucket_of(request)
        used = self._used[who, bucket] = self._used.get((who, bucket), 0) + 1
        quota = self.quota(who, bucket)
        reset = max(0, round(self._began + self.window - now))
        if used > quota and self.edge:
            return {}, html_page(429)(Answer())
        headers = {
            "RateLimit": f'"{bucket}";r={max(0, quota - used)};t={reset}',
            "RateLimit-Policy": f'"fixed window";"{bucket}";q={quota};w={self.window}',
        }
        return headers, _refusal() if used > quota else None


def _refusal() -> Answer:
    return error(
        429,
        "We had to rate limit your IP (127.0.0.1). To continue using our service, create a HF "
        "account or login to your existing account, and make sure you pass a HF_TOKEN if you're "
        "using the API.",
    )
