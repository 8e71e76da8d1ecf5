"""What view 2 tells of a census that is being fetched beside it."""

import asyncio
import os
from typing import Any

import pytest

from tests.app.figures import go
from tests.app.stage import Clock, Stage, hubscope, page, screen_text, sees
from tests.bench.made_hub import items
from tests.loopback import LoopbackHub
from tests.unit.census.conftest import NOW, fetch, filled
from tui.ask.census.crawl import crawl
from tui.ask.sources import Sources
from tui.places import FamiliesPlace
from tui.screens.family_page import FamilyPage
from tui.store.library import Library


@pytest.fixture(scope="module")
def made_hub() -> Any:
    with LoopbackHub(filled(list(items(3000)))) as running:
        yield running


async def some(sources: Sources, clock: Clock, views: int) -> None:
    """Fetch until so many views came, some seconds apart."""
    walk = crawl(sources)
    async for _ in walk:
        clock.advance(3)
        views -= 1
        if not views:
            break
    await walk.aclose()
    await sources.close()
    sources.store.flush()
    sources.store.close()


async def test_view_2_tells_how_far_a_crawl_is_and_counts_from_what_it_made(
    made_hub: LoopbackHub,
) -> None:
    clock = Clock(NOW)
    stage = Stage(made_hub.url, clock)
    async with stage.play((120, 36)) as pilot:
        await go(pilot, FamiliesPlace())
        shown = page(pilot)
        assert isinstance(shown, FamilyPage)
        assert shown.census.line == ""
        await some(stage.sources(), clock, 3)
        shown.census.look()
        await sees(
            pilot, "census 2026-11-18, walk: 2,000 rows · 2 calls · ", " left in this window"
        )
        assert " to go" in shown.census.line
        clock.advance(60)
        shown.census.look()
        await sees(
            pilot,
            "census 2026-11-18 stopped at 2,000 rows",
            "`hubscope census crawl` goes on there",
        )
        await asyncio.to_thread(fetch, stage.sources())
        shown.census.look()
        await sees(pilot, "the census is made")
        await sees(pilot, "○ census")
        assert shown.census.line == ""
        again = "hubscope family gpt-oss"
        assert shown.rows.move_to_key("gpt-oss")
        cite, *others = shown.copies()
        assert cite.label == "cite"
        for part in ("census 2026-11-18 of ", "all 3,000 public models", "registry ", f"`{again}"):
            assert part in cite.text
        assert [one.text for one in others if one.label == "command"] == [again]
        assert not [one for one in others if "curl" in one.text]


async def test_without_a_census_nothing_is_read_for_it(
    made_hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Library] = []
    stage = Stage(made_hub.url, Clock(NOW))
    async with stage.play(offline=True) as pilot:
        await go(pilot, FamiliesPlace())
        shown = page(pilot)
        assert isinstance(shown, FamilyPage)
        monkeypatch.setattr(Library, "jobs", read.append)
        shown.census.look()
        os.mkdir(hubscope(pilot).sources.census_folder)
        shown.census.look()
        assert read == []
        assert "census" not in screen_text(pilot.app)
