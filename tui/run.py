"""The app from its first byte on the terminal to its last."""

import sys

from tui import last_frame, signals, terminal
from tui.app import Hubscope


def run(app: Hubscope, *, mouse: bool) -> int:
    """Run the app until its reader leaves; returns the exit code.

    What he asked to be kept is waited for then; a line on standard error tells what was not.
    """
    began_with = app.sources
    if shown := last_frame.app_takes_over():
        app.take_over(*shown)

    def give_back() -> None:
        if not terminal.give_back(app) and shown:
            last_frame.give_back()

    signals.guard(give_back)
    lines: list[str] = []
    try:
        app.run(mouse=mouse, size=signals.size_to_begin_with())
    finally:
        for opened in {began_with.store, app.sources.store}:
            lines += opened.close()  # what was said to be kept is on the disk
        lost = bool(lines)
        lines += filter(None, [app.troubles.last_words])
        for line in lines:
            print(f"hubscope: {line}", file=sys.stderr)  # noqa: T201  # the terminal is whole
    return 1 if lost else app.return_code or 0
