"""The long form of the storm over one store: 12 processes a round, a third of them killed with -9.

Run it by hand: ``python tests/bench/bench_storm.py [TIMES] [ROUNDS] [SEED]``; it ends with 1 where
anything that was said to be kept is gone, a file is not whole or was set aside.
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.loopback import LoopbackHub, default_world
from tests.shell import warm
from tests.unit.store.storm import APPS, model, storm


def main(times: int = 1, rounds: int = 60, seed: int = 1) -> int:
    """Storm so many times, each over a new store; print what came of it."""
    broken = 0
    world = default_world()
    for number in range(rounds):
        for place in range(APPS):
            world.model(model(number, place))
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    for time in range(times):
        with tempfile.TemporaryDirectory() as folder, LoopbackHub(world) as hub:
            os.environ["HF_HOME"] = f"{folder}/hf"
            report = storm(Path(folder) / "home", hub.url, seed + time, rounds)
        print(
            f"{time + 1}: {report.seconds:.0f} s, {report.processes} processes, "
            f"{report.killed} killed, {report.searches} searches and {report.bookmarks} bookmarks "
            f"said to be kept, {len(report.wrong)} wrong",
            flush=True,
        )
        for line in report.wrong:
            print(f"   {line}")
        broken += bool(report.wrong)
    warm.close()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
