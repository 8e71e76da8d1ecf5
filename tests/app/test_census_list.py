"""A list of a census in the app: all of it at the keys, counted, in pages, and the Hub's news."""

import csv
import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from tests.app.stage import Clock, Stage, listing, press, screen_text, sees, settled, wait_for
from tests.bench.made_hub import Item, items
from tests.conftest import Shell
from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place
from tests.unit.census.conftest import NOW, fetch, filled
from tui.widgets.table import RowTable

COUNT = 3000


@cache
def made() -> list[Item]:
    return list(items(COUNT))


@pytest.fixture(scope="module")
def made_hub() -> Iterator[LoopbackHub]:
    with LoopbackHub(filled(made())) as running:
        yield running


@pytest.fixture(scope="module")
def crawled(made_hub: LoopbackHub, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with the census of the made Hub, fetched once for all."""
    sources = Place(tmp_path_factory.mktemp("crawled"), made_hub.url, lambda: NOW).open()
    fetch(sources)
    return sources.census_folder


@pytest.fixture
def counted(made_hub: LoopbackHub, crawled: str) -> Stage:
    """A stage with that census."""
    stage = Stage(made_hub.url, Clock(NOW))
    with closing(stage.sources().store) as store:
        shutil.copytree(crawled, store.census_folder)
    return stage


def by_downloads(word: str = "") -> list[str]:
    ordered = sorted(made(), key=lambda i: (-i.get("downloads", 0), i["id"].lower()))
    return [item["id"] for item in ordered if word in item["id"].lower()]


async def test_a_search_goes_through_the_whole_census(
    counted: Stage, made_hub: LoopbackHub
) -> None:
    wanted = by_downloads("gguf")
    async with counted.play(offline=True) as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"gguf")
        await sees(pilot, f"1 of {len(wanted):,} match · census 2026-11-18")
        await pilot.press("enter")
        await press(pilot, "move.bottom")
        await sees(pilot, f"{len(wanted):,} of {len(wanted):,} match")
        await wait_for(pilot, lambda: listing(pilot).rows.key == wanted[-1], "the last row")
        await press(pilot, "move.top")
        assert listing(pilot).rows.key == wanted[0]


async def test_every_row_of_the_most_downloaded_comes_into_sight(counted: Stage) -> None:
    wanted = by_downloads()
    async with counted.play(offline=True) as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"sort:downloads", "enter")
        await sees(pilot, f"1 of {COUNT:,} match")
        table: RowTable = listing(pilot).rows
        seen = []
        for at in range(0, COUNT, 150):
            table.move_to(at)
            await wait_for(pilot, lambda: table.value is not None, f"row {at}")
            seen.append(table.key)
        assert seen == wanted[::150]
        assert len(table.at_hand) <= 12 * 100, "only some pages are held"


async def test_what_is_written_is_its_first_page_and_the_command_gives_all(
    counted: Stage,
    made_hub: LoopbackHub,
    run: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = by_downloads()
    folder = tmp_path / "written"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with counted.play(offline=True) as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"sort:downloads", "enter")
        await sees(pilot, f"1 of {COUNT:,} match")
        await press(pilot, "move.bottom")
        await wait_for(pilot, lambda: listing(pilot).rows.value, "the last row")
        await press(pilot, "view.export")
        await pilot.press("enter")  # CSV
        await sees(pilot, "the first 100 of 3,000 (Y has all) written to")
        command = shlex.split(listing(pilot).command_line())
    [name] = os.listdir(folder)
    with (folder / name).open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == wanted[:100]
    assert command == ["hubscope", "search", "sort:downloads", "--limit", "0"]
    told = run(*command[1:], "--offline", "-q", HF_ENDPOINT=made_hub.url)
    assert told.out.split() == wanted, told.err


async def test_the_list_can_be_turned_around(counted: Stage) -> None:
    wanted = by_downloads()
    async with counted.play(offline=True) as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"sort:downloads", "enter")
        await sees(pilot, f"1 of {COUNT:,} match")
        await press(pilot, "list.reverse")
        await wait_for(pilot, lambda: listing(pilot).rows.key is not None, "the first row")
        assert listing(pilot).rows.key == wanted[-1]


async def test_the_hub_adds_what_is_new_and_r_asks_it_alone(
    counted: Stage, made_hub: LoopbackHub
) -> None:
    wanted = by_downloads("aurora")
    name = "today/aurora-new"
    made_hub.world.add("models", name, {"id": name, "trendingScore": 99, "private": False})
    async with counted.play() as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"aurora", "enter")
        await sees(pilot, f"of {len(wanted):,} match")
        await sees(pilot, f"of {len(wanted) + 1:,} match", "1 not in it ahead")
        assert [row.repo.id for row in listing(pilot).rows.at_hand[:2]] == [name, wanted[0]]
        await press(pilot, "data.refresh")
        await wait_for(pilot, lambda: "census" not in screen_text(pilot.app), "the Hub's own list")


async def test_the_hubs_own_list_waits_for_a_reader_and_the_census_stays_whole(
    counted: Stage,
) -> None:
    async with counted.play() as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"gguf", "enter")
        await sees(pilot, "of 202 match")
        await settled(pilot)
        whole = len(listing(pilot).rows.values)
        assert whole == 202
        await press(pilot, "move.page_down", "data.refresh")
        await sees(pilot, "press r")
        assert len(listing(pilot).rows.values) == whole
        await press(pilot, "move.bottom")
        await wait_for(pilot, lambda: listing(pilot).rows.value, "the last row")
        await press(pilot, "data.refresh")
        await wait_for(pilot, lambda: "press r" not in screen_text(pilot.app), "the Hub's list")
        assert len(listing(pilot).rows.values) < whole


async def test_away_from_the_hub_the_census_stands_in_for_the_sample(
    counted: Stage, made_hub: LoopbackHub
) -> None:
    wanted = by_downloads()
    async with counted.play(offline=True, fallback=True) as pilot:
        await sees(pilot, "1 of 3,00", " match · census", "most downloaded")
        assert listing(pilot).rows.key == wanted[0]
        assert "sample" not in screen_text(pilot.app)
