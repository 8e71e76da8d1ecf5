"""The console script: the last session's frame before anything heavy is imported."""

import os
import sys
from typing import NoReturn

from tui import last_frame, signals


def entry() -> NoReturn:
    """Run the command line. Leaves at once: no thread that waits on a network is waited for."""
    try:
        if len(sys.argv) == 1 and last_frame.show():
            signals.guard(last_frame.leave)
        from tui.cli import entry as run

        run()
    except KeyboardInterrupt:  # while the program is still being read
        os._exit(130)
