"""The commands by what a person wants to do, and the places where each works, in words."""

from tui.keys import COMMANDS, PLACES, Command

_PLACE_WORDS = {"list": "lists", "card": "cards", "diff": "side by side"}
GROUPS: dict[str, tuple[str, ...]] = {
    "move": ("move", "pane.next"),
    "go": ("go", "tab.next", "tab.previous"),
    "hubscope": ("app", "look", "data"),
    "lists": ("search", "list", "row.mark", "row.compare", "pane.preview", "view", "diff", "saved"),
    "a repo": ("row", "tree", "download"),
    "a card": ("find", "card", "tab", "picture"),
    "families": ("family", "figure", "glance"),
    "claims": ("claim",),
}
"""Headings, and under each the areas (the first part of an id) or ids that it holds."""


def grouped() -> dict[str, list[Command]]:
    """The commands under each heading, in the table's order."""
    groups: dict[str, list[Command]] = {heading: [] for heading in GROUPS}
    for command in COMMANDS:
        groups[group_of(command)].append(command)
    return groups


def group_of(command: Command) -> str:
    """The heading that a command stands under: that of its id, else that of its area."""
    area = command.id.partition(".")[0]
    for name in (command.id, area):
        for heading, names in GROUPS.items():
            if name in names:
                return heading
    raise KeyError(command.id)


def where(command: Command) -> str:
    """The places where a command works."""
    if set(command.places) == set(PLACES):
        return "everywhere"
    return ", ".join(_PLACE_WORDS.get(place.name, place.name) for place in command.places)
