"""Link references, which a card may define far below the text that uses them."""

import re
from typing import Any

_DEFINITION = re.compile(r" {0,3}\[(?!\^)([^\]\n]{1,300})\]:[ \t]*\S[^\n]{0,2000}")
_USE = re.compile(r"\[([^\[\]]{1,300})\]")
_MOST_TRIES = 2000
_MOST_AT_ONCE = 40


class References:
    """The first 2,000 definitions of a card, read one by one when a section uses them."""

    def __init__(self, source: str) -> None:
        self.env: dict[str, Any] = {"references": {}}
        self._waiting: dict[str, str] = {}
        at = source.find("]:")
        for _ in range(_MOST_TRIES):
            if at < 0:
                break
            start = source.rfind("\n", max(0, at - 310), at) + 1
            if match := _DEFINITION.match(source, start):
                self._waiting.setdefault(_label(match[1]), match[0])
            at = source.find("]:", at + 2)

    def used_by(self, text: str) -> str:
        """The definitions that ``text`` uses and that were not asked for before, at most 40."""
        if not self._waiting:
            return ""
        definitions: list[str] = []
        for use in _USE.finditer(text):
            definition = self._waiting.pop(_label(use[1]), None)
            if definition is not None:
                definitions.append(definition)
            if len(definitions) == _MOST_AT_ONCE:
                break
        return "\n".join(definitions)


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()
