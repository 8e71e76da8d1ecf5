"""Where answers come from: the store, the Hub, the registry, whose login, and what time it is."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tui.model import Problem
from tui.store.store import Store

if TYPE_CHECKING:
    from asyncio import Task

    from tui.analysis.registry.registry import Registry
    from tui.hub.client import Hub
    from tui.hub.wire import Wire

_ACCOUNT = "account"
_FAILURE_AGE = 600.0  # seconds for which an account that was not told is not asked for again
_HELD_AGE = 5.0  # seconds for which what lies on this machine is not looked at again
ACCOUNT_SECONDS = 3.0  # that somebody waits for it
Ranking = tuple[float, tuple[tuple[str, float], ...]]  # when; ids with their scores


class Sources:
    """Everything an ask needs, opened as late as it can be.

    ``wire`` makes the transport; None means no request may leave (offline). ``universe`` is "hub",
    or "sample" where the transport answers from bundled facts. ``now`` gives seconds since 1970;
    facts that were recorded at another time have it as ``taken_at``, and bring an ``earlier`` look
    at the trending models with them. ``patience`` is how many times as long as usual one waits,
    ``memory`` the bytes that a model may take by the reader's settings.
    """

    __slots__ = (
        "_asked_account",
        "_held",
        "_hub",
        "_known_account",
        "_registry",
        "_token",
        "_told",
        "_who",
        "_wire",
        "censuses",
        "earlier",
        "endpoint",
        "load_registry",
        "machine",
        "memory",
        "now",
        "patience",
        "store",
        "taken_at",
        "universe",
        "use_census",
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
        patience: float = 1.0,
        memory: int | None = None,
    ) -> None:
        self.store = store
        self.endpoint = endpoint
        self.now = now
        self.load_registry = load_registry
        self._token = token
        self.universe = universe
        self.taken_at = taken_at
        self.earlier = earlier
        self.patience = patience
        self.memory = memory
        self.machine: Any = None  # what was found in this run; see tui.ask.machine.probe
        self.use_census = True
        self.censuses: dict[str, Any] = {}  # those opened, by path; see tui.ask.census.held
        self._wire = wire
        self._hub: Hub | None = None
        self._registry: Registry | None = None
        self._who = "" if token is None else self._stored_account()
        self._known_account = token is None or self._who != ""
        self._asked_account: Task[None] | None = None
        self._told: set[str] = set()
        self._held: tuple[float, frozenset[tuple[str, str]]] = (float("-inf"), frozenset())

    @property
    def token(self) -> str | None:
        """The login; None: nobody, also once the Hub did not recognise it."""
        return None if self._hub is not None and self._hub.token is None else self._token

    @property
    def who(self) -> str:
        """The account whose private rows may be read and kept; "" nobody's, or not known."""
        return self._who if self.token is not None else ""

    @property
    def offline(self) -> bool:
        """No request may leave."""
        return self._wire is None

    @property
    def realm(self) -> str:
        """Whose past a figure may be held against: the endpoint's, or the sample's own."""
        return self.universe if self.bundled else self.endpoint

    @property
    def bundled(self) -> bool:
        """The answers came with the program: nothing of them is kept, and there are no files."""
        return self.universe == "sample"

    @property
    def may_count(self) -> bool:
        """A census may be kept here and is to be used: whether it is worth the imports to look."""
        return not self.bundled and self.use_census and self.store.keeps_census

    @property
    def fresh(self) -> str:
        """What an answer of these sources is called when it has just come."""
        return self.universe

    @property
    def held(self) -> str:
        """What an answer of these sources is called that comes from the store."""
        return self.universe if self.bundled else "cache"

    @property
    def notices(self) -> list[str]:
        """Lines to be read beside the answers that nobody has read yet."""
        return self.store.notices

    @property
    def census_folder(self) -> str:
        """Where censuses are kept."""
        return self.store.census_folder

    def settle(self, seconds: float = 5.0) -> bool:
        """Wait until the store has taken what came, at most ``seconds``; say whether it has."""
        return self.store.flush(seconds)

    def shut(self) -> tuple[str, ...]:
        """Let go of the store. A line for each thing asked to be kept that was not."""
        return self.store.close()

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
            from tui.hub.login import source

            assert self._wire is not None, "offline sources have no hub"
            token = self._token and await self._fresh_token()
            self._hub = self._hub or Hub(
                self._wire(),
                self.endpoint,
                token,
                source=source(),
                tell=self.tell,
                now=self._stamp,
            )
        return self._hub

    @property
    def requests_left(self) -> int | None:
        """Requests left in this window as the Hub last said; None before the first answer."""
        return None if self._hub is None else self._hub.budget.left

    async def account(self) -> str:
        """The login's name; "" without a login, or not known. Private rows are stored under it.

        It is asked for once, by what came and is to be stored as this account's own: an answer
        never waits for it. A name is kept for good, and a failure for some minutes, for the Hub
        allows few such questions; while it is not known, private rows are not stored.
        """
        if self._known_account or self.token is None or self.offline:
            return self.who
        from asyncio import ensure_future, shield, wait_for

        if self._asked_account is None:
            self._asked_account = ensure_future(self._ask_account())
        with suppress(TimeoutError):
            await wait_for(shield(self._asked_account), ACCOUNT_SECONDS)
        return self.who

    async def _ask_account(self) -> None:
        failed = self._account_at_hand()
        if isinstance(failed, float) and 0 <= self.now() - failed < _FAILURE_AGE:
            return
        try:
            name = await (await self.hub()).whoami()
        except Problem:
            self._store_account(self.now())
            return
        self._known_account = True
        self._who = name or ""
        self._store_account(self._who)

    @property
    def on_this_machine(self) -> frozenset[tuple[str, str]]:
        """The (kind, id in lower case) of the repos in the Hugging Face cache on this machine."""
        from time import monotonic

        from tui.hub.local_cache import names
        from tui.hub.token import hub_cache

        if monotonic() - self._held[0] > _HELD_AGE:
            self._held = monotonic(), names(hub_cache())
        return self._held[1]

    def owner(self, private: bool | None) -> str | None:
        """Whose an answer is in the store: "" everybody's, else the account's, None: not kept.

        ``private`` None: not known. What was read without a login is everybody's in any case.
        """
        if self.bundled:
            return None
        if private is False or self.token is None:
            return ""
        return self.who or None

    def tell(self, line: str) -> None:
        """Give a line to be read beside the answers; the same one once."""
        if line not in self._told:
            self._told.add(line)
            self.notices.append(line)

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
        name = self._account_at_hand()
        return name if isinstance(name, str) else ""

    def _account_at_hand(self) -> object:
        """The account's name, or when it was asked for in vain."""
        known = self.store.library.session(_ACCOUNT)
        return known.get(self._fingerprint()) if isinstance(known, dict) else None

    def _store_account(self, name_or_time: str | float) -> None:
        self.store.library.put_session(_ACCOUNT, {self._fingerprint(): name_or_time})

    def _fingerprint(self) -> str:
        """Eight digits of a digest: enough to see that the login changed, no way back to it."""
        from hashlib import sha256

        text = f"{self.endpoint}\n{self._token}"
        return sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
