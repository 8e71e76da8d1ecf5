"""The last session's frame: written when the app is left, shown before anything heavy is imported.

The toolkit takes a fifth of a second to import. A frame of this terminal's size that the app left
behind is written at once; the app draws over it. It holds no private repo and says that it is
stored. Where the app cannot start after all, the terminal is given back.
"""

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import Hubscope

_ENTER = b"\x1b[?1049h\x1b[?25l\x1b[H"
_LEAVE = b"\x1b[0m\x1b[999;1H\r\n\x1b[?1049l\x1b[?25h"  # below the frame where that stays
_LARGEST = 256 * 1024  # bytes
_shown = False
_standing: tuple[str, int, int] | None = None


def show() -> bool:
    """Write the kept frame of this terminal's size, where there is one and the app will start.

    Says whether it was.
    """
    global _shown, _standing
    if os.environ.get("TERM", "dumb") == "dumb" or not (os.isatty(0) and os.isatty(1)):
        return False
    from tui.store.paths import home

    try:
        size = os.get_terminal_size()
        with open(_path(home(os.environ).state, size.columns, size.lines), "rb") as file:
            frame = file.read(_LARGEST)
        os.write(1, _ENTER + frame)
    except OSError:
        return False
    _shown = True
    _standing = frame.decode("utf-8", "replace"), size.columns, size.lines
    return True


def app_takes_over() -> tuple[str, int, int] | None:
    """The app draws from here on, and restores the terminal itself.

    Gives the frame that is shown, with its columns and lines.
    """
    global _shown
    shown, _shown = _shown, False
    return _standing if shown else None


def leave() -> None:
    """Give the terminal back where the app could not start after all."""
    if _shown:
        give_back()
        app_takes_over()


def give_back() -> None:
    """Leave the other screen, as far as the terminal is still there."""
    with suppress(OSError):
        os.write(1, _LEAVE)


def keep(app: "Hubscope", folder: str) -> None:
    """Keep what is on the screen for the next start; a frame less where it cannot be written."""
    from tui.store.paths import make_folder
    from tui.terminal import whole_update

    text = app.blank().changes(whole_update(app.screen), *app.screen.size)
    try:
        make_folder(folder)
        path = _path(folder, app.size.width, app.size.height)
        with open(path, "w", encoding="utf-8", opener=_private) as file:
            file.write(text)
    except OSError:
        return


def _path(folder: str, columns: int, lines: int) -> str:
    """Where the frame of a terminal of this size and these signs lies."""
    from tui.plain import signs

    return os.path.join(folder, f"frame-{columns}x{lines}{signs(os.environ).name}")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
