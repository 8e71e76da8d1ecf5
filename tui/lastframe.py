"""The last session's frame: shown before anything heavy is imported, and given back on failure."""

import os

_ENTER, _LEAVE = b"\x1b[?1049h\x1b[?25l\x1b[H", b"\x1b[?1049l\x1b[?25h"
_LARGEST = 256 * 1024  # bytes
_shown = False
_standing: tuple[str, int, int] | None = None


def show_last_frame() -> None:
    """Write the kept frame of this terminal's size, where there is one and the app will start."""
    global _shown, _standing
    if os.environ.get("TERM", "dumb") == "dumb" or not (os.isatty(0) and os.isatty(1)):
        return
    from tui.store.paths import home

    try:
        size = os.get_terminal_size()
        path = frame_path(home(os.environ).state, size.columns, size.lines)
        with open(path, "rb") as file:
            frame = file.read(_LARGEST)
        os.write(1, _ENTER + frame)
    except OSError:
        return
    _shown = True
    _standing = frame.decode("utf-8", "replace"), size.columns, size.lines


def frame_path(folder: str, columns: int, lines: int) -> str:
    """Where the frame for a terminal of this size is kept."""
    return os.path.join(folder, f"frame-{columns}x{lines}")


def app_takes_over() -> tuple[str, int, int] | None:
    """The app draws from here on, and restores the terminal itself.

    Gives the frame that is shown, with its columns and lines.
    """
    global _shown
    shown, _shown = _shown, False
    return _standing if shown else None


def leave_frame() -> None:
    """Give the terminal back where the app could not start after all."""
    if _shown:
        os.write(1, _LEAVE)
        app_takes_over()
