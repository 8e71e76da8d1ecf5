"""The Hub as this project asks it: typed questions, each answer with its URL and its time."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, Generic, NamedTuple, TypeVar, overload

from tui.hub import endpoints, parse
from tui.hub.budget import FOREGROUND, Budget
from tui.hub.requests import Ask, Requester
from tui.hub.wire import Answer, Wire
from tui.model import Author, BadInput, Detail, File, Gated, NoAccess, NotFound, Repo

T = TypeVar("T")
README_CAP = 8 * 2**20
TREE_PAGES = 50
INLINE = 32 * 2**10  # bytes, parsed within some 5 ms
_PARENTS = "&expand=baseModels"


class Page(NamedTuple):
    """One page of a list. ``next`` is path and query of the following one on this endpoint."""

    rows: tuple[Repo, ...]
    next: str | None
    url: str  # asked again, it gives this page again
    fetched_at: float  # seconds since 1970, UTC
    etag: str | None
    dropped: int  # rows without a valid id
    body: bytes


class NotModified(NamedTuple):
    """The page is still the one of the etag that was sent."""

    url: str
    fetched_at: float


class Got(NamedTuple, Generic[T]):
    """One answer of another kind. ``body`` is its last page as it came."""

    value: T
    url: str  # of the first request, asked again it gives this answer again
    fetched_at: float  # seconds since 1970, UTC
    body: bytes
    complete: bool = True  # False where the Hub has more than was read


class Hub:
    """One endpoint, asked through ``wire`` as the owner of ``token``, or as nobody.

    The token goes to the endpoint alone, and not over plain http to another machine. Every method
    raises the Problems of ``tui.model``. ``clock`` is monotonic, ``now`` the time of day; both
    count seconds. ``lane`` is "foreground" or "background", see ``tui.hub.budget``.
    """

    def __init__(
        self,
        wire: Wire,
        endpoint: str,
        token: str | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        rng: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.endpoint = endpoint
        self.budget = Budget(clock=clock, sleep=sleep, rng=rng)
        self._courier = Requester(wire, endpoint, token, self.budget, rng=rng, sleep=sleep)
        self._now = now
        self._lists_parents = True

    @overload
    async def page(self, path: str, kind: str, lane: str = ...) -> Page: ...
    @overload
    async def page(
        self, path: str, kind: str, lane: str = ..., *, etag: str | None
    ) -> Page | NotModified: ...
    async def page(
        self, path: str, kind: str, lane: str = FOREGROUND, *, etag: str | None = None
    ) -> Page | NotModified:
        """A page of a list: ``path`` is of ``endpoints.models_list`` or a page's ``next``.

        Some endpoints list no base models and refuse to; then the list is asked without them, now
        and from then on, and its rows' ``base_models`` are None.
        """
        bare = path.replace(_PARENTS, "")
        if not self._lists_parents or bare == path:
            return await self._page(bare, kind, lane, etag)
        try:
            return await self._page(path, kind, lane, etag)
        except BadInput:
            page = await self._page(bare, kind, lane, etag)
            self._lists_parents = False
            return page

    async def detail(
        self,
        kind: str,
        repo_id: str,
        lane: str = FOREGROUND,
        expand: tuple[str, ...] | None = None,
    ) -> Got[Detail]:
        """One repo with all that its card shows, or with the named fields alone.

        The repo's id in the answer is the current one, also when an old name was asked.
        """
        ask = Ask(endpoints.detail(kind, repo_id, expand), repo_id)
        return await self._got(ask, lane, lambda body: parse.detail(body, kind))

    async def children_counts(self, repo_id: str, lane: str = FOREGROUND) -> Got[dict[str, int]]:
        """A model's direct children by relation."""
        ask = Ask(endpoints.detail("model", repo_id, ("childrenModelCount",)), repo_id)
        return await self._got(ask, lane, parse.children_counts)

    async def readme(self, kind: str, repo_id: str, lane: str = FOREGROUND) -> Got[str]:
        """The README without its front matter; ``NoFile`` when the repo has none."""
        path = endpoints.readme(kind, repo_id)
        ask = Ask(path, f"the README of {repo_id}", cap=README_CAP, accept="text/plain, */*")
        return await self._got(ask, lane, parse.readme)

    async def tree(
        self, kind: str, repo_id: str, lane: str = FOREGROUND, rev: str = "main"
    ) -> Got[tuple[File, ...]]:
        """All files of a repo; ``complete`` is False after fifty pages."""
        first = path = endpoints.tree(kind, repo_id, rev)
        files: tuple[File, ...] = ()
        for _ in range(TREE_PAGES):
            answer = await self._courier.get(Ask(path, repo_id), lane)
            files += await _read(parse.tree, answer.body)
            following = self._next(answer, path)
            if not following:
                break
            path = following
        url = self._courier.origin.url(first)
        return Got(files, url, self._now(), answer.body, complete=not following)

    async def author(self, name: str, lane: str = FOREGROUND) -> Got[Author]:
        """An organisation or, where there is none of that name, a user: up to two requests."""
        try:
            return await self._got(Ask(endpoints.org(name), name), lane, parse.org)
        except NotFound:
            return await self._got(Ask(endpoints.user(name), name), lane, parse.user)

    async def discussions_open(self, repo_id: str, lane: str = FOREGROUND) -> Got[int | None]:
        """How many discussions and pull requests of a model are open."""
        ask = Ask(endpoints.discussions(repo_id), repo_id)
        return await self._got(ask, lane, parse.discussions_open)

    async def access(self, kind: str, repo_id: str, lane: str = FOREGROUND) -> Got[bool]:
        """Whether this login may read the files of a gated repo. The Hub counts no download.

        Raises ``NoAccess`` without a login, and asks nothing then.
        """
        if not self._courier.token:
            raise NoAccess("no login is sent; log in with `hf auth login`")
        path = endpoints.attributes(kind, repo_id)
        ask = Ask(path, repo_id, cap=README_CAP, accept="text/plain, */*")
        try:
            return await self._got(ask, lane, lambda body: True)
        except (Gated, NoAccess):
            return Got(False, self._courier.origin.url(path), self._now(), b"")

    async def config_file(self, repo_id: str, lane: str = FOREGROUND) -> Got[dict[str, Any]]:
        """A model's config.json itself. The one question here that the Hub counts as a download."""
        path = endpoints.resolve("model", repo_id, "config.json")
        ask = Ask(path, f"config.json of {repo_id}", cap=README_CAP)
        return await self._got(ask, lane, parse.config_file)

    async def whoami(self, lane: str = FOREGROUND) -> str | None:
        """The account that the token belongs to; None without a token, and asks nothing then."""
        if not self._courier.token:
            return None
        answer = await self._courier.get(Ask(endpoints.whoami(), "the login"), lane)
        return parse.whoami(answer.body)

    async def close(self) -> None:
        """Cancel every question and drop the connections, at once."""
        await self._courier.close()

    async def _page(self, path: str, kind: str, lane: str, etag: str | None) -> Page | NotModified:
        answer = await self._courier.get(Ask(path, f"the list of {kind}s", etag=etag), lane)
        url = self._courier.origin.url(path)
        if answer.status == 304:
            return NotModified(url, self._now())
        found = await _read(lambda body: parse.rows(body, kind), answer.body)
        return Page(
            rows=found.rows,
            next=self._next(answer, path),
            url=url,
            fetched_at=self._now(),
            etag=answer.headers.get("etag"),
            dropped=found.dropped,
            body=answer.body,
        )

    async def _got(self, ask: Ask, lane: str, read: Callable[[bytes], T]) -> Got[T]:
        answer = await self._courier.get(ask, lane)
        url = self._courier.origin.url(ask.path)
        return Got(await _read(read, answer.body), url, self._now(), answer.body)

    def _next(self, answer: Answer, path: str) -> str | None:
        """The next page's path, unless it is this page again."""
        following = self._courier.origin.next(answer.headers.get("link", ""))
        return following if following != path else None


async def _read(read: Callable[[bytes], T], body: bytes) -> T:
    """Parse a large body in a thread: a page of a thousand rows would hold up a key press."""
    return read(body) if len(body) < INLINE else await asyncio.to_thread(read, body)
