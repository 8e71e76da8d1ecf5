"""The console script: shows the last session's frame before anything heavy is imported.

The app's toolkit takes a fifth of a second to import. A frame of the same size that the app left
behind is written at once; the app draws over it. It holds no private repo, says that it is
stored, and is shown only where the app itself is about to start.
"""

import sys
from typing import NoReturn

from tui.lastframe import show_last_frame


def entry() -> NoReturn:
    """Run the command line. Leaves at once: no thread that waits on a network is waited for."""
    if len(sys.argv) == 1:
        show_last_frame()
    from tui.cli import entry as run

    run()
