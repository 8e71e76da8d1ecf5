"""The size that a repo's name states: a witness beside what the Hub counts, never alone."""

from tui.model import late

_SIZE = late.pattern(
    r"(?<![A-Za-z0-9.])(?:(\d{1,3})x)?(\d{1,4}(?:\.\d{1,3})?)([BMT])(?![A-Za-z0-9])", late.ANY_CASE
)
_FACTORS = {"b": 1e9, "t": 1e12, "m": 1e6}
_NEAR = 1.6  # names are rounded, and may leave embeddings out
_FAR = 2.5
_MOST_EXPERTS = 40  # times: a name may state one expert (Llama-4-Maverick-17B: 401 B)


def sizes(repo_id: str) -> tuple[float, ...]:
    """The parameters that the name states: ``7B``, ``8x7B``, ``0.6b``; billions before others.

    What is behind a letter, as the active part in ``30B-A3B``, is none.
    """
    matches = _SIZE.findall(repo_id.rpartition("/")[2])
    for unit in _FACTORS:
        stated = [_number(*parts) for parts in matches if parts[2].lower() == unit]
        if stated:
            return tuple(stated)
    return ()


def near(count: float, stated: tuple[float, ...]) -> bool:
    """Whether ``count`` is one of the sizes stated, as roundly as names are."""
    return any(size / _NEAR <= count <= size * _NEAR for size in stated)


def far(count: float, stated: tuple[float, ...]) -> bool:
    """Whether a model so named can hardly have ``count`` parameters."""
    if not stated:
        return False
    return count < min(stated) / _FAR or count > max(stated) * _MOST_EXPERTS


def _number(times: str, size: str, unit: str) -> float:
    return int(times or 1) * float(size) * _FACTORS[unit.lower()]
