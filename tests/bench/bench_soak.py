"""Random keys for minutes against a Hub that changes and fails: does anything pile up?

Run it by hand: ``python tests/bench/bench_soak.py [MINUTES [SEED]]``. It prints a table by minute:
keys, memory, tasks, open files and sockets, threads. The exit code is 1 where memory at the end is
over 1.2 times that of minute 2, where anything is left after the app has ended, or at an error
nobody foresaw.
"""

import asyncio
import gc
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.app.random_keys import step
from tests.app.stage import NOW, AppPilot, Clock, Stage, hubscope, wait_for
from tests.loopback import LoopbackHub, faults
from tests.matrix.scene import world

MINUTES = 10.0
GROWTH = 1.2
EVERY = 60.0  # seconds between two looks
REST = 0.02  # seconds between two keys, at most
TROUBLES = (faults.respond(503), faults.half_body, faults.garbage, faults.hang_up, faults.busy)


class Look(NamedTuple):
    """What the process holds at one time."""

    seconds: float
    keys: int  # pressed until then
    memory: int  # bytes that are resident
    blocks: int  # of memory that Python objects take
    tasks: int
    files: int
    sockets: int
    threads: int

    def __str__(self) -> str:
        return (
            f"{self.seconds / 60:6.1f} {self.keys:8,} {self.memory / 2**20:8.1f} {self.blocks:11,}"
            f" {self.tasks:6} {self.files:6} {self.sockets:8} {self.threads:8}"
        )


HEAD = "minute     keys      MiB      blocks  tasks  files  sockets  threads"


def look(begun: float, keys: int = 0) -> Look:
    """Count what this process holds."""
    gc.collect()
    opened = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            opened.append(os.readlink(descriptor))
        except FileNotFoundError:  # the one of this look
            continue
    kinds = Counter("socket" if name.startswith("socket:") else "file" for name in opened)
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    return Look(
        time.monotonic() - begun,
        keys,
        resident,
        sys.getallocatedblocks(),
        len(asyncio.all_tasks()),
        kinds["file"],
        kinds["socket"],
        threading.active_count(),
    )


def serve() -> None:
    """A Hub that changes: rows come, figures move, some answers are none. For a child process."""
    chance = random.Random(1)
    with LoopbackHub(world()) as hub:
        print(hub.url, flush=True)
        for number in range(10**9):
            time.sleep(0.2)
            hub.requests.clear()
            models = hub.world.repos["models"]
            moved = chance.choice(list(models.values()))
            moved.facts["downloads"] = chance.randrange(10**7)
            moved.facts["trendingScore"] = chance.random() * 50
            if number % 25 == 0:  # the world stays as large as it is
                models.pop(f"fresh/row-{number - 2500}", None)
                hub.world.model(f"fresh/row-{number}", trendingScore=chance.random() * 99)
            if number % 10 == 0:
                hub.clear_faults()
            elif chance.random() < 0.1:
                hub.fault("/", chance.choice(TROUBLES), times=3)


async def soak(url: str, minutes: float, seed: int) -> list[str]:
    """Press keys; returns what is wrong."""
    chance, begun, looks = random.Random(seed), time.monotonic(), []
    clock = Clock()
    idle = look(begun)
    end, due, keys = begun + minutes * 60, begun + EVERY, 0
    print(f"{HEAD}\n{idle}  before the app", flush=True)
    async with Stage(url, clock).play((80, 24)) as pilot:
        while time.monotonic() < end and _plays(pilot):
            await step(pilot, chance, stay=True)
            keys += 1
            await asyncio.sleep(chance.random() * REST)
            clock.now = NOW + time.monotonic() - begun
            if time.monotonic() >= due:
                due += EVERY
                await asyncio.sleep(0.5)  # what the last keys set going
                looks.append(look(begun, keys))
                print(looks[-1], flush=True)
        hubscope(pilot).action_end()
        await wait_for(pilot, lambda: not pilot.app.is_running, "an end")
    await asyncio.sleep(0.5)
    after = look(begun, keys)
    print(f"{after}  after its end", flush=True)
    piled = wrong(idle, looks, after)
    if time.monotonic() < end - 1:
        piled.append("the app ended before its time")
    return piled


def _plays(pilot: AppPilot) -> bool:
    return pilot.app.is_running and not hubscope(pilot).leaving


def wrong(idle: Look, looks: list[Look], after: Look) -> list[str]:
    """What piled up: memory against minute 2, and what is left when no app is there."""
    piled = []
    base = next((each for each in looks if each.seconds >= 120), None)
    if base is not None:
        times = looks[-1].memory / base.memory
        print(f"memory at the end is {times:.2f} x that of minute 2 (goal {GROWTH})")
        if times > GROWTH:
            piled.append(f"memory is {times:.2f} times that of minute 2")
    for name in ("tasks", "sockets"):
        if getattr(after, name) > getattr(idle, name):
            piled.append(f"{getattr(after, name) - getattr(idle, name)} {name} left")
    if after.files > idle.files + 1:
        piled.append(f"{after.files - idle.files} files left open")
    return piled


def main(minutes: float = MINUTES, seed: int = 1) -> int:
    """Soak over a Hub in a process of its own."""
    command = [sys.executable, __file__, "serve"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as hub,
    ):
        assert hub.stdout
        url = hub.stdout.readline().strip()
        os.environ.update(HUBSCOPE_HOME=f"{folder}/home", HF_HOME=f"{folder}/hf", HF_ENDPOINT=url)
        os.chdir(folder)
        try:
            piled = asyncio.run(soak(url, minutes, seed))
        finally:
            hub.terminate()
            os.chdir("/")
    print("\n".join(piled) or "nothing piled up")
    return 1 if piled else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        words = dict(enumerate(sys.argv))
        sys.exit(main(float(words.get(1, MINUTES)), int(words.get(2, 1))))
