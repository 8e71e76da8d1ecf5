"""The reader's own keys: what he chose, as far as it can be had."""

from collections.abc import Iterable, Mapping

from tui.key_names import named, shown
from tui.keys import COMMANDS

# Keys that terminals and multiplexers take for themselves.
FORBIDDEN = ("ctrl+b", "ctrl+a", "ctrl+left_square_bracket")


def remap(chosen: Mapping[str, Iterable[str]]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The keys of each command after the user's choice, and a line for each choice not taken.

    A choice is refused where it names no command, a forbidden key, or a key that another command
    of the same place has.
    """
    keys = {command.id: command.keys for command in COMMANDS}
    refused: list[str] = []
    for command_id, typed_keys in chosen.items():
        names = tuple(named(key) for key in typed_keys)
        if command_id not in keys:
            refused.append(f"no command {command_id}; `?` lists them")
        elif banned := next((name for name in names if name in FORBIDDEN), None):
            refused.append(f"{shown(banned)} belongs to the terminal; {command_id} keeps its key")
        elif clash := _clash(keys | {command_id: names}, command_id):
            refused.append(f"{clash} has the key wanted for {command_id}; it keeps its own")
        else:
            keys[command_id] = names
    return keys, refused


def changed(pressed: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The keys, joined by commas, of those commands that no longer have the keys of the table.

    Textual applies a keymap to every binding in reach at each press of a key, in the square of
    their number: what stays as it is must not be in it.
    """
    usual = {command.id: command.keys for command in COMMANDS}
    return {name: ",".join(keys) for name, keys in pressed.items() if keys != usual[name]}


def _clash(keys: Mapping[str, tuple[str, ...]], command_id: str) -> str | None:
    places = {command.id: set(command.places) for command in COMMANDS}
    for other_id, other_keys in keys.items():
        shared = set(other_keys) & set(keys[command_id])
        if other_id != command_id and shared and places[other_id] & places[command_id]:
            return other_id
    return None
