"""What the matrix is played in: an environment of its own, and little patience."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from tests.paths import CHECKOUT
from tui.hub import requests


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """A store, a login and a checkout of this run alone."""
    kept = {"PATH", "LANG", "LC_ALL", "TMPDIR"}
    clean = {name: text for name, text in os.environ.items() if name in kept}
    clean |= {"HUBSCOPE_HOME": f"{folder}/home", "HF_HOME": f"{folder}/hf"}
    with mock.patch.dict(os.environ, {**clean, "PYTHONPATH": str(CHECKOUT)}, clear=True):
        yield


@contextmanager
def hasty() -> Iterator[None]:
    """Try again soon, in this process only: how long is waited is shown elsewhere."""
    with mock.patch.multiple(requests, BACKOFF=0.01, SHORT_WAIT=0.1):
        yield
