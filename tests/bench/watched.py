"""A process on a terminal, asked more closely: when its first screen is whole, what it spends."""

import os
import time
from pathlib import Path

from tests.bench.bench_app import PATIENCE, Screen

SPARSE = 400  # bytes that are words before a screen, not a screen


class Watched(Screen):
    """See Screen."""

    def settled_at(self, waited: float, quiet: float) -> float:
        """Milliseconds from the start to the last byte before ``quiet`` seconds without one.

        A screen is more than SPARSE bytes; until it comes, it is waited for ``waited`` seconds.
        """
        last, patience = self.begun, waited
        while self._read(patience):
            last = time.perf_counter()
            patience = quiet if len(self.written) > SPARSE else waited
        return (last - self.begun) * 1000

    def time_to(self, key: str, text: bytes) -> float:
        """Milliseconds from a key until ``text`` is written. Raises AssertionError: it never is."""
        before, begun = len(self.written), time.perf_counter()
        os.write(self.fd, key.encode())
        while text not in self.written[before:]:
            assert self._read(PATIENCE), f"never: {text!r}"
        return (time.perf_counter() - begun) * 1000

    def spent(self) -> float:
        """Milliseconds of the processor that the main thread has had."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e6
