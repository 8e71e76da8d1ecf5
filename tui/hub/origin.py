"""One endpoint's addresses: which URLs are its own, and where a token may go."""

import re
from urllib.parse import urljoin, urlsplit

from tui.model import Unreadable, clean_line

_NEXT = re.compile(r'<([^<>]*)>\s*;\s*rel="?next\b')
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
_PORTS = {"http": 80, "https": 443}


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

    def redirected(self, url: str, location: str) -> str:
        """Path and query that a redirect from ``url`` leads to.

        Raises ``Unreadable`` when it leads to another host, scheme or port.
        """
        try:
            target = urljoin(url, location)
            own = _key(target) == self._key
        except ValueError:
            target, own = "", False
        if not own:
            shown = clean_line(urlsplit(target).netloc.rpartition("@")[2])[:80] or "nowhere"
            advice = "open it in a browser, or check HF_ENDPOINT"
            raise Unreadable(f"{self.host} redirects to {shown}, not followed; {advice}")
        return self._below(target)

    def next(self, link: str) -> str | None:
        """Path and query of the next page that a ``Link`` header names, None on the last page.

        The Hub names huggingface.co also behind a mirror, so the host of the link is not used.
        """
        found = _NEXT.search(link)
        try:
            path = self._below(found[1]) if found else ""
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
