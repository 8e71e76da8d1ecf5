"""What a word of the query line can go on with, on one line."""

from collections.abc import Sequence

from tui.render.spans import width

_GAP = "  "


def line(choices: Sequence[str], at: int | None, cells: int) -> str:
    """The choices as far as they go into ``cells``, the one at ``at`` in ``‹ ›``, and how many."""
    place = f"{len(choices)}" if at is None else f"{at + 1} of {len(choices)}"
    room = cells - len(place) - 4
    first = 0 if at is None else _first(choices, at, room)
    words: list[str] = []
    used = 0
    for number, choice in enumerate(choices[first:], first):
        word = f"‹{choice}›" if number == at else choice
        used += width(word) + len(_GAP)
        if used > room and words:
            words.append("…")
            break
        words.append(word)
    return f"{place}:{_GAP}{_GAP.join(words)}"


def _first(choices: Sequence[str], at: int, room: int) -> int:
    """The first choice of the page that ``at`` is on."""
    first, used = 0, 0
    for number, choice in enumerate(choices[: at + 1]):
        used += width(choice) + len(_GAP) + 2 * (number == at)
        if used > room and number > first:
            first, used = number, width(choice) + len(_GAP)
    return first
