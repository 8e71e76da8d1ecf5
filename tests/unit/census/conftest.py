"""A made Hub of 3,000 rows, its census, and the sources to ask it through."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.bench.made_hub import items
from tests.loopback import LoopbackHub, World
from tests.unit.ask.families.places import Place
from tui.analysis.registry.registry import load
from tui.ask.census.crawl import crawl
from tui.ask.census.kept import Kept
from tui.ask.census.make import make
from tui.ask.sources import Sources
from tui.hub import parse
from tui.model import Repo
from tui.model.when import seconds
from tui.store.census import place as places
from tui.store.census.stage import Stage

NOW = seconds("2026-11-18T10:00:00Z") or 0.0
DATE = "2026-11-18"
COUNT = 3000


def now() -> float:
    return NOW


@pytest.fixture(scope="session")
def made() -> list[dict[str, Any]]:
    return list(items(COUNT))


@pytest.fixture(scope="session")
def rows(made: list[dict[str, Any]]) -> list[Repo]:
    """The raw rows, as the Hub lists them."""
    return list(parse.rows(json.dumps(made).encode(), "model").rows)


@pytest.fixture(scope="session")
def made_hub(made: list[dict[str, Any]]) -> Iterator[LoopbackHub]:
    with LoopbackHub(filled(made)) as running:
        yield running
    assert running.crashes == []


def filled(made: list[dict[str, Any]]) -> World:
    world = World()
    for item in made:
        world.add("models", item["id"], {"downloads": None, **item})
    return world


@pytest.fixture(scope="session")
def crawled(made_hub: LoopbackHub, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A home with the census of the made Hub, fetched by a crawl."""
    place = Place(tmp_path_factory.mktemp("crawled"), made_hub.url, now)
    sources = place.open()
    fetch(sources)
    return place


def fetch(sources: Sources, update: bool = False) -> Kept:
    """Fetch a census to its end."""

    async def run() -> Kept:
        last: Any = None
        try:
            async for view in crawl(sources, update):
                last = view.rows[0]
        finally:
            await sources.close()
            sources.store.close()
        assert isinstance(last, Kept)
        return last

    return asyncio.run(run())


EARLIER = "2026-05-04"


@pytest.fixture(scope="session")
def dated(
    crawled: Place,
    made_hub: LoopbackHub,
    rows: list[Repo],
    tmp_path_factory: pytest.TempPathFactory,
) -> Place:
    """A home with that census and one of half a year before, of what was there and half as used."""
    place = Place(tmp_path_factory.mktemp("dated"), made_hub.url, now)
    folder = place.open().store.census_folder
    shutil.copytree(crawled.open().store.census_folder, folder)
    stage = Stage(places.part_of(folder, EARLIER))
    stage.add(before(rows), {"source": "made"})
    stage.close()
    meta = {"as_of": repr(seconds(f"{EARLIER}T00:00:00Z")), "source": "made", "endpoint": ""}
    list(make(folder, EARLIER, load(), {**meta, "complete": "yes"}))
    return place


def before(rows: list[Repo]) -> list[Repo]:
    """The rows of the earlier census."""
    return [
        row._replace(downloads_all_time=(row.downloads_all_time or 0) // 2)
        for row in rows
        if (row.created_at or "") < EARLIER
    ]
