"""Fields that the Hub has ceased to tell: left out of a question once it has refused them.

The Hub refuses a whole question for one name of ``expand`` that it does not take, and lists those
that it does: ``✖ Invalid option: expected one of "author"|"baseModels"|…``. Which names it takes
differs by kind and between lists and single repos, and changes.
"""

import re
from urllib.parse import unquote

from tui.hub.faults import error_field
from tui.model import late

_TAKEN = late.pattern(r"expected one of\s+(.+)", re.DOTALL)
_NAME = late.pattern(r'"([\w-]{1,60})"')
_QUESTION = late.pattern(r"/api/(models|datasets|spaces)(/[^?]*)?\?(.*)", re.DOTALL)

Place = tuple[str, bool]  # the kind as the API writes it; whether it is a list


class Expands:
    """The names refused so far, by kind, for lists and single repos apart."""

    __slots__ = ("_refused",)

    def __init__(self) -> None:
        self._refused: dict[Place, frozenset[str]] = {}

    def fitted(self, path: str) -> str:
        """``path`` without the names that its like was refused for."""
        place = _place(path)
        return path if place is None else without(path, self._refused.get(place, frozenset()))

    def refused(self, path: str, body: bytes) -> frozenset[str]:
        """The names of ``path`` that are not among those that the refusal ``body`` lists."""
        question = _QUESTION.fullmatch(path)
        sentence = _TAKEN.search(error_field(body))
        listed = set(_NAME.findall(sentence[1])) if sentence else set()
        if not question or not listed:
            return frozenset()
        names = map(_expanded, question[3].split("&"))
        return frozenset(name for name in names if name and name not in listed)

    def learn(self, path: str, names: frozenset[str]) -> None:
        """Ask for none of ``names`` again where ``path`` was refused for them."""
        place = _place(path)
        if place is not None:
            self._refused[place] = self._refused.get(place, frozenset()) | names


def without(path: str, names: frozenset[str]) -> str:
    """``path`` without these names of ``expand``."""
    if not names:
        return path
    head, _, query = path.partition("?")
    pairs = "&".join(pair for pair in query.split("&") if _expanded(pair) not in names)
    return f"{head}?{pairs}" if pairs else head


def _place(path: str) -> Place | None:
    question = _QUESTION.fullmatch(path)
    return (question[1], question[2] is None) if question else None


def _expanded(pair: str) -> str | None:
    """The field that one pair of a query expands."""
    name, _, value = pair.partition("=")
    return unquote(value) if unquote(name).removesuffix("[]") == "expand" else None
