"""The course of families by month, drawn from a census of made rows."""

import json
import tempfile
from itertools import islice
from pathlib import Path

from tests.bench.made_hub import NEWEST, items

DATE = "2026-11-18"
ROWS, PAGE = 12_000, 1000


def take(path: Path) -> None:
    """What ``hubscope series --svg`` draws, which says that nothing in it is the Hub's."""
    from tui.analysis.registry.registry import load
    from tui.ask.census import series
    from tui.ask.census.make import make
    from tui.ask.sources import Sources
    from tui.hub import parse
    from tui.model import Lens
    from tui.output.series import draw
    from tui.store.census import place
    from tui.store.census.stage import Stage
    from tui.store.paths import home
    from tui.store.store import Store

    with tempfile.TemporaryDirectory(prefix="hubscope-pictures-") as folder:
        store = Store.open(home({"HUBSCOPE_HOME": folder}), sync=True)
        Path(store.census_folder).mkdir(parents=True)
        stage, rows = Stage(place.part_of(store.census_folder, DATE)), items(ROWS)
        while page := list(islice(rows, PAGE)):
            stage.add(parse.rows(json.dumps(page).encode(), "model").rows, {"next": "-"})
        stage.close()
        meta = {"as_of": repr(NEWEST.timestamp()), "source": "made", "endpoint": ""}
        for _ in make(store.census_folder, DATE, load(), {**meta, "complete": "yes"}):
            pass
        sources = Sources(store, "https://huggingface.co", NEWEST.timestamp, load)
        of = "derivatives"
        view = series.view(sources, of, ("qwen", "llama", "gemma"), Lens())
        draw(str(path), of, f"{series.OF[of][1]}; made rows, not the Hub's", view)
        store.close()
