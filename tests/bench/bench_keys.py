"""Sessions of random keys on a Hub that answers late: how many end in an error nobody foresaw.

Run it by hand: ``python tests/bench/bench_keys.py [SESSIONS [FIRST]]``. A session is told by its
number alone. Its lines name the sessions that failed; the exit code is 1 where one did.
"""

import asyncio
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.app.random_keys import KEYS, play
from tests.app.stage import Clock, Stage
from tests.loopback import LoopbackHub

SESSIONS = 500


def main() -> int:
    """Play the sessions, each on a Hub and a store of its own."""
    words = [int(word) for word in sys.argv[1:]]
    count, first = [*words, *(SESSIONS, 0)[len(words) :]]
    failed, begun = 0, time.monotonic()
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder, LoopbackHub() as hub:
            os.environ.update(HUBSCOPE_HOME=f"{folder}/home", HF_HOME=f"{folder}/hf")
            os.environ["HF_ENDPOINT"] = hub.url
            os.chdir(folder)
            try:
                asyncio.run(play(hub, Stage(hub.url, Clock()), seed))
            except Exception as error:
                failed += 1
                line = traceback.format_exception_only(error)[-1].strip()
                place = traceback.extract_tb(error.__traceback__)[-1]
                sys.stdout.write(f"{seed}: {line} ({place.filename}:{place.lineno})\n")
                sys.stdout.flush()
            os.chdir("/")
    took = time.monotonic() - begun
    sys.stdout.write(f"{failed} of {count} sessions of {KEYS} keys failed, in {took:.0f} s\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
