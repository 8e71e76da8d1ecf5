"""The last session's frame: written when the app is left, shown before anything heavy is imported.

The toolkit takes a fifth of a second to import. A frame of this terminal's size that the app left
behind is written at once; the app draws over it. It holds no private repo and says that it is
stored. Where the app cannot start after all, the terminal is given back.

A frame is shown only where all is as it was: endpoint, login, colours of the terminal and settings
are in its name, the theme behind them; with another theme than the last one no frame is left.
"""

import os
from binascii import crc32
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.app import Hubscope

_ENTER = b"\x1b[?1049h\x1b[?25l\x1b[H"
_LEAVE = b"\x1b[0m\x1b[999;1H\r\n\x1b[?1049l\x1b[?25h"  # below the frame where that stays
_LARGEST = 256 * 1024  # bytes
TOLD = ("HF_ENDPOINT", "HF_TOKEN", "NO_COLOR", "TERM", "COLORTERM", "TEXTUAL_COLOR_SYSTEM")
_FRAME = "frame-"
begun_as = ""  # what the environment said before the command line changed it
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
        folders = home(os.environ)
        begins = named_for(size.columns, size.lines, folders.config_file)
        [name] = [
            file_name for file_name in os.listdir(folders.state) if file_name.startswith(begins)
        ]
        with open(os.path.join(folders.state, name), "rb") as file:
            frame = file.read(_LARGEST)
        os.write(1, _ENTER + frame)
    except (OSError, ValueError):  # unreadable; none, or not one alone
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
    from tui.store.paths import home, make_folder
    from tui.terminal import whole_update

    text = app.blank().changes(whole_update(app.screen), *app.screen.size)
    theme = f".{app.theme}"
    begins = named_for(app.size.width, app.size.height, home(os.environ).config_file)
    try:
        make_folder(folder)
        for name in os.listdir(folder):
            if name.startswith(_FRAME) and not name.endswith(theme):
                os.unlink(os.path.join(folder, name))
        path = os.path.join(folder, f"{begins}{theme}")
        with open(path, "w", encoding="utf-8", opener=_private) as file:
            file.write(text)
    except OSError:
        return


def named_for(columns: int, lines: int, settings: str) -> str:
    """How the name of a frame begins that can be shown now, in the signs of this terminal."""
    from tui.plain import signs

    global begun_as
    if not begun_as:
        states = [os.environ.get(name, "\0") for name in TOLD]
        states += [_state(path) for path in (settings, _login(os.environ))]
        begun_as = f"{crc32(chr(10).join(states).encode('utf-8', 'replace')):08x}"
    return f"{_FRAME}{columns}x{lines}{signs(os.environ).name}-{begun_as}"


def _login(environ: "Mapping[str, str]") -> str:
    """Where a login is kept: who looks is not read, only whether it changed."""
    cache = environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    base = environ.get("HF_HOME") or os.path.join(cache, "huggingface")
    return environ.get("HF_TOKEN_PATH") or os.path.join(base, "token")


def _state(path: str) -> str:
    try:
        stat = os.stat(path)
    except (OSError, ValueError):
        return ""
    return f"{stat.st_mtime_ns} {stat.st_size}"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
