"""A crawl: what it asks for, killed on the way, brought up to date, and who is never in it."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import PATIENCE
from tests.loopback import LoopbackHub
from tests.unit.ask.families.places import Place
from tests.unit.census.conftest import COUNT, DATE, NOW, fetch, filled, now
from tui.ask.census import kept
from tui.ask.census.crawl import crawl
from tui.ask.sources import Sources
from tui.model import BadInput, NotFound, Offline, ServerTrouble, StoreTrouble
from tui.store.census import place as places
from tui.store.census.stage import Stage

LISTS = "/api/models?"


def file(sources: Sources) -> str:
    return places.path_of(sources.store.census_folder, DATE)


def contents(path: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of a census, the index of names by what it finds."""
    with sqlite3.connect(path) as link:
        names = [
            name for (name,) in link.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
                " AND name NOT LIKE 'trigram%' AND name NOT LIKE 'sqlite%'"
            )
        ]  # fmt: skip
        found = {name: link.execute(f"SELECT * FROM {name}").fetchall() for name in names}
        found["names"] = link.execute(
            'SELECT rowid FROM trigram WHERE trigram MATCH \'"qwe" AND "wen"\''
        ).fetchall()
    return found


def test_a_crawl_asks_for_each_page_once_and_for_the_newest_at_its_end(
    made: list[dict[str, Any]], tmp_path: Path
) -> None:
    with LoopbackHub(filled(made)) as hub:
        found = fetch(Place(tmp_path, hub.url, now).open())
        asked = [parse_qs(urlsplit(one.target).query) for one in hub.seen(LISTS)]
    assert (found.date, found.rows, found.complete) == (DATE, COUNT, True)
    assert [("cursor" in one) for one in asked] == [False, True, True, False]
    assert {one["limit"][0] for one in asked} == {"1000"}
    assert {one["sort"][0] for one in asked} == {"createdAt"}
    fields = set(asked[0]["expand"])
    assert {"baseModels", "downloadsAllTime", "createdAt", "tags"} <= fields
    assert not fields & {"cardData", "siblings", "config", "gguf", "widgetData"}


def test_cut_off_at_five_steps_it_goes_on_and_makes_the_same_file(
    made_hub: LoopbackHub, crawled: Place, tmp_path: Path
) -> None:
    """Between pages, at the end of the walk, while it is made, and before names are indexed."""
    place = Place(tmp_path, made_hub.url, now)
    before = len(made_hub.seen(LISTS))
    folder = place.open().store.census_folder
    for cut in (2, 2, 4, 3, 5):
        asyncio.run(_some(place.open(), cut))
        assert places.parts(folder) == (DATE,)
    fetch(place.open())
    assert places.parts(folder) == ()
    assert len(made_hub.seen(LISTS)) - before <= 4 + 2  # what was cut off between answer and disk
    mine, wanted = contents(file(place.open())), contents(file(crawled.open()))
    for one in (mine, wanted):
        one["meta"] = [pair for pair in one["meta"] if pair[0] != "calls"]
    assert mine == wanted


def test_killed_five_times_it_makes_the_same_file(
    made_hub: LoopbackHub, crawled: Place, tmp_path: Path
) -> None:
    home = tmp_path / "killed"
    env = {**os.environ, "HUBSCOPE_HOME": str(home), "HF_ENDPOINT": made_hub.url}
    command = [sys.executable, "-m", "tui", "census", "crawl", "--json"]

    def stopped(when: Callable[[], bool]) -> None:
        with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None and not when():
                time.sleep(0.01)
            process.kill()

    before = len(made_hub.seen(LISTS))
    for pages in (1, 2, 3, 4):
        stopped(lambda pages=pages: len(made_hub.seen(LISTS)) - before >= pages)  # type: ignore[misc]
    stopped(lambda: bool(list(home.rglob("*.new"))))
    told = subprocess.run(command, env=env, capture_output=True, check=True, timeout=PATIENCE)
    assert json.loads(told.stdout)["censuses"][0]["rows"] == COUNT
    (found,) = home.rglob("census*/*.db")
    mine, wanted = contents(str(found)), contents(file(crawled.open()))
    dated = ("meta", "maker", "total", "share", "crew")  # its days are counted from another hour
    assert {name: rows for name, rows in mine.items() if name not in dated} == {
        name: rows for name, rows in wanted.items() if name not in dated
    }


async def _some(sources: Sources, views: int) -> None:
    """Let a crawl give some of its views, and leave it where it is, as a kill would."""
    walk = crawl(sources)
    try:
        for _ in range(views):
            with suppress(StopAsyncIteration):
                await anext(walk)
    finally:
        await sources.close()


def test_what_is_uploaded_meanwhile_is_fetched_last(
    made: list[dict[str, Any]], tmp_path: Path
) -> None:
    world = filled(made)
    with LoopbackHub(world) as hub:
        sources = Place(tmp_path, hub.url, now).open()

        async def run() -> None:
            count = 0
            async for _ in crawl(sources):
                count += 1
                if count == 3:
                    world.add("models", "late/one", {"createdAt": "2026-11-18T09:59:00.000Z"})
            await sources.close()

        asyncio.run(run())
    assert kept.one(sources.store.census_folder, DATE).rows == COUNT + 1


