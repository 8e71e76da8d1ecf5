"""A list read far: pages of it in memory, the rest found in the store, and all keys still right."""

import csv
import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.stage import (
    NOW,
    AppPilot,
    Clock,
    Stage,
    ended,
    listing,
    press,
    screen_text,
    sees,
    settled,
    shut,
    wait_for,
)
from tests.loopback import LoopbackHub, World
from tui.ask.lists import trending
from tui.config import Config
from tui.model import Query, Repo
from tui.screens.search_bar import SearchBar
from tui.widgets.table import RowTable

COUNT = 1250
MARKED = "made/Model-0700"


@pytest.fixture
def made() -> list[Repo]:
    return [
        Repo(
            f"made/{'Qwen' if at % 10 == 3 else 'Model'}-{at:04}",
            author="made",
            license="mit" if at % 2 else "apache-2.0",
            downloads=None if at % 50 == 7 else (at * 7919) % 100_003,
            likes=at % 90,
            trending_score=float(3000 - at // 4),
            private=False,
        )
        for at in range(COUNT)
    ]


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    with LoopbackHub(World()) as running:
        yield running


@pytest.fixture
def stored(hub: LoopbackHub, made: list[Repo]) -> Stage:
    """A stage whose store holds a long list."""
    stage = Stage(hub.url, Clock(NOW))
    put(stage, made)
    return stage


def put(stage: Stage, rows: list[Repo], at: float = NOW - 600) -> None:
    store = stage.sources(offline=True).store
    for page, first in enumerate(range(0, len(rows), 250)):
        after = f"/page/{page + 1}" if first + 250 < len(rows) else None
        store.cache.put_list(Query().key, "model", "", page, rows[first : first + 250], after, at)
    store.flush()
    store.close()


async def read_all(pilot: AppPilot, count: int = COUNT) -> RowTable:
    """Read on until the stored rows end, and wait for the last one."""
    table: RowTable = listing(pilot).rows
    for _ in range(count):
        if len(table.values) >= count:
            break
        await press(pilot, "move.bottom")
        await ended(pilot, "more")
    await press(pilot, "move.bottom")
    await wait_for(pilot, lambda: table.value is not None, "the last row")
    return table


def alive() -> int:
    """The repos in memory."""
    gc.collect()
    gc.unfreeze()
    return sum(type(one) is Repo for one in gc.get_objects())


async def test_only_some_pages_stay_in_memory_and_each_row_is_found(
    stored: Stage, made: list[Repo]
) -> None:
    before = alive()
    async with stored.play(offline=True) as pilot:
        table = await read_all(pilot)
        assert len(table.values) == COUNT
        assert alive() - before <= 700
        for at in (0, 333, 999, 640, 1249, 5):
            table.move_to(at)
            await wait_for(pilot, lambda: table.value is not None, f"row {at}")
            assert table.value.repo == made[at]
            assert table.value.rank == at + 1
        assert alive() - before <= 700
        await press(pilot, "search.open")
        await wait_for(
            pilot,
            lambda: pilot.app.screen.query_one(SearchBar).at_hand.total == COUNT,
            "the shelf",
        )
        await pilot.press(*"qwen")
        await wait_for(pilot, lambda: len(table.values) == COUNT // 10, "the found")
        assert alive() - before <= 1700, "what is shown, and what was shown a key ago"
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(table.values) == COUNT, "the list again")
        await wait_for(pilot, lambda: alive() - before <= 900, "what the box held has gone")


async def test_moves_and_ranks_are_those_of_the_whole_list(stored: Stage, made: list[Repo]) -> None:
    sources = stored.sources(offline=True)
    then = [made[900], *made[:900]]
    then[0] = then[0]._replace(trending_score=9000.0)
    sources.store.history.add_snapshot(Query().key, sources.realm, "", NOW - 90_000, then)
    sources.store.flush()
    view = trending.peek(sources, Query(limit=100))
    assert view is not None
    while view.more and len(view.rows) < COUNT:
        view = await trending.more(sources, view)
    wanted = {row.repo.id: (row.rank, row.move) for row in view.rows}
    assert wanted[made[900].id][1] != 0
    await shut(sources)
    async with stored.play(offline=True) as pilot:
        table = await read_all(pilot)
        for at in (0, 450, 899, 900, 901, 1249):
            table.move_to(at)
            await wait_for(pilot, lambda: table.value is not None, f"row {at}")
            row = table.value
            assert (row.rank, row.move) == wanted[row.repo.id], at


async def test_the_whole_list_is_written_row_by_row(
    stored: Stage, made: list[Repo], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "written"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with stored.play(offline=True) as pilot:
        await read_all(pilot)
        for down, ending in ((0, "csv"), (1, "json"), (2, "md")):
            await press(pilot, "view.export")
            await pilot.press(*["down"] * down, "enter")
            await wait_for(
                pilot,
                lambda: any(one.endswith(ending) for one in os.listdir()),  # noqa: B023
                f"a file of {ending}",
            )
        await ended(pilot, "export")
    written = {name.rpartition(".")[2]: read(name) for name in os.listdir()}
    rows = csv.DictReader(written["csv"].splitlines())
    assert [row["id"] for row in rows] == [repo.id for repo in made]
    told = json.loads(written["json"])
    assert [row["id"] for row in told["rows"]] == [repo.id for repo in made]
    assert told["rows"][7]["downloads"] is None
    assert told["looked"] == COUNT
    assert len(written["md"].splitlines()) == COUNT + 2


def read(name: str) -> str:
    return Path(name).read_text(encoding="utf-8")


async def test_turned_around_what_lacks_the_value_stays_at_the_end(
    stored: Stage, made: list[Repo]
) -> None:
    made[500] = made[500]._replace(trending_score=None)
    put(stored, made, NOW - 300)
    async with stored.play(offline=True) as pilot:
        table = await read_all(pilot)
        await press(pilot, "list.reverse")
        await wait_for(pilot, lambda: table.value is not None, "the first row")
        assert table.value.repo.trending_score == min(r.trending_score or 9e9 for r in made)
        table.move_to(COUNT - 1)
        await wait_for(pilot, lambda: table.value is not None, "the last row")
        assert table.value.repo.id == made[500].id


async def test_an_order_of_the_readers_own_is_over_all_rows_at_hand(
    stored: Stage, made: list[Repo]
) -> None:
    wanted = sorted(made, key=lambda repo: repo.license or "")
    async with stored.play(offline=True) as pilot:
        page = listing(pilot)
        page.ask_for(page.options.of(page.query_now.ordered(("license",))))
        await settled(pilot)
        table: RowTable = page.rows
        for _ in range(COUNT):
            if len(table.values) >= COUNT:
                break
            page.loader.load_more(asked=True)
            await ended(pilot, "more")
        said = "".join(text for text, _ in page.definition(80))
        assert f"ordered over {COUNT:,} rows at hand" in said
        for at in (0, 80, 624, 625, 1249):
            table.move_to(at)
            await wait_for(pilot, lambda: table.value is not None, f"row {at}")
            assert table.value.repo.id == wanted[at].id


async def test_rows_that_another_process_dropped_are_said_in_one_line(
    stored: Stage, made: list[Repo]
) -> None:
    async with stored.play(offline=True) as pilot:
        table = await read_all(pilot)
        other = stored.sources(offline=True).store
        other.cache.clear()
        other.flush()
        other.close()
        table.move_to(400)
        await wait_for(pilot, lambda: table.value is not None, "a row")
        await sees(pilot, "no longer in the store; r asks for the list again")
        assert table.value.repo == Repo(made[400].id)
        assert table.value.rank == 401


async def test_a_row_written_meanwhile_by_another_process_is_read_as_it_is_now(
    stored: Stage, made: list[Repo]
) -> None:
    async with stored.play(offline=True) as pilot:
        table = await read_all(pilot)
        newer = made[300]._replace(likes=77_777)
        other = stored.sources(offline=True).store
        other.cache.put_repos([newer], "", NOW)
        first = [made[300], *made[:99]]
        other.cache.put_list(Query().key, "model", "", 0, first, "/page/1", NOW)
        other.flush()
        other.close()
        table.move_to(300)
        await wait_for(pilot, lambda: table.value is not None, "the row")
        assert table.value.repo.id == newer.id
        assert table.value.rank == 301, "the list is the one that was read"


async def test_what_the_store_may_not_keep_stays_in_memory(
    hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_ann")
    for number in range(400):
        private = number == 150
        hub.world.model(f"many/m-{number:03}", private=private, trendingScore=900 - number)
    hub.world.token("hf_ann", "ann", access=["many/m-150"])
    stage = Stage(hub.url, Clock(NOW))
    async with stage.play(token="hf_ann") as pilot:
        await settled(pilot)
        table = await read_all(pilot, 400)
        table.move_to(150)
        await wait_for(pilot, lambda: table.value is not None, "the row")
        assert (table.value.repo.id, table.value.repo.private) == ("many/m-150", True)
    async with stage.play(offline=True) as pilot:
        await settled(pilot)
        assert "m-150" not in screen_text(pilot.app)
        assert "many/m-150" not in [row.repo.id for row in listing(pilot).rows.at_hand]


async def test_fresh_rows_wait_and_bring_their_facts(
    stored: Stage, made: list[Repo], hub: LoopbackHub
) -> None:
    async with stored.play(config=Config(refresh="never")) as pilot:
        table = await read_all(pilot)
        table.move_to(2)
        await wait_for(pilot, lambda: table.value is not None, "the row")
        held = table.key
        hub.world.model("new/one", trendingScore=9999)
        for repo in made[:80]:
            hub.world.model(repo.id, trendingScore=repo.trending_score, likes=4321)
        await press(pilot, "data.refresh")
        await sees(pilot, "press r")
        assert table.key == held
        assert table.value.repo.likes == 4321
        assert len(table.values) == COUNT
        await press(pilot, "data.refresh")
        await wait_for(pilot, lambda: table.key == "new/one", "the Hub's list")
