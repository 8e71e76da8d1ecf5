"""Copying: text to the terminal's clipboard, and to a file where the clipboard is too small."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui.ask.export import keep
from tui.render.clipboard import LONGEST, TooLong, osc52, sent
from tui.screens.chooser import Choice, Chooser
from tui.terminal import write

if TYPE_CHECKING:
    from tui.screens.page import Page

_GENERATIONS = 12  # processes above this one that are looked at


def copy(page: "Page", text: str) -> None:
    """Hand ``text`` to the terminal, and show it for terminals that refuse.

    What may drop it on its way is named at the first time. A text that is too long for that is
    offered to be written to a file.
    """
    app, between = page.hubscope, carrier()
    try:
        write(app, osc52(text, between))
    except TooLong as much:
        _offer_file(page, text, str(much))
        return
    page.say(sent(text, "" if app.copied else between))
    app.copied = True


def _offer_file(page: "Page", text: str, much: str) -> None:
    """Ask whether a file is wanted instead."""

    def chosen(wanted: bool | None) -> None:
        if wanted:
            now = page.hubscope.sources.now()
            page.say(keep(text.split("\n"), "hubscope-copy", "txt", now))
        elif wanted is not None:
            page.say("nothing copied")

    choices = [
        Choice(True, "write a file", f"hubscope-copy-….txt in {os.path.basename(os.getcwd())}"),
        Choice(False, "leave it"),
    ]
    page.app.push_screen(Chooser(f"{much} (at most {LONGEST // 1024} kB)", choices), chosen)


def carrier() -> str:
    """The program between this one and the reader's terminal that is known to matter."""
    if "TMUX" in os.environ:
        return "tmux"
    if "STY" in os.environ:
        return "screen"
    return "mosh" if runs_below("mosh-server") else ""


def runs_below(name: str) -> bool:
    """Whether a process of this name stands above; False where nothing tells."""
    process = os.getppid()
    for _ in range(_GENERATIONS):
        if process <= 1:
            break
        try:
            stat = Path(f"/proc/{process}/stat").read_bytes()
        except OSError:
            break
        command, _, fields = stat.partition(b"(")[2].rpartition(b")")
        if command == name.encode():
            return True
        process = int(fields.split()[1])
    return False
