"""What carries a request: the one seam between the client and a network, or the bundled sample."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from tui.model import Offline, Unreadable


class Answer(NamedTuple):
    """One HTTP answer, whole. Redirects are answers too; nothing below the client follows them."""

    status: int
    headers: Mapping[str, str]  # keys in lower case
    body: bytes  # decompressed
    url: str  # the URL that was asked


class BrokenOff(Unreadable):
    """The connection ended before the whole answer was here; asking again may help."""


class Unreached(Offline):
    """No connection came about, and that was clear at once; asking again may help."""


class Wire(Protocol):
    """Something that answers GET requests.

    ``get`` raises ``Offline`` when there is no connection, ``Unreached`` when that is clear at
    once, ``TimedOut`` when ``timeout`` seconds pass before the whole answer is here, ``BrokenOff``
    when it ends too soon, and ``Unreadable`` when its body is over ``cap`` bytes, compressed or
    not. Every status is an answer, not an error.
    """

    async def get(
        self,
        url: str,
        headers: dict[str, str],
        *,
        cap: int,
        timeout: float,  # noqa: ASYNC109 - a wire says which of its waits ran out
    ) -> Answer:
        """Ask for ``url`` once and return the answer."""
        ...

    async def close(self) -> None:
        """Let go of all connections without waiting for the other side."""
        ...
