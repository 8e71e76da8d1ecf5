"""Ranges of numbers and of times, as the query line writes them."""

import re
from typing import NamedTuple

from tui.model import BadInput, late
from tui.model.when import FLOOR, iso, seconds

_FACTORS = {"": 1.0, "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_AGES = {"h": 3600, "d": 86400, "w": 7 * 86400, "mo": 30 * 86400, "y": 365 * 86400}
_NUMBER = late.pattern(r"(\d+(?:\.\d+)?)([kmbt]?)")
_AGE = late.pattern(r"(\d+)(h|d|w|mo|y)")
_DATE = late.pattern(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_NUMBER_FORMS = "write a..b, >a, >=a, <a or <=a, as in 7b..14b or >1k"
_TIME_FORMS = "write an age or a date, as in <90d, 1w..4w, >2026-01-31 or 2026-01..2026-03"


class Span(NamedTuple):
    """A range of numbers; None is no end, and ``strict`` leaves the ends out."""

    lo: float | None
    hi: float | None
    strict: bool

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies in the range."""
        lo = float("-inf") if self.lo is None else self.lo
        hi = float("inf") if self.hi is None else self.hi
        return lo < value < hi if self.strict else lo <= value <= hi


class Times(NamedTuple):
    """From the first moment inside to the first one after, as ISO text to the second.

    The Hub's ISO form sorts as it stands; "" is no beginning.
    """

    start: str
    end: str

    def holds(self, moment: str) -> bool:
        """Whether ``moment`` lies inside."""
        return self.start <= moment[:19] < self.end

    def created(self, moment: str) -> bool | None:
        """Whether a creation time lies inside; None where it cannot be known.

        One at the Hub's floor is any time up to it: in no span that begins later, in each that
        has no beginning and ends later.
        """
        if moment[:19] != FLOOR or not self.start:
            return self.holds(moment)
        return None if self.start <= FLOOR else False


def number(text: str) -> int | None:
    """A whole number written as ``8192``, ``8k`` or ``1.5m``; None where it is none."""
    match = _NUMBER.fullmatch(text.lower())
    return round(float(match[1]) * _FACTORS[match[2]]) if match else None


def number_span(field: str, text: str) -> Span:
    """The range that ``text`` writes. Raises BadInput with the forms there are."""
    lo, hi, sign = _ends(text)
    if not sign or not (lo or hi):
        raise BadInput(f"{field}:{text} is no range; {_NUMBER_FORMS}")
    ends: list[float | None] = []
    for end in (lo, hi):
        match = _NUMBER.fullmatch(end)
        if end and not match:
            raise BadInput(f"{field}:{text} is no range; {_NUMBER_FORMS}")
        ends.append(float(match[1]) * _FACTORS[match[2]] if match else None)
    return Span(ends[0], ends[1], sign in ("<", ">"))


def time_span(field: str, text: str, now: float) -> Times:
    """The span that ``text`` writes, ages counted from ``now``. Raises BadInput with the forms."""
    lo, hi, sign = _ends(text)
    if not sign:
        hi = lo  # one date is a span of its own
    try:
        if all(_AGE.fullmatch(end) for end in (lo, hi) if end) and (lo or hi) and sign:
            young, old = (_moment(end, now) for end in (lo, hi))
            return Times(old or "", young or "9")
        start, end = (_date_unit(end) for end in (lo, hi))
    except (ValueError, OverflowError, OSError):
        start = end = None
    if start is None and end is None:
        raise BadInput(f"{field}:{text} is no time; {_TIME_FORMS}")
    if sign == ">":
        return Times((start or ("", ""))[1], "9")
    if sign == "<":
        return Times("", (end or ("", "9"))[0])
    return Times((start or ("", ""))[0], (end or ("", "9"))[1])


def _ends(text: str) -> tuple[str, str, str]:
    """The low end, the high end and the sign of a span as written; ("", "", "") for none."""
    match = re.fullmatch(r"(>=|<=|>|<)(.+)", text)
    if match:
        sign, end = match.groups()
        return (end, "", sign) if sign.startswith(">") else ("", end, sign)
    lo, dots, hi = text.partition("..")
    return (lo, hi, dots)


def _moment(age: str, now: float) -> str | None:
    match = _AGE.fullmatch(age)
    return iso(max(now - int(match[1]) * _AGES[match[2]], 0.0))[:19] if match else None


def _date_unit(text: str) -> tuple[str, str] | None:
    """The first moment of a year, month or day, and the first one after it."""
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    start = f"{year:04}-{month:02}-{day:02}"
    moment = seconds(start)
    if moment is None:
        raise ValueError(text)
    if match[3]:
        return f"{start}T00:00:00", iso(moment + 86400)[:19]
    after = (year + month // 12, month % 12 + 1) if match[2] else (year + 1, 1)
    return f"{start}T00:00:00", f"{after[0]:04}-{after[1]:02}-01T00:00:00"
