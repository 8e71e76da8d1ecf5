"""What hubscope costs, against others in the same turns: ``python -m tests.bench [--quick]``.

Bytes and counts are the same everywhere; of times only the ratios mean anything elsewhere, and
none where the machine has other work. Peers that are not installed are named as such. ``--quick``
prints the same lines of fewer rounds and rows, for information. WORDS choose parts by their names.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path

import textual

from tests.bench.bench_app import APP, CHECKOUT, compiled, environment
from tests.bench.bench_start import milliseconds
from tests.bench.table import QUICK, SIZES, WHOLE, Effort, Lines, leave_frame, world
from tests.bench.table_cards import cards, first_screens
from tests.bench.table_line import slow_line
from tests.bench.table_load import load
from tests.bench.table_memory import cards_opened, rows
from tests.bench.table_shell import one_shots
from tests.bench.table_start import PEERS, starts
from tests.bench.table_views import back_to_saved, cards_at_rest, moves, views
from tests.loopback import LoopbackHub, faults

Part = Callable[[dict[str, str], Effort], Lines]
PARTS: tuple[Part, ...] = (
    starts,
    moves,
    views,
    cards_at_rest,
    first_screens,
    cards,
    load,
    cards_opened,
    rows,
    back_to_saved,
    one_shots,
    slow_line,
)
NAMES = ("textual", "rich", "huggingface_hub", *PEERS)


def main() -> None:
    """Print the table, a line as soon as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, for information")
    parser.add_argument("words", nargs="*", help=", ".join(part.__name__ for part in PARTS))
    options = parser.parse_args()
    compiled(CHECKOUT / "tui", Path(textual.__file__).parents[1])
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}, {versions()}")
    print(f"{os.cpu_count()} cores, which had {os.getloadavg()[0]:.1f} at work before")
    with tempfile.TemporaryDirectory() as folder, LoopbackHub(world()) as hub:
        hub.fault("/api/agent-harnesses", faults.json_text("{}"), times=None)
        env = environment(folder, hub.url)
        milliseconds([*APP, "trending"], env)
        leave_frame(env, SIZES[0])
        for part in PARTS:
            if not options.words or part.__name__ in options.words:
                for line in part(env, QUICK if options.quick else WHOLE):
                    print(line.text(), flush=True)


def versions() -> str:
    """Of what is compared here: those that are installed, a peer in its own environment too."""
    places = list(sys.path)
    for path in filter(None, map(shutil.which, PEERS)):
        places += map(str, Path(path).resolve().parents[1].glob("lib/python*/site-packages"))
    installed = {one.metadata["Name"]: one.version for one in distributions(path=places)}
    return ", ".join(f"{name} {installed[name]}" for name in NAMES if name in installed)


if __name__ == "__main__":
    main()
