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
    """The word of ``good`` nearest to ``wrong`` in any letter case; None where none is near.

    Of several equally near the first. Where none is near, the shortest that begins with ``wrong``:
    ``text-gen`` means ``text-generation``. ``like`` is the least ratio, 0 to 1, of a near word.
    """
    from difflib import SequenceMatcher, get_close_matches

    by_lower = {word.lower(): word for word in reversed(tuple(good))}
    lower = wrong.lower()
    candidates = get_close_matches(lower, list(by_lower), _AS_NEAR, like)
    if candidates:
        ratios = {word: SequenceMatcher(None, word, lower).ratio() for word in candidates}
        candidates = [word for word in candidates if ratios[word] == ratios[candidates[0]]]
        candidates.sort(key=list(reversed(by_lower)).index)
    elif len(lower) > 2:
        candidates = sorted((word for word in by_lower if word.startswith(lower)), key=len)
    return by_lower[candidates[0]] if candidates else None


def did_you_mean(wrong: str, good: Collection[str], end: str = "") -> str:
    """``did you mean X?`` for the nearest of ``good``, with ``end`` behind it; "" for none."""
    word = nearest(wrong, good)
    return f"did you mean {word}{end}?" if word else ""
