"""Errors nobody foresaw: the traceback goes to a file, and one line names it."""

import os
import time
import traceback

_KEPT = 10  # tracebacks kept, the newest
_MOST = 20  # different errors after which there is no going on


class Troubles:
    """The errors of a session, one of each place."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.errors: list[Exception] = []
        self.last_words = ""  # what stands on the terminal after the app has given up

    def take(self, error: Exception) -> str | None:
        """The line to say of an error; None where its like has been said."""
        if place(error) in map(place, self.errors):
            return None
        self.errors.append(error)
        return note(error, self._folder)

    @property
    def bearable(self) -> bool:
        """Whether one can still go on."""
        return len(self.errors) <= _MOST


def note(error: Exception, folder: str) -> str:
    """Write the traceback of ``error`` to a file of ``folder``; returns the line that says so."""
    summary = f"{type(error).__name__}: {error}".partition("\n")[0][:120]
    name = time.strftime("error-%Y%m%d-%H%M%S.txt")
    path = os.path.join(folder, name)
    text = "".join(traceback.format_exception(error))
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(path, "a", encoding="utf-8", errors="replace", opener=_private) as file:
            file.write(text)
        _forget_old(folder)
    except OSError as refused:
        return (
            f"unforeseen error, {summary}; its traceback could not be written: {refused.strerror}"
        )
    home = os.path.expanduser("~")
    shown = f"~{path.removeprefix(home)}" if path.startswith(home + os.sep) else path
    return f"unforeseen error; please report it with {shown} ({summary})"


def place(error: Exception) -> tuple[str, str, int]:
    """Where an error comes from: its kind, file and line; the same fault gives the same place."""
    last = (traceback.extract_tb(error.__traceback__) or [None])[-1]
    return type(error).__name__, last.filename if last else "", (last.lineno or 0) if last else 0


def _forget_old(folder: str) -> None:
    names = sorted(name for name in os.listdir(folder) if name.startswith("error-2"))
    for name in names[:-_KEPT]:
        os.unlink(os.path.join(folder, name))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
