"""A census of a made Hub: made, asked and searched, with its time, memory and size on disk.

Run it by hand: ``python tests/bench/bench_census.py 300000 FOLDER``. A census that lies in the
folder is not made again. With one word more, a file of pages, a line for each, those are read: see
``python tests/bench/made_pages.py``. With two words more, the file of a census and a number, its
rows so many times are the Hub. Seconds are of the processor; only the ratios mean anything
elsewhere: ``json`` is what reading the same JSON alone takes, in the same minute.
"""

import json
import os
import random
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.made_hub import NEWEST
from tests.bench.made_pages import pages
from tui.analysis.query.query_line import parse as parse_line
from tui.analysis.registry.registry import load
from tui.ask.census.make import make
from tui.ask.claims import claims
from tui.ask.families import compare, league
from tui.ask.lists import origins
from tui.ask.sources import Sources
from tui.hub import brief
from tui.model import Lens
from tui.store.census import place
from tui.store.census.stage import Stage
from tui.store.census.tables import RAW
from tui.store.paths import home
from tui.store.store import Store

DATE = "2026-11-18"
WORDS = ("qwen", "llama-3.1", "gguf", "aurora", "user7", "x7b", "deepseek-r1", "zq", "swarm1/krill")


def peak() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most"


def made(bodies: Iterable[bytes], folder: str) -> None:
    """Ingest pages and make the census; what making the rows themselves takes is left out."""
    stage = Stage(place.part_of(folder, DATE))
    spent = alone = 0.0
    count = looked = 0
    for at, body in enumerate(bodies):
        begun = time.process_time()
        rows = brief.rows(body).rows
        stage.add(rows, {"next": "-"})
        spent += time.process_time() - begun
        count += len(rows)
        if at % 10 == 0:
            begun = time.process_time()
            looked += len(json.loads(body))
            alone += time.process_time() - begun
    stage.close()
    print(f"json: {alone / looked * 1e6:.1f} s a million", flush=True)
    print(f"pages to the stage: {spent:.1f} s, {peak()}", flush=True)
    finished(folder, spent, count)


def repeated(folder: str, path: str, times: int) -> int:
    """The rows of another census so many times under other names: making them takes longer."""
    stage = Stage(place.part_of(folder, DATE))
    stage.take_over(path)
    count = stage.count()
    stage.close()
    names = ", ".join(name for name in RAW if name not in ("name", "hub_id"))
    with sqlite3.connect(stage.path) as link:
        for number in range(1, times):
            link.execute(
                f"INSERT INTO raw (name, hub_id, {names}) SELECT name || '-' || ?1,"
                f" CAST(substr(hub_id, 1, 11) || ?2 AS BLOB), {names} FROM raw WHERE n <= ?3",
                (number, bytes([number]), count),
            )
    finished(folder, 0.0, count * times)
    return count * times


def finished(folder: str, spent: float, count: int) -> None:
    meta = {"as_of": repr(NEWEST.timestamp()), "source": "made", "endpoint": "", "complete": "yes"}
    begun, before, whole = time.process_time(), "begin", spent
    for step in chain(make(folder, DATE, load(), meta), ["end"]):
        now = time.process_time()
        print(f"{before}: {now - begun:.1f} s, {peak()}", flush=True)
        whole += now - begun
        begun, before = now, step
    size = place.size(place.path_of(folder, DATE))
    print(f"in all {whole:.0f} s, {whole / count * 1e6:.0f} s a million; {size / 1e6:,.0f} MB")


def timed(name: str, ask: Callable[[], object], rounds: int = 5) -> None:
    """The first time and the median of the next ones."""
    times = []
    for _ in range(rounds + 1):
        begun = time.process_time()
        ask()
        times.append((time.process_time() - begun) * 1000)
    print(
        f"{name}: first {times[0]:.1f} ms, then {statistics.median(times[1:]):.1f} ms", flush=True
    )


def main() -> None:
    count, where = int(sys.argv[1]), sys.argv[2]
    os.environ["HUBSCOPE_HOME"] = where
    store = Store.open(home(os.environ), sync=True)
    os.makedirs(store.census_folder, exist_ok=True)
    if DATE not in place.dates(store.census_folder):
        if len(sys.argv) > 4:
            repeated(store.census_folder, sys.argv[3], int(sys.argv[4]))
        elif len(sys.argv) > 3:
            with open(sys.argv[3], "rb") as file:
                made(file, store.census_folder)
        else:
            made(pages(count), store.census_folder)
    sources = Sources(store, "https://hub.test", time.time, load)
    keys = league.keys(sources)
    timed("league table", lambda: league.peek(sources, keys, Lens()))
    timed("league, walked, LLM", lambda: league.peek(sources, keys, Lens(walk="walked", llm=True)))
    timed("compare 2", lambda: compare.peek(sources, ["qwen", "llama"], Lens()))
    timed("claims", lambda: claims.stored(sources, tier=2), 3)
    timed("origins of the new", lambda: origins.peek(sources, "new", Lens()))
    more(sources)
    lists(sources)
    print(peak())


def more(sources: Sources) -> None:
    """Descendants and searching, where they are there."""
    from tui.ask.census.held import held

    found = held(sources)
    assert found is not None
    census = found.census
    ((root, count),) = census.ask(
        "SELECT s.root, COUNT(*) c FROM rootset s JOIN mark m ON m.roots = s.id"
        " GROUP BY s.root ORDER BY c DESC LIMIT 1"
    )
    timed(f"{count:,} descendants of one root", lambda: census.beneath(root))
    from tui.ask.census import names

    chance = random.Random(1)
    ids = list(census.ids(chance.randrange(1, census.count) for _ in range(60)).values())
    words = [
        *WORDS,
        *(one[a : a + chance.randrange(3, 9)] for one in ids for a in (0, len(one) // 2)),
    ]
    times = []
    for word in words:
        begun = time.process_time()
        names.first(found, [word], 100)
        times.append(((time.process_time() - begun) * 1000, word))
    times.sort()
    print(
        f"search: p50 {times[len(times) // 2][0]:.1f} ms,"
        f" p99 {times[int(len(times) * 0.99)][0]:.1f} ms; slowest {times[-3:]}"
    )


def lists(sources: Sources) -> None:
    """The list of the app: its first page, all of it counted, and the page at its end."""
    from tui.ask.census.browse import Listed
    from tui.ask.census.held import held
    from tui.ask.lists.source import PAGE

    found = held(sources)
    assert found is not None
    for line in ("", "qwen", "license:mit likes:>2", "zq"):
        query = parse_line(f"{line} sort:downloads")
        begun = time.process_time()
        listed = Listed(sources, found, query)
        listed.go_on()
        listed.rows(0, PAGE)
        first = time.process_time() - begun
        while listed.counting:
            listed.go_on()
        whole = time.process_time() - begun
        begun = time.process_time()
        listed.rows(max(0, listed.total - PAGE), PAGE)
        print(
            f"list of {line or 'all'}: first page {first * 1000:.1f} ms, {listed.total:,} counted"
            f" {whole * 1000:.0f} ms, last page {(time.process_time() - begun) * 1000:.1f} ms"
        )


if __name__ == "__main__":
    main()
