"""Serve a loopback Hub to a person: ``python -m tests.loopback --port 0 [--data FOLDER]``."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event

from tests.loopback.seed import add_weights, default_world
from tests.loopback.server import LoopbackHub
from tests.loopback.shared import world_from_shared


def main() -> None:
    """Print the endpoint, and serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.loopback", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--data", type=Path, help="serve the captured data in this folder")
    parser.add_argument("--slow", type=float, default=0.0, help="seconds for 64 KiB of weights")
    options = parser.parse_args()
    world = world_from_shared(options.data) if options.data else default_world()
    add_weights(world, 20_000_000)
    with suppress(KeyboardInterrupt), LoopbackHub(world, port=options.port) as hub:
        hub.quirks.own_links = True  # other clients follow Link as it is written
        hub.quirks.slow = options.slow
        sys.stdout.write(f"{hub.url}\n")
        sys.stdout.flush()
        Event().wait()


if __name__ == "__main__":
    main()
