"""The key table of the README, made from ``tui.keys``: ``python -m tests.keys_table`` prints it."""

import sys

from tui.key_groups import where
from tui.key_names import shown
from tui.keys import COMMANDS, Command

BEGIN, END = "<!-- keys -->", "<!-- /keys -->"


def table() -> str:
    """Every command as a row of a Markdown table: keys, what it does, where."""
    rows = ["| key | what it does | where |", "|---|---|---|"]
    return "\n".join(rows + [_row(command) for command in COMMANDS])


def between_markers(text: str) -> str:
    """What stands between the markers in ``text``; ValueError where they are missing."""
    return text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip()


def _row(command: Command) -> str:
    pressed = " ".join(f"`{shown(key)}`" for key in command.keys)
    return f"| {pressed} | {command.help} | {where(command)} |"


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
