"""The nearest good word to a wrong one."""

from collections.abc import Collection

_AS_NEAR = 8  # candidates that are looked at closely
_LIKE = 0.65  # of difflib's ratio, for the few words of a closed set
COUNTRIES = {
    **dict.fromkeys(("CHINA", "CHINESE", "PRC"), "CN"),
    **dict.fromkeys(("USA", "AMERICA", "AMERICAN"), "US"),
    **dict.fromkeys(("UK", "BRITAIN", "ENGLAND"), "GB"),
    **dict.fromkeys(("FRANCE", "FRENCH"), "FR"),
    **dict.fromkeys(("GERMANY", "GERMAN"), "DE"),
    **dict.fromkeys(("KOREA", "KOREAN"), "KR"),
    **dict.fromkeys(("JAPAN", "JAPANESE"), "JP"),
    **dict.fromkeys(("CANADA", "CANADIAN"), "CA"),
    **dict.fromkeys(("INDIA", "INDIAN"), "IN"),
    **dict.fromkeys(("ISRAEL", "ISRAELI"), "IL"),
    **dict.fromkeys(("EMIRATES", "UAE"), "AE"),
    **dict.fromkeys(("SINGAPORE",), "SG"),
    **dict.fromkeys(("SWITZERLAND", "SWISS"), "CH"),
    **dict.fromkeys(("UNKNOWN", "NONE", "?"), "??"),
}
"""Names that people write for a country, and its code of two letters (ISO 3166-1)."""


def nearest(wrong: str, good: Collection[str], like: float = _LIKE) -> str | None:
    """The one of ``good`` that ``wrong`` comes nearest to in any case; None where none is near.

    Of several as near the first. Where none is, one that begins so: ``text-gen`` means
    ``text-generation``.
    """
    from difflib import SequenceMatcher, get_close_matches

    by_lower = {one.lower(): one for one in reversed(tuple(good))}
    lower = wrong.lower()
    found = get_close_matches(lower, list(by_lower), _AS_NEAR, like)
    if found:
        near = {one: SequenceMatcher(None, one, lower).ratio() for one in found}
        found = [one for one in found if near[one] == near[found[0]]]
        found.sort(key=list(reversed(by_lower)).index)
    elif len(lower) > 2:
        found = sorted((one for one in by_lower if one.startswith(lower)), key=len)
    return by_lower[found[0]] if found else None


def did_you_mean(wrong: str, good: Collection[str], end: str = "") -> str:
    """``did you mean X?`` for the nearest of ``good``, with ``end`` behind it; "" for none."""
    found = nearest(wrong, good)
    return f"did you mean {found}{end}?" if found else ""
