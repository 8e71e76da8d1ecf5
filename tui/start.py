"""The console script: the last session's frame before anything heavy is imported."""

import sys
from typing import NoReturn

from tui import last_frame


def entry() -> NoReturn:
    """Run the command line. Leaves at once: no thread that waits on a network is waited for."""
    if len(sys.argv) == 1:
        last_frame.show()
    from tui.cli import entry as run

    run()
