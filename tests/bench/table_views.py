"""Lines of the table: moves, and views that are opened."""

import statistics
import sys
from pathlib import Path

from tests.bench.bench_app import APP, Burst, Screen, many, middle
from tests.bench.table import (
    AWAKE,
    LIVE,
    LONG_CARD,
    LONG_CARDS,
    SETTLED,
    SIZES,
    Effort,
    Line,
    Lines,
    Missing,
    both,
    leave_frame,
    named,
    opened,
)
from tui.store.paths import home
from tui.store.store import Store

TABLE = (
    "from textual.app import App; from textual.widgets import DataTable\n"
    "class Table(App):\n"
    "    def compose(self): yield DataTable(cursor_type='row')\n"
    "    def on_mount(self):\n"
    "        table = self.query_one(DataTable); table.add_columns(*'abcdefgh')\n"
    "        for n in range(1000): table.add_row(f'row-{n:05}', *map(str, range(7)))\n"
    "Table().run()"
)
TWO_SCREENS = 8 * 1024  # bytes: about two screens of 80x24
ONE_SCREEN = 6.5 * 1024
KEPT = 2200  # entries of Saved


def moves(env: dict[str, str], effort: Effort) -> Lines:
    """Bytes of a start; a move in a list, in turns with the toolkit's own table."""
    for size, least, goal, whole in zip(SIZES, (8, 12, 12), (500, 800, 800), (14, 14, 25)):
        leave_frame(env, size)
        with (
            opened([sys.executable, "-c", TABLE], env, "row-00001", size, AWAKE) as table,
            opened(APP, env, LIVE, size) as app,
        ):
            yield Line(f"start to settled, {named(size)}", len(app.written), "B", whole * 1024)
            ours, theirs = [], []
            for _ in range(effort.keys):
                theirs += many(table, "\x1b[B", 1)
                ours += many(app, "j", 1)
            what = f"j in Trending, {named(size)}"
            yield from _move(what, ours, least, goal)
            slow = statistics.median(burst.ms for burst in theirs)
            quick = statistics.median(burst.ms for burst in ours)
            yield Line(f"{what}, key to last byte", quick / slow, "x DataTable")
            if size == (120, 36):
                rest = [app.press("j", SETTLED) for _ in range(2 if effort.quick else 4)]
                yield Line("j and the rest after it, 120x36", middle(rest), "B", 6 * 1024)


def _move(what: str, bursts: list[Burst], ms: float, size: float) -> Lines:
    """Key to last byte and bytes of some moves that are alike."""
    yield from both(f"{what}, key to last byte", [burst.ms for burst in bursts], (ms, 20))
    yield Line(what, middle(bursts), "B", size)


def views(env: dict[str, str], effort: Effort) -> Lines:
    """Opening views, and moving in them, at 80x24."""
    times = min(effort.keys, 8)
    with opened(APP, env, LIVE) as app:
        opening = app.press("\r", SETTLED)
        yield Line("opening a card of 50 KB", opening.size, "B", TWO_SCREENS)
        yield Line("j in it", middle(many(app, "j", times)), "B", 1500)
        yield Line("a page of it", middle(many(app, "\x1b[6~", 4)), "B", 4096)
        yield Line("opening its Files", _tabs(app, 3), "B", TWO_SCREENS)
        app.press("\x1b", 0.5)
        for key, name in (("2", "Families"), ("3", "Claims"), ("4", "Saved")):
            yield Line(f"opening {name}", app.press(key, SETTLED).size, "B", TWO_SCREENS)
            if key in "23":
                yield from _move(f"j in {name}", many(app, "j", times), 8, 800)
        app.press("2", 1.0)
        app.press("  ", 1.0)
        yield Line("opening Compare", app.press("c", SETTLED).size, "B", TWO_SCREENS)
        yield from _move("j in Compare", many(app, "j", times), 8, 800)


def _tabs(app: Screen, count: int) -> int:
    """Bytes of the last of so many tabs."""
    for _ in range(count - 1):
        app.press("]", AWAKE)
    return app.press("]", SETTLED).size


def cards_at_rest(env: dict[str, str], effort: Effort) -> Lines:
    """What an open card writes while no key is pressed, after its first screen."""
    for repo_id, what in (
        (LONG_CARD, "50 KB"),
        *((f"acme/card-{size}", f"{size // 1000:,} KB") for size in LONG_CARDS),
    ):
        card = Screen([*APP, repo_id], env)
        card.until("Section 0")
        before = card.settle(0.12)
        card.press("", SETTLED if effort.quick else 4.0)
        yield Line(f"a card of {what} at rest", len(card.written) - before, "B", ONE_SCREEN)
        card.end()


def back_to_saved(env: dict[str, str], effort: Effort) -> Lines:
    """What a return to Saved takes of the loop, beyond one where nothing is kept."""
    what = f"return to Saved, {KEPT:,} entries, loop time"
    if not Path("/proc/self/schedstat").exists():
        yield Missing(what, "the system does not tell")
        return
    few = _returns(env, effort)
    keep(env, KEPT)
    yield Line(what, max(0.0, _returns(env, effort) - few), "ms", 5)


def keep(env: dict[str, str], count: int) -> None:
    """Bookmark so many repos in the store of ``env``, where none is bookmarked."""
    with Store.open(home(env), env["HF_ENDPOINT"], sync=True) as store:
        for number in range(0 if store.library.bookmarks() else count):
            store.library.toggle_bookmark("model", f"kept/Model-{number:05}", 1.7e9 + number)


def _returns(env: dict[str, str], effort: Effort) -> float:
    """Milliseconds of the processor that the main thread spends on one return, the median."""
    with opened(APP, env, LIVE, quiet=AWAKE) as app:
        app.press("4", SETTLED)
        spent = []
        for _ in range(3 if effort.quick else 12):
            app.press("1", 0.3)
            before = app.spent()
            app.press("4", 0.3)
            spent.append(app.spent() - before)
        return statistics.median(spent)
