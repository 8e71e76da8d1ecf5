"""The wire over a network: the one file that names httpx2.

HTTP/1.1 with connections kept alive; proxies and certificates as the environment says. No cookie
is kept, no redirect followed, nothing sent that the caller did not name.
"""

import asyncio
import socket
import threading
import time
from contextlib import suppress
from functools import partial
from importlib import import_module
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.hub import causes
from tui.hub.deadline import aside
from tui.hub.wire import Answer, BrokenOff, Unreached
from tui.model import BadInput, Offline, Problem, TimedOut, Unreadable, clean_line

if TYPE_CHECKING:
    import httpx2

CONNECT_SECONDS = 10.0  # a name service or a VPN takes its time; as huggingface_hub waits
_CLOSE_SECONDS = 0.1
_NAME_AGE = 15.0  # seconds that an answer vouches for the name's look-up
_CONNECTIONS = 8
_IMPORT_SECONDS = 60.0  # from a cold disk
_FIRST_CONNECTION = "anyio._backends._asyncio"  # imported with it, on the loop


class HttpWire:
    """Requests through a pool of connections with TLS and one without; see ``wire.Wire``.

    The certificates, which take longer to read than all the rest, are read where TLS is spoken.
    ``patience``: how many times as long as usual is waited, on a slow line.
    """

    def __init__(self, patience: float = 1.0) -> None:
        self._patience = patience
        self._clients: dict[bool, httpx2.AsyncClient] = {}  # by whether they speak TLS
        self._building = threading.Lock()
        self._answered: dict[str, float] = {}  # host: when it last answered

    async def get(
        self,
        url: str,
        headers: dict[str, str],
        *,
        cap: int,
        timeout: float,  # noqa: ASYNC109 - the wire's own contract
    ) -> Answer:
        """Ask for ``url`` once; the errors are those of ``wire.Wire``."""
        return await self.get_at(None, url, headers, cap=cap, timeout=timeout)

    async def get_at(
        self,
        address: str | None,
        url: str,
        headers: dict[str, str],
        *,
        cap: int,
        timeout: float,  # noqa: ASYNC109 - the wire's own contract
    ) -> Answer:
        """As ``get``, from this address of the host: its name is not looked up again."""
        host = clean_line(urlsplit(url).netloc.rpartition("@")[2])
        timeout *= self._patience
        try:
            async with asyncio.timeout(timeout):
                return await self._ask(url, headers, cap, host, address)
        except TimeoutError:
            line = f"{host} did not answer within {timeout:.0f} s; try again"
            raise TimedOut(line) from None

    async def close(self) -> None:
        """Drop the connections. A server that does not react is left after a tenth of a second."""
        clients, self._clients = self._clients, {}
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                for client in clients.values():
                    await client.aclose()
        except TimeoutError:
            return

    async def _ask(
        self, url: str, headers: dict[str, str], cap: int, host: str, address: str | None
    ) -> Answer:
        client = await self._client(causes.speaks_tls(url))
        import httpx2

        headers, target, more = {"accept-encoding": "gzip", **headers}, url, {}
        if address is None:
            await self._check_name(url, host)
        else:
            there = httpx2.URL(url)
            target = str(there.copy_with(host=address))
            headers["host"] = there.netloc.decode("ascii")
            more = {"sni_hostname": there.host}  # the certificate is to be the host's
        try:
            async with client.stream("GET", target, headers=headers, extensions=more) as response:
                body = await _read(response, cap, host)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError) as error:
            raise _problem(error, url, host) from None
        self._answered[host] = time.monotonic()
        answer_headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, answer_headers, body, url)

    async def _client(self, secure: bool) -> "httpx2.AsyncClient":
        """The client for https, or for http. Importing its stack takes a while: not on the loop."""
        if secure not in self._clients:
            await aside(partial(self._make, secure), _IMPORT_SECONDS)
        return self._clients[secure]

    def _make(self, secure: bool) -> None:
        with self._building:
            if secure not in self._clients:
                self._clients[secure] = _client(CONNECT_SECONDS * self._patience, secure)

    async def _check_name(self, url: str, host: str) -> None:
        """Find a dead name service before the HTTP stack does.

        Its look-up runs in a thread that the interpreter waits for at exit, ours does not.
        """
        name = urlsplit(url).hostname
        answered = self._answered.get(host)
        known = answered is not None and time.monotonic() - answered < _NAME_AGE
        if known or _is_address(name or "") or causes.proxy(url):
            return
        try:
            await aside(lambda: socket.getaddrinfo(name, None), CONNECT_SECONDS * self._patience)
        except (OSError, UnicodeError) as error:
            line = f"cannot find {host} on the network; check the connection or HF_ENDPOINT"
            raise (Offline if isinstance(error, TimeoutError) else Unreached)(line) from None


def _client(connect: float, secure: bool) -> "httpx2.AsyncClient":
    """A client that speaks TLS to hosts, or one that trusts no host: it is not asked to.

    Raises ``Offline`` where the proxy or the certificates that the environment names are unusable.
    """
    from http.cookiejar import DefaultCookiePolicy
    from ssl import PROTOCOL_TLS_CLIENT, SSLContext

    import httpx2

    with suppress(ImportError):
        import_module(_FIRST_CONNECTION)
    try:
        client = httpx2.AsyncClient(
            follow_redirects=False,
            trust_env=True,
            verify=True if secure else SSLContext(PROTOCOL_TLS_CLIENT),
            timeout=httpx2.Timeout(None, connect=connect),
            limits=httpx2.Limits(max_connections=_CONNECTIONS, keepalive_expiry=30.0),
        )
    except (ValueError, ImportError, OSError, httpx2.InvalidURL):
        raise Offline(causes.unusable()) from None
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def _read(response: "httpx2.Response", cap: int, host: str) -> bytes:
    """The decompressed body, given up as soon as it is over the cap in either form."""
    too_long = Unreadable(f"the answer of {host} is over {cap / 2**20:.0f} MiB; it was not read")
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if max(size, response.num_bytes_downloaded) > cap:
            raise too_long
        chunks.append(chunk)
    if response.num_bytes_downloaded > cap:  # what unpacks to nothing makes no chunk
        raise too_long
    return b"".join(chunks)


def _problem(error: Exception, url: str, host: str) -> Problem:
    """The line for an error of the stack. Its own words may quote a header and are not shown."""
    import httpx2

    if isinstance(error, httpx2.ConnectTimeout):
        return Offline(f"cannot reach {host}: no connection in time; check the network")
    if isinstance(error, httpx2.ConnectError | httpx2.ProxyError):
        if "CERTIFICATE" in str(error).upper():
            return Offline(causes.untrusted(host))
        return Unreached(causes.unreachable(url, host))
    if isinstance(error, httpx2.DecodingError):
        return Unreadable(f"the answer of {host} cannot be unpacked; try again")
    if isinstance(
        error,
        httpx2.UnsupportedProtocol | httpx2.LocalProtocolError | httpx2.InvalidURL | UnicodeError,
    ):
        return BadInput(f"no request can be sent to {host}; check HF_ENDPOINT and HF_TOKEN")
    return BrokenOff(f"the connection to {host} broke off; try again")
