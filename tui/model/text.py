"""The gate for untrusted text: what comes from the wire passes here before anything else sees it.

A terminal obeys control characters wherever they stand, and neither Textual nor Rich removes ESC
from what it draws. So each character that could steer a terminal, reorder a line or hide in it
becomes U+FFFD. Nothing is parsed as a sequence: the letters of ``ESC ] 52`` stay readable.
"""

import unicodedata
from collections.abc import Iterable
from sys import intern

from tui.model import late

_CONTROL = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but \t \n; DEL and C1
    "\u2028\u2029"  # line and paragraph separators
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi marks, embeddings, overrides, isolates
    "\ud800-\udfff"  # lone surrogates: no encoder takes them
    "\U000e0000-\U000e007f"  # tag characters
)
_STEERING = late.pattern(f"[{_CONTROL}]")
_MARK_RUN = 4
_PART = r"\.?[A-Za-z0-9_-][A-Za-z0-9_.-]*"  # of dots alone none is
_ID = late.pattern(rf"{_PART}(?:/{_PART})?")
_ID_LENGTH = 200

REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """Return ``text`` with each steering character replaced by U+FFFD. Idempotent; loses no word.

    ``\\r\\n`` and a lone ``\\r`` are line ends of text files and become ``\\n``.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _STEERING.sub(REPLACEMENT, text)


def clean_line(text: str) -> str:
    """Return ``clean(text)`` on one line, at most four combining marks in a row."""
    if text.isascii() and text.isprintable():
        return text
    text = clean(text).replace("\n", " ").replace("\t", " ")
    if text.isascii():
        return text
    chars: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) or unicodedata.category(char) == "Me" else 0
        if run <= _MARK_RUN:
            chars.append(char)
    return "".join(chars)


def valid_id(repo_id: str) -> bool:
    """Say whether ``repo_id`` can name a repo: ``name`` or ``owner/name``, at most 200 characters.

    ``..`` is refused, also inside a name, so that an id can stand in a URL path as it is.
    """
    return len(repo_id) <= _ID_LENGTH and ".." not in repo_id and _ID.fullmatch(repo_id) is not None


def shared(text: str | None) -> str | None:
    """``text`` interned, one object for all rows that hold it: authors, tasks, licences, tags."""
    return None if text is None else intern(text)


def all_shared(texts: Iterable[str]) -> tuple[str, ...]:
    """``texts``, each interned."""
    return tuple(map(intern, texts))
