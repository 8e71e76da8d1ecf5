"""JSON from a stranger: read under caps, then taken apart field by field without an exception.

A field of the wrong type is None, as one that is absent. Text is cleaned here and nowhere else.
"""

import json
import math
from typing import Any

from tui.model import Unreadable, clean, clean_line, late, valid_id

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 64
MAX_DIGITS = 32
_MAX_INT = 2**63 - 1  # what SQLite and every other language can hold
_BRANCHES = frozenset((dict, list))
_AS_ZERO = bytes.maketrans(b"123456789", b"0" * 9)
_LONG = b"0" * MAX_DIGITS
_TIME = late.pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
_HEX = late.pattern(r"[0-9a-f]{24,64}")


def load(body: bytes) -> Any:
    """The JSON value of ``body``.

    Raises ``Unreadable`` for what is no JSON, is empty, over 32 MiB, nested deeper than 64, or
    holds NaN, Infinity or an integer of more than 32 digits.
    """
    if not body.strip():
        raise _unreadable("is empty")
    if len(body) > MAX_BYTES:
        raise _unreadable("is too large")
    long = _LONG in body.translate(_AS_ZERO)  # else no number need be looked at
    try:
        value = json.loads(
            body.decode("utf-8-sig", "replace"),
            parse_int=_int if long else None,
            parse_constant=_refuse,
        )
    except RecursionError:
        raise _unreadable("is nested too deep") from None
    except ValueError:
        raise _unreadable("is no JSON") from None
    if _deeper_than(value, MAX_DEPTH):
        raise _unreadable("is nested too deep")
    return value


def load_list(body: bytes) -> list[Any]:
    """``load``, where the answer must be a list."""
    value = load(body)
    if not isinstance(value, list):
        raise _unreadable("is no list")
    return value


def load_dict(body: bytes) -> dict[str, Any]:
    """``load``, where the answer must be an object."""
    value = load(body)
    if not isinstance(value, dict):
        raise _unreadable("is no object")
    return value


def line(value: object) -> str | None:
    """Text for one line of a screen; None when it is no text or blank."""
    return clean_line(value).strip() or None if isinstance(value, str) else None


def text(value: object) -> str | None:
    """Text of several lines; None when it is no text or blank."""
    return clean(value).strip() or None if isinstance(value, str) else None


def lines(value: object) -> tuple[str, ...]:
    """A list of lines, also from one string alone, as cards write ``license`` or ``language``."""
    items = value if isinstance(value, list) else [value]
    joined = _joined(items)
    if joined.isascii() and joined.isprintable():
        return tuple(filter(None, map(str.strip, items)))
    return tuple(cleaned for cleaned in map(line, items) if cleaned)


def ids(value: object) -> tuple[str, ...]:
    """The valid repo ids of a list of ids, or of objects with an ``id``; each once, in order."""
    items = value if isinstance(value, list) else [value]
    names = (mapping(item).get("id") if isinstance(item, dict) else item for item in items)
    valid = (name for name in names if isinstance(name, str) and valid_id(name))
    return tuple(dict.fromkeys(valid))


def count(value: object) -> int | None:
    """A whole number from 0 to 2**63 - 1."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= _MAX_INT else None


def number(value: object) -> float | None:
    """Any finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) else None


def truth(value: object) -> bool | None:
    """True or false, and nothing that resembles it."""
    return value if isinstance(value, bool) else None


def moment(value: object) -> str | None:
    """A time as the Hub writes it: ISO 8601 in UTC with a ``Z``."""
    return value if isinstance(value, str) and _TIME.fullmatch(value) else None


def digest(value: object) -> str | None:
    """Hex digits of a commit or of the Hub's own id."""
    return value if isinstance(value, str) and _HEX.fullmatch(value) else None


def mapping(value: object) -> dict[str, Any]:
    """An object, empty when it is something else."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def counts(value: object) -> dict[str, int]:
    """The names of an object whose values are whole numbers."""
    amounts = ((line(name), count(amount)) for name, amount in mapping(value).items())
    return {name: amount for name, amount in amounts if name and amount is not None}


def plain(value: object) -> Any:
    """A value of free form with all its text cleaned, and no number that JSON cannot write."""
    if isinstance(value, dict):
        return {clean_line(str(name)): plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return clean(value)
    return value if isinstance(value, bool) else number(value)


def words_alone(items: list[Any]) -> bool:
    """Whether all items are text of plain ASCII without a blank: as they are when cleaned."""
    joined = _joined(items)
    return joined.isascii() and joined.isprintable() and " " not in joined


def _joined(items: list[Any]) -> str:
    """All items as one text, to be asked once for all of them; a blank line where one is none."""
    try:
        return "".join(items)
    except TypeError:
        return "\n"


def _unreadable(how: str) -> Unreadable:
    return Unreadable(f"the Hub's answer {how}; try again, or check HF_ENDPOINT")


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _unreadable("holds an absurd number")
    return int(digits)


def _refuse(name: str) -> None:
    raise _unreadable(f"holds {name}")


def _deeper_than(value: Any, limit: int) -> bool:
    level = [value] if type(value) in _BRANCHES else []
    for _ in range(limit + 1):
        below = (node.values() if type(node) is dict else node for node in level)
        level = [
            child
            for children in below
            if not _BRANCHES.isdisjoint(map(type, children))
            for child in children
            if type(child) in _BRANCHES
        ]
        if not level:
            return False
    return True
