"""Lines of the table: whole commands, against ``hf models info``."""

import os
import statistics
import subprocess
import tempfile
from collections.abc import Iterator

from tests.bench.bench_app import APP, environment, repo, warm
from tests.bench.bench_start import HF, milliseconds
from tests.bench.table import LONG_CARD, Effort, Line, Lines, Missing
from tests.bench.table_views import KEPT, keep

WORD = "77b"  # in the ids of one of ninety of the stored rows


def one_shots(env: dict[str, str], effort: Effort) -> Lines:
    """One-shot commands from the store, and one that asks the Hub."""
    if not os.path.exists(HF):
        yield Missing("one-shot commands", "hf is not installed")
        return
    count = 11_000 if effort.quick else 110_000
    keep(env, KEPT)
    milliseconds([*APP, "show", LONG_CARD], env)
    with tempfile.TemporaryDirectory() as folder:
        many = environment(folder, env["HF_ENDPOINT"])
        warm(folder, many["HF_ENDPOINT"], count)
        yield from _found(many, count)
        cases = {
            "hf models info": ([HF, "models", "info", LONG_CARD], env, None),
            "show --offline": ([*APP, "show", LONG_CARD, "--offline"], env, 0.10),
            f"saved --json, {KEPT:,} entries": ([*APP, "saved", "--json"], env, 0.15),
            f"search WORD --offline, {count:,} rows": (_search(), many, 0.15),
            "trending --json, asking the Hub": ([*APP, "trending", "--json"], env, 0.25),
        }
        yield from _in_turns(cases, effort.rounds)


Case = tuple[list[str], dict[str, str], float | None]


def _in_turns(cases: dict[str, Case], rounds: int) -> Iterator[Line]:
    """All cases in turns, each against the first; their goals are ratios."""
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds + 1):
        for name, (command, env, _) in cases.items():
            taken[name].append(milliseconds(command, env))
    medians = {name: statistics.median(runs[1:]) for name, runs in taken.items()}
    (first, floor), *rest = medians.items()
    yield Line(first, floor, "ms")
    for name, ms in rest:
        yield Line(name, ms / floor, f"x {first}", cases[name][2])


def _found(env: dict[str, str], count: int) -> Iterator[Line]:
    """How many of the stored rows that have the word a search without a network leaves out."""
    known = sum(WORD in repo(number).id.lower() for number in range(count))
    command = [*_search(), "--limit", "0"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    left_out = known - len(done.stdout.splitlines())
    yield Line(f"search WORD --offline, rows left out of {known:,}", left_out, "rows", 0)


def _search() -> list[str]:
    return [*APP, "search", WORD, "--offline", "-q"]
