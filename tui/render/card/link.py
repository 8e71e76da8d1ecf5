"""Where the links of a card lead."""

import re
from urllib.parse import quote, urljoin

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_KEPT = "%/:=&?~#+!$,;'@()*[]"  # what quote() leaves alone: the reserved characters and escapes
_BARE = re.compile(r"https://[^\s<>\"'`|]+")
_TRAILING = ".,;:!?*_]"
_SHOWN_LENGTH = 200


class Target:
    """A link while its text is still being read."""

    __slots__ = ("text", "title", "url")

    def __init__(self, url: str, title: str = "") -> None:
        self.url = url
        self.title = title
        self.text: list[str] = []

    @property
    def opens(self) -> bool:
        """Whether the target may be offered for opening: https and nothing else."""
        return self.url[:8].lower() == "https://"

    def label(self) -> str:
        """The text of the link on one line, with its title."""
        text = " ".join("".join(self.text).split())
        return f"{text} ({self.title})" if self.title else text


def resolve(href: str, base: str, folder: str = "blob") -> str | None:
    """The https URL that ``href`` means in a card, None where it is not for opening.

    ``base`` is the repo's page without a slash at its end. A relative path is a file of the repo:
    ``folder`` is ``blob`` for the page about it and ``resolve`` for its content.
    """
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    if not _SCHEME.match(href):
        if not base:
            return None
        try:
            href = urljoin(f"{base}/{folder}/main/", href)
        except ValueError:  # an address in broken brackets
            return None
    return quote(href, safe=_KEPT) if href[:8].lower() == "https://" else None


def shown(href: str) -> str:
    """A target that cannot be opened, as text beside the link; nothing for a place in the card."""
    href = " ".join(href.split())
    if not href or href.startswith("#"):
        return ""
    return href if len(href) <= _SHOWN_LENGTH else f"{href[:_SHOWN_LENGTH]}…"


def split_bare(text: str) -> list[tuple[str, bool]]:
    """``text`` in parts, each with True where it is a bare https URL."""
    parts: list[tuple[str, bool]] = []
    done = 0
    for match in _BARE.finditer(text):
        url = match.group().rstrip(_TRAILING)
        while url.endswith(")") and url.count("(") < url.count(")"):
            url = url[:-1].rstrip(_TRAILING)
        if len(url) <= len("https://"):
            continue
        parts += [(text[done : match.start()], False), (url, True)]
        done = match.start() + len(url)
    return [*parts, (text[done:], False)]


def file_name(href: str) -> str:
    """The last part of a path, to name an image that has no words of its own."""
    if href.strip()[:5].lower() == "data:":
        return "inline data"
    return href.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]
