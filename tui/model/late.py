"""Patterns that are compiled when they are first used: a command imports many and needs few."""

import re
from typing import Any, cast

ANY_CASE = re.IGNORECASE | re.ASCII  # compiled in half the time of the former alone


class _Late:
    def __init__(self, text: str, flags: int) -> None:
        self._named = text, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(*self._named), name)
        setattr(self, name, method)  # from now on it is looked up no slower than the pattern's own
        return method


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``, but what is wrong with ``text`` is told by its first use.

    What it gives has a pattern's methods and is none itself.
    """
    return cast("re.Pattern[str]", _Late(text, flags))