def test_an_update_asks_for_what_is_new_and_the_most_downloaded(
    made: list[dict[str, Any]], tmp_path: Path
) -> None:
    world = filled(made)
    with LoopbackHub(world) as hub:
        place = Place(tmp_path, hub.url, now)
        fetch(place.open())
        world.add("models", "late/one", {"createdAt": "2026-11-18T09:59:00.000Z", "downloads": 7})
        world.repos["models"][made[5]["id"].lower()].facts["downloads"] = 10**9
        before = len(hub.seen(LISTS))
        later = Place(tmp_path, hub.url, lambda: NOW + 86400)
        found = fetch(later.open(), update=True)
        asked = [parse_qs(urlsplit(one.target).query) for one in hub.seen(LISTS)][before:]
    assert (found.date, found.rows) == ("2026-11-19", COUNT + 1)
    assert [one["sort"][0] for one in asked] == ["createdAt", *["downloads"] * 4]
    folder = later.open().store.census_folder
    assert [one.date for one in kept.status(folder)] == ["2026-11-19", DATE]
    with sqlite3.connect(places.path_of(folder, "2026-11-19")) as link:
        assert link.execute("SELECT downloads FROM repo WHERE rank = 1").fetchall() == [(10**9,)]


def test_private_rows_are_never_in_it(made: list[dict[str, Any]], tmp_path: Path) -> None:
    world = filled(made)
    world.add("models", "ann/secret", {"private": True})
    world.token("hf_ann", "ann")
    with LoopbackHub(world) as hub:
        sources = Place(tmp_path, hub.url, now).open(token="hf_ann")
        fetch(sources)
    assert b"secret" not in Path(file(sources)).read_bytes()


def test_a_cursor_that_is_no_longer_taken_begins_the_list_anew(
    made: list[dict[str, Any]], tmp_path: Path
) -> None:
    with LoopbackHub(filled(made)) as hub:
        hub.fault(lambda request: "cursor" in request.target, 400)
        assert fetch(Place(tmp_path, hub.url, now).open()).rows == COUNT


def test_a_limit_and_failures_of_the_hub_are_waited_out(
    made: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    with LoopbackHub(filled(made[:1500])) as hub:
        hub.fault(lambda request: "cursor" in request.target, 503, times=4)
        sources = Place(tmp_path, hub.url, now).open()
        assert fetch(sources).rows == 1500
        assert waits
        hub.fault("/api/models", 503, times=None)
        with pytest.raises(ServerTrouble):
            fetch(Place(tmp_path / "other", hub.url, now).open())


def test_rows_that_another_version_left_are_not_gone_on_with(
    made_hub: LoopbackHub, tmp_path: Path
) -> None:
    place = Place(tmp_path, made_hub.url, now)
    folder = place.open().store.census_folder
    Path(folder).mkdir(parents=True)
    with sqlite3.connect(places.part_of(folder, DATE)) as link:
        link.execute("CREATE TABLE raw (n INTEGER PRIMARY KEY, id TEXT)")
    with pytest.raises(StoreTrouble, match=r"another version of hubscope; .*census remove"):
        fetch(place.open())
    assert kept.remove(folder, DATE) == (DATE,)
    assert fetch(place.open()).rows == COUNT


def test_a_list_that_is_open_does_not_hold_up_an_update(crawled: Place, tmp_path: Path) -> None:
    whole = file(crawled.open())
    reader = sqlite3.connect(whole)
    lines = reader.execute("SELECT rank FROM repo")
    next(lines)
    stage = Stage(str(tmp_path / "a.part"))
    stage.take_over(whole)
    assert stage.count() == COUNT
    stage.close()
    reader.close()


def test_two_do_not_fetch_at_once(made_hub: LoopbackHub, tmp_path: Path) -> None:
    place = Place(tmp_path, made_hub.url, now)

    async def run() -> None:
        first, second = place.open(), place.open()
        walk = crawl(first)
        await anext(walk)
        with pytest.raises(StoreTrouble, match="another hubscope"):
            await anext(crawl(second))
        await walk.aclose()
        await anext(crawl(second))
        await first.close()
        await second.close()

    asyncio.run(run())


def test_what_cannot_be_done_is_said(made_hub: LoopbackHub, tmp_path: Path) -> None:
    place = Place(tmp_path, made_hub.url, now)
    with pytest.raises(Offline):
        fetch(place.open(offline=True))
    with pytest.raises(NotFound):
        fetch(place.open(), update=True)
    with pytest.raises(NotFound):
        kept.remove(place.open().store.census_folder, "2020-01-01")
    with pytest.raises(BadInput):
        kept.remove(place.open().store.census_folder, "../secrets")


def test_the_status_in_json(crawled: Place, made_hub: LoopbackHub, run: Any) -> None:
    told = run(
        "census", "status", "--json",
        HUBSCOPE_HOME=str(crawled.folder), HF_ENDPOINT=made_hub.url,
    )  # fmt: skip
    body = json.loads(told.out)
    assert told.code == 0
    (one,) = body["censuses"]
    assert (one["date"], one["rows"], one["source"], one["complete"]) == (
        DATE, COUNT, "crawl", True,
    )  # fmt: skip
    assert one["bytes"] > 0
