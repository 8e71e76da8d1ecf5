"""Sessions of random keys: typed in bursts, with resizes in between, on a Hub that answers late."""

import asyncio
import random
import time

from textual import events
from textual.geometry import Size

from tests.app.stage import AppPilot, Stage, hubscope
from tests.loopback import LoopbackHub
from tests.loopback.answer import Answer
from tui.keys import COMMANDS

KEYS = 60  # of a session
SIZES = (
    (2, 1), (2, 24), (3, 3), (5, 2), (12, 4), (20, 6), (40, 10), (60, 20), (80, 24), (99, 24),
    (100, 24), (120, 36), (200, 60), (80, 1), (1, 1), (200, 2),
)  # fmt: skip
_LATEST = 0.08  # seconds that an answer takes at most
_WHOLE = 120.0  # seconds after which a session hangs, also on a machine with much to do
_BOUND = [key for command in COMMANDS for key in command.keys if command.id not in ("app.end",)]
_TYPED = [*"abcdefqwz0123 :/.7", "backspace", "escape", "enter", "enter", "tab", "down", "up"]


def late(answer: Answer) -> Answer:
    """The honest answer, a while later."""
    time.sleep(random.random() * _LATEST)
    return answer


async def play(hub: LoopbackHub, stage: Stage, seed: int, keys: int = KEYS) -> None:
    """One session of so many keys; as many of them as there are sizes begin at each.

    Raises what went wrong: an error nobody foresaw, or TimeoutError.
    """
    chance = random.Random(seed)
    hub.fault("/", late, times=None)
    async with asyncio.timeout(_WHOLE), stage.play(SIZES[seed % len(SIZES)]) as pilot:
        for _ in range(keys):
            if not pilot.app.is_running or hubscope(pilot).leaving:
                break
            await step(pilot, chance)
        await pilot.pause()


async def step(pilot: AppPilot, chance: random.Random, *, stay: bool = False) -> None:
    """One key, maybe a resize, maybe a pause: most keys come in bursts.

    ``stay``: no key that leaves the app.
    """
    app = pilot.app
    key = chance.choice(_BOUND if chance.random() < 0.7 else _TYPED)
    if key == "q" and (stay or chance.random() < 0.5):
        key = "j"
    app.post_message(events.Key(key, key if len(key) == 1 else {"space": " "}.get(key)))
    if chance.random() < 0.06:
        size = Size(*chance.choice(SIZES))
        app.post_message(events.Resize(size, size))
    if chance.random() < 0.25:
        await asyncio.sleep(chance.choice((0, 0, 0.01, 0.02, 0.06)))
