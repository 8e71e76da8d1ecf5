"""Pictures of other hosts: without a login, from hosts that were agreed to, from public addresses.

Nothing of the Hub's goes there: a wire of its own, no token, no cookie, no referrer. A name that
leads into a private network is not followed, and the address that was checked is the one asked.
"""

import socket
from collections.abc import Container
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from tui import __version__
from tui.hub import causes
from tui.hub.deadline import aside
from tui.hub.wire import Answer, Unreached
from tui.model import NotFound, Offline, OtherHost, Problem, Unreadable, clean_line

SCHEMES = ("https",)
_HOPS = 4
SECONDS = 15.0  # for one answer
_NAME_SECONDS = 5.0
_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"https": 443, "http": 80}


class Wire(Protocol):
    """What carries a request to an address of its host."""

    async def get_at(
        self,
        address: str | None,
        url: str,
        headers: dict[str, str],
        *,
        cap: int,
        timeout: float,  # noqa: ASYNC109 - as wire.Wire
    ) -> Answer:
        """Ask for ``url`` once; None: wherever its name leads, as through a proxy."""
        ...


async def picture(wire: Wire, url: str, agreed: Container[str], cap: int) -> bytes:
    """The bytes of a picture of another host, ``cap`` at most.

    Raises OtherHost before anything is asked of a host that is not ``agreed`` to, also where a
    redirect leads there, and Problem for an answer that is none.
    """
    for _ in range(_HOPS + 1):
        host = _host(url)
        if host not in agreed:
            raise OtherHost(host)
        headers = {"accept": "image/*, */*;q=0.1", "user-agent": f"hubscope/{__version__}"}
        address = None if causes.proxy(url) else await _public(url)
        answer = await wire.get_at(address, url, headers, cap=cap, timeout=SECONDS)
        location = answer.headers.get("location")
        if answer.status in _REDIRECTS and location:
            url = _joined(url, location, host)
            continue
        if answer.status in (404, 410):
            raise NotFound(f"{host} has no such picture any more")
        if answer.status != 200:
            raise Problem(f"{host} answered {answer.status}; open the address in a browser")
        return answer.body
    raise Unreadable(f"{host} redirects in circles; open the address in a browser")


def _joined(url: str, location: str, host: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise Unreadable(f"{host} redirects to nowhere; open the address in a browser") from None


def _host(url: str) -> str:
    """The host of an address that may be asked for."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    plain = parts.scheme in SCHEMES and host and not parts.username and not parts.password
    if not plain or port == 0:
        shown = clean_line(host)[:80] or "nowhere"
        raise Unreadable(f"no https address: {shown}; it is not followed")
    return clean_line(host)


async def _public(url: str) -> str:
    """One address of the host, where all of them are public ones."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        resolved = await aside(
            lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), _NAME_SECONDS
        )
    except (OSError, UnicodeError) as error:
        line = f"cannot find {clean_line(host)} on the network; check the connection"
        raise (Offline if isinstance(error, TimeoutError) else Unreached)(line) from None
    addresses = [str(info[4][0]) for info in resolved]
    if not addresses or not all(map(is_public, addresses)):
        raise Unreadable(f"{clean_line(host)} leads into a private network; it is not asked")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the internet at large."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    return bool(inner.is_global) and not inner.is_multicast
