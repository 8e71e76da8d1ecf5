"""What the matrix is played in: an environment of its own, and little patience."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from tests.paths import CHECKOUT
from tui.commands import _answer as answer
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
    """Wait for nothing longer than a fraction of a second; in this process only."""
    waits = {"TRY_SECONDS": 0.4, "BACKOFF": 0.01, "SHORT_WAIT": 0.1}
    with (
        mock.patch.multiple(requests, **waits),
        mock.patch.multiple(answer, PATIENCE=5.0, STORED_PATIENCE=5.0),
    ):
        yield
