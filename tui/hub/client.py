"""The Hub as this project asks it: typed questions, each answer with its URL and its time."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, Generic, NamedTuple, TypeVar, overload

from tui.hub import endpoints, parse
from tui.hub import readme as card_text
from tui.hub.budget import FOREGROUND, Budget
from tui.hub.desk import Desk
from tui.hub.login import Login
from tui.hub.requests import Ask, Requester
from tui.hub.wire import Answer, Wire
from tui.model import Access, Author, Detail, File, Gated, NoAccess, NotFound, Repo

T = TypeVar("T")
README_CAP = 8 * 2**20
INLINE = 32 * 2**10  # bytes, parsed within some 5 ms


class Page(NamedTuple):
    """One page of a list. ``next`` is path and query of the following one on this endpoint."""

    rows: tuple[Repo, ...]
    next: str | None
    url: str  # asked again, it gives this page again
    fetched_at: float  # seconds since 1970, UTC
    etag: str | None


class NotModified(NamedTuple):
    """The answer is still the one of the etag that was sent."""

    url: str
    fetched_at: float


class Got(NamedTuple, Generic[T]):
    """One answer of another kind."""

    value: T
    url: str  # asked again it gives this answer again
    fetched_at: float  # seconds since 1970, UTC
    etag: str | None = None
    next: str | None = None  # path and query of what follows, where the Hub has more


class Hub:
    """One endpoint, asked through ``wire`` as the owner of ``token``, or as nobody.

    The token, found in ``source``, goes to the endpoint alone, not over plain http to another
    machine, and no longer once the Hub does not recognise it. Every method raises the Problems of
    ``tui.model``; ``tell`` takes lines to be read beside the answers. ``clock`` is
    monotonic, ``now`` the time of day; both count seconds. ``lane`` is "foreground" or
    "background", see ``tui.hub.budget``.
    """

    def __init__(
        self,
        wire: Wire,
        endpoint: str,
        token: str | None = None,
        *,
        source: str = "HF_TOKEN",
        tell: Callable[[str], None] = lambda line: None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        rng: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.endpoint = endpoint
        self.budget = Budget(clock=clock, sleep=sleep, rng=rng)
        login = Login(token, source)
        self.desk = Desk()
        self._requester = Requester(wire, endpoint, login, self.budget, tell, rng=rng, sleep=sleep)
        self._now = now

    @property
    def token(self) -> str | None:
        """What is sent as login; None: nothing, or nothing any more."""
        return self._requester.login.token

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

        Fields that the endpoint refuses to list are left out, now and from then on.
        """
        answer = await self._requester.get(Ask(path, f"the list of {kind}s", etag=etag), lane)
        if answer.status == 304:
            return NotModified(self._requester.url(path), self._now())
        return await self._page(answer, path, lambda body: parse.rows(body, kind))

    async def brief_page(self, path: str, lane: str = FOREGROUND) -> Page:
        """A page of a list of models, its rows with just the facts of ``tui.hub.brief``."""
        from tui.hub import brief

        answer = await self._requester.get(Ask(path, "the list of models"), lane)
        return await self._page(answer, path, brief.rows)

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

    @overload
    async def readme(self, kind: str, repo_id: str, lane: str = ...) -> Got[str]: ...
    @overload
    async def readme(
        self, kind: str, repo_id: str, lane: str = ..., *, etag: str | None
    ) -> Got[str] | NotModified: ...
    async def readme(
        self, kind: str, repo_id: str, lane: str = FOREGROUND, *, etag: str | None = None
    ) -> Got[str] | NotModified:
        """The README without its front matter; ``NoFile`` when the repo has none."""
        ask = Ask(
            endpoints.readme(kind, repo_id),
            f"the README of {repo_id}",
            cap=README_CAP,
            accept="text/plain, */*",
            etag=etag,
        )
        answer = await self._requester.get(ask, lane)
        if answer.status == 304:
            return NotModified(self._requester.url(ask.path), self._now())
        return await self._read_got(answer, ask.path, card_text.readme)

    async def tree(
        self,
        kind: str,
        repo_id: str,
        lane: str = FOREGROUND,
        rev: str = "main",
        path: str | None = None,
    ) -> Got[tuple[File, ...]]:
        """Up to a thousand files of a repo: the first ones, or those at an answer's ``next``."""
        ask = Ask(path or endpoints.tree(kind, repo_id, rev), repo_id)
        return await self._got(ask, lane, parse.tree)

    async def scan(self, kind: str, repo_id: str, lane: str = FOREGROUND) -> Got[parse.Scan]:
        """What the Hub's scanners say of a repo's files."""
        return await self._got(Ask(endpoints.scan(kind, repo_id), repo_id), lane, parse.scan)

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

    async def access(self, kind: str, repo_id: str, lane: str = FOREGROUND) -> Got[Access]:
        """Whether this login may read the files of a gated repo. No file is read for it.

        Raises ``NoAccess`` without a login, and asks nothing then; also where the Hub does not
        recognise it.
        """
        if not self.token:
            raise NoAccess("no login is sent; log in with `hf auth login`")
        path = endpoints.auth_check(kind, repo_id)
        access = Access(True)
        try:
            await self._requester.get(Ask(path, repo_id), lane)
        except (Gated, NoAccess) as refusal:
            if not self.token:
                raise
            access = Access(False, refusal.reason or None)
        return Got(access, self._requester.url(path), self._now())

    async def config_file(self, repo_id: str, lane: str = FOREGROUND) -> Got[dict[str, Any]]:
        """A model's config.json itself. The one question here that the Hub counts as a download."""
        path = endpoints.resolve("model", repo_id, "config.json")
        ask = Ask(path, f"config.json of {repo_id}", cap=README_CAP)
        return await self._got(ask, lane, parse.config_file)

    async def tags(self, tag_type: str, lane: str = FOREGROUND) -> Got[tuple[str, ...]]:
        """The Hub's list of models' tags of one type, without the type in front."""
        ask = Ask(endpoints.tags(tag_type), f"the Hub's list of {tag_type} tags")
        return await self._got(ask, lane, lambda body: parse.tags(body, tag_type))

    async def picture(
        self, kind: str, repo_id: str, path: str, rev: str, cap: int, lane: str = FOREGROUND
    ) -> Got[bytes]:
        """The bytes of a picture that lies in a repo, ``cap`` at most."""
        where = endpoints.resolve(kind, repo_id, path, rev)
        ask = Ask(where, f"{path} of {repo_id}", cap=cap, accept="image/*, */*;q=0.1")
        return await self._got(ask, lane, bytes)

    async def whoami(self, lane: str = FOREGROUND) -> str | None:
        """The account that the token belongs to; None without a token, and asks nothing then."""
        if not self.token:
            return None
        ask = Ask(endpoints.whoami(), "the login", once=True)
        return parse.whoami((await self._requester.get(ask, lane)).body)

    async def close(self) -> None:
        """Cancel every question and drop the connections, at once."""
        await self._requester.close()

    async def _page(self, answer: Answer, path: str, read: Callable[[bytes], parse.Rows]) -> Page:
        parsed = await self._read(read, answer.body)
        return Page(
            rows=parsed.rows,
            next=self._next(answer, path),
            url=self._requester.url(path),
            fetched_at=self._now(),
            etag=answer.headers.get("etag"),
        )

    async def _got(self, ask: Ask, lane: str, read: Callable[[bytes], T]) -> Got[T]:
        return await self._read_got(await self._requester.get(ask, lane), ask.path, read)

    async def _read_got(self, answer: Answer, path: str, read: Callable[[bytes], T]) -> Got[T]:
        value = await self._read(read, answer.body)
        etag, following = answer.headers.get("etag"), self._next(answer, path)
        return Got(value, self._requester.url(path), self._now(), etag, following)

    async def _read(self, read: Callable[[bytes], T], body: bytes) -> T:
        """Parse a large body aside: a page of a thousand rows would hold up a key press."""
        return read(body) if len(body) < INLINE else await self.desk.do(read, body)

    def _next(self, answer: Answer, path: str) -> str | None:
        """The next page's path, unless it is this page again."""
        following = self._requester.origin.next(answer.headers.get("link", ""))
        return following if following != path else None
