"""``python -m tui`` is the command ``hubscope``."""

from tui.start import entry

if __name__ == "__main__":
    entry()
