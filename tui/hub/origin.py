"""One endpoint's addresses: which URLs are its own, and where a token may go."""

from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from tui.model import Unreadable, clean_line, late
from tui.model.address import HUB_HOSTS

_NEXT = late.pattern(r'<([^<>]*)>\s*;\s*rel="?next\b')
_LOOPBACK = late.pattern(r"localhost|127(?:\.\d{1,3}){3}|::1")
_PORTS = {"http": 80, "https": 443}


class Hop(NamedTuple):
    """Where a redirect leads."""

    url: str
    own: bool  # the same Hub: the login goes along
    moved_to: str | None = None  # the endpoint that the same path now has on another host


class Origin:
    """The endpoint, as ``token.endpoint`` gives it: scheme, host, perhaps a path before the API."""

    __slots__ = ("_base", "_key", "endpoint", "host")

    def __init__(self, endpoint: str) -> None:
        parts = urlsplit(endpoint)
        self.endpoint = endpoint
        self.host = clean_line(parts.netloc)
        self._base = parts.path.rstrip("/")
        self._key = _key(endpoint)

    @property
    def private(self) -> bool:
        """Whether a token can travel unread: by https, or not beyond this machine."""
        scheme, host, _ = self._key
        return scheme == "https" or _LOOPBACK.fullmatch(host) is not None

    def url(self, path: str) -> str:
        """The URL of ``path``, which begins with one slash and so stays on this host."""
        if not path.startswith("/") or path.startswith("//"):
            raise ValueError(f"no path of the endpoint: {path!r}")
        return self.endpoint + path

    def follow(self, url: str, location: str) -> Hop:
        """Where a redirect from ``url`` leads. One that names no query keeps the one of ``url``.

        Another host is not the Hub's own, unless both are names of the Hub. Raises ``Unreadable``
        for what is no plain http(s) address, and for plain http where https was asked.
        """
        try:
            target = urljoin(url, location)
            key = _key(target)
        except ValueError:
            target, key = "", ("", "", None)
        asked, there = urlsplit(url), urlsplit(target)
        if asked.query and not there.query:
            there = there._replace(query=asked.query, fragment="")
        if key == self._key and not there.username:
            return Hop(self.url(self._below(there.geturl())), True)
        if there.username or key[0] not in ("https", asked.scheme) or key[0] not in _PORTS:
            shown = clean_line(there.netloc.rpartition("@")[2])[:80] or "nowhere"
            advice = "open it in a browser, or check HF_ENDPOINT"
            raise Unreadable(f"{self.host} redirects to {shown}, not followed; {advice}")
        own = (
            self._key[1] in HUB_HOSTS and key[1] in HUB_HOSTS and key[0] == self._key[0] == "https"
        )
        moved = there.path == asked.path and not own
        return Hop(there.geturl(), own, f"{key[0]}://{there.netloc}" if moved else None)

    def next(self, link: str) -> str | None:
        """Path and query of the next page that a ``Link`` header names, None on the last page.

        The Hub names huggingface.co also behind a mirror, so the host of the link is not used.
        """
        matched = _NEXT.search(link)
        try:
            path = self._below(matched[1]) if matched else ""
        except ValueError:
            return None
        return path if path.startswith("/api/") else None

    def _below(self, url: str) -> str:
        """Path and query below the endpoint's own path."""
        parts = urlsplit(url)
        path = "/" + parts.path.removeprefix(self._base).lstrip("/")
        return f"{path}?{parts.query}" if parts.query else path


def _key(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
