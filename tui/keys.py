"""The one table of commands. Bindings, footer, help, palette and README are made from it."""

from collections.abc import Mapping
from typing import NamedTuple

LIST, CARD, HELP = "list", "card", "help"
PLACES = (LIST, CARD)


class Command(NamedTuple):
    """One thing a person can do. ``action`` is the name a screen answers to."""

    id: str  # "area.verb": what a remapping names
    keys: tuple[str, ...]  # as the terminal toolkit names them
    action: str
    label: str  # two words for the footer
    help: str  # one sentence
    places: tuple[str, ...] = PLACES
    footer: int = 0  # 0: not in the footer, else its place there


COMMANDS = (
    Command("move.down", ("j", "down"), "move(1)", "down", "Move down one row."),
    Command("move.up", ("k", "up"), "move(-1)", "up", "Move up one row."),
    Command("move.half_down", ("ctrl+d",), "half(1)", "half page down", "Move down half a page."),
    Command("move.half_up", ("ctrl+u",), "half(-1)", "half page up", "Move up half a page."),
    Command("move.page_down", ("pagedown",), "page(1)", "page down", "Move down a page."),
    Command("move.page_up", ("pageup",), "page(-1)", "page up", "Move up a page."),
    Command("move.top", ("g", "home"), "edge(-1)", "top", "Go to the first row."),
    Command("move.bottom", ("G", "end"), "edge(1)", "bottom", "Go to the last row."),
    Command(
        "row.open",
        ("enter",),
        "open_row",
        "card",
        "Open the card of the highlighted repo.",
        (LIST,),
        1,
    ),
    Command(
        "go.back",
        ("escape",),
        "back",
        "back",
        "Go one level back; never leaves hubscope.",
        footer=8,
    ),
    Command(
        "go.quit",
        ("q",),
        "leave",
        "quit",
        "Go one level back; at the root, leave hubscope.",
        footer=9,
    ),
    Command(
        "data.refresh",
        ("r",),
        "refresh_view",
        "refresh",
        "Ask the Hub again, or show what is new.",
        footer=6,
    ),
    Command(
        "list.next_kind",
        ("right_square_bracket",),
        "inner(1)",
        "next kind",
        "Next of models, datasets, Spaces; on a card, the next tab.",
    ),
    Command(
        "list.previous_kind",
        ("left_square_bracket",),
        "inner(-1)",
        "previous kind",
        "Previous of models, datasets, Spaces; on a card, the previous tab.",
    ),
    Command(
        "app.help",
        ("question_mark",),
        "help",
        "help",
        "List what works here, and run it.",
        footer=10,
    ),
)

_NAMES = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "plus": "+",
    "minus": "-",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "enter": "⏎",
    "escape": "Esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "tab": "Tab",
    "space": "space",
}


def shown(key: str) -> str:
    """A key as people write it: ``]``, ``⏎``, ``ctrl+d``."""
    return _NAMES.get(key, key)


def here(place: str) -> list[Command]:
    """The commands that work in ``place``, in the table's order."""
    return [command for command in COMMANDS if place in command.places]


def keys_of(command: Command, remapped: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The keys of a command after the user's own choice."""
    return remapped.get(command.id, command.keys)
