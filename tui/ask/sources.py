"""Where answers come from: the store, the Hub, the registry, whose eyes, and what time it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui.model import Problem
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.analysis.registry.registry import Registry
    from tui.hub.client import Hub
    from tui.hub.wire import Wire

_ACCOUNT = "account"
Ranking = tuple[float, tuple[tuple[str, float], ...]]  # when; ids with their scores


class Sources:
    """Everything an ask needs, opened as late as it can be.

    ``wire`` makes the transport; None means no request may leave (offline). ``universe`` is "hub",
    or "sample" where the transport answers from bundled facts. ``now`` gives seconds since 1970;
    facts that were recorded at another time have it as ``taken_at``, and bring an ``earlier`` look
    at the trending models with them.
    """

    __slots__ = (
        "_hub",
        "_known_account",
        "_registry",
        "_wire",
        "censuses",
        "earlier",
        "endpoint",
        "load_registry",
        "now",
        "store",
        "taken_at",
        "token",
        "universe",
        "use_census",
        "who",
    )

    def __init__(
        self,
        store: Store,
        endpoint: str,
        now: Callable[[], float],
        load_registry: "Callable[[], Registry]",
        *,
        wire: "Callable[[], Wire] | None" = None,
        token: str | None = None,
        universe: str = "hub",
        taken_at: float | None = None,
        earlier: Callable[[], Ranking] | None = None,
    ) -> None:
        self.store = store
        self.endpoint = endpoint
        self.now = now
        self.load_registry = load_registry
        self.token = token
        self.universe = universe
        self.taken_at = taken_at
        self.earlier = earlier
        self.use_census = True
        self.censuses: dict[str, Any] = {}  # those opened, by path; see tui.ask.census.held
        self._wire = wire
        self._hub: Hub | None = None
        self._registry: Registry | None = None
        self.who = "" if token is None else self._stored_account()
        self._known_account = token is None or self.who != ""

    @property
    def offline(self) -> bool:
        """No request may leave."""
        return self._wire is None

    @property
    def realm(self) -> str:
        """Whose past a figure may be held against: the endpoint's, or the sample's own."""
        return "sample" if self.universe == "sample" else self.endpoint

    @property
    def may_count(self) -> bool:
        """A census may be kept here and is to be used: whether it is worth the imports to look."""
        return self.universe != "sample" and self.use_census and self.store.keeps_census

    @property
    def fresh(self) -> str:
        """What an answer of these sources is called when it has just come."""
        return "sample" if self.universe == "sample" else "hub"

    @property
    def registry(self) -> "Registry":
        """Families and organisations, read on first use."""
        if self._registry is None:
            self._registry = self.load_registry()
        return self._registry

    async def hub(self) -> "Hub":
        """The client, made on first use. Not to be asked for while ``offline``."""
        if self._hub is None:
            from tui.hub.client import Hub

            assert self._wire is not None, "offline sources have no hub"
            token = self.token and await self._fresh_token()
            self._hub = self._hub or Hub(self._wire(), self.endpoint, token, now=self._stamp)
        return self._hub

    @property
    def requests_left(self) -> int | None:
        """Requests left in this window as the Hub last said; None before the first answer."""
        return None if self._hub is None else self._hub.budget.left

    async def account(self) -> str:
        """The login's name, asked once for each token and kept; "" without a login, or not known.

        Private rows are stored under this name. While it is not known they are not stored.
        """
        if not self._known_account:
            try:
                name = await (await self.hub()).whoami()
            except Problem:
                return self.who
            self._known_account = True
            self.who = name or ""
            self._store_account()
        return self.who

    def owner(self, private: bool | None) -> str | None:
        """Whose an answer is in the store: "" everybody's, else the account's, None: not kept.

        ``private`` None: not known. What was read without a login is everybody's in any case.
        """
        if self.universe == "sample":
            return None
        if private is False or self.token is None:
            return ""
        return self.who or None

    async def close(self) -> None:
        """Let go of the wire; never waits for the other side."""
        if self._hub is not None:
            await self._hub.close()

    def _stamp(self) -> float:
        return self.now() if self.taken_at is None else self.taken_at

    async def _fresh_token(self) -> str | None:
        from tui.hub.token import get_token

        return await get_token()

    def _stored_account(self) -> str:
        known = self.store.library.session(_ACCOUNT)
        name = known.get(self._fingerprint()) if isinstance(known, dict) else None
        return name if isinstance(name, str) else ""

    def _store_account(self) -> None:
        self.store.library.put_session(_ACCOUNT, {self._fingerprint(): self.who})

    def _fingerprint(self) -> str:
        """Eight digits of a digest: enough to see that the login changed, no way back to it."""
        from hashlib import sha256

        text = f"{self.endpoint}\n{self.token}"
        return sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
