"""The console script: the last session's frame before anything heavy is imported."""

import gc
import os
import sys
from typing import NoReturn

from tui import last_frame, signals


def entry() -> NoReturn:
    """Run the command line. Leaves at once: no thread that waits on a network is waited for.

    Nothing that is imported is ever garbage: the collector begins when it has all been read.
    """
    gc.disable()
    try:
        if len(sys.argv) == 1 and last_frame.show():
            signals.guard(last_frame.leave)
        from tui.cli import entry as run

        run()
    except KeyboardInterrupt:  # while the program is still being read
        os._exit(130)
