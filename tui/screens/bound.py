"""What is bound on a screen, from the one table of keys."""

from textual.binding import Binding, BindingType

from tui.keys import here
from tui.places import Place


def bindings(place: type[Place], part: str = "") -> list[BindingType]:
    """The bindings of a place, or of one part of its screen, from the one table."""
    return [
        Binding(",".join(command.keys), command.action, command.label, show=False, id=command.id)
        for command in here(place)
        if command.part == part
    ]
