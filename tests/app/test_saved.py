"""View 4: what is kept, and what changed on it between two looks."""

import asyncio
from collections.abc import Callable
from threading import Event

import pytest

from tests.app.stage import (
    AppPilot,
    Clock,
    Stage,
    ended,
    hubscope,
    page,
    press,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tests.loopback import LoopbackHub, World
from tui.analysis.query.query_line import parse
from tui.ask.saved.saved import Entry
from tui.ask.sources import Sources
from tui.places import CardPlace, ListPlace
from tui.screens.saved import SavedScreen

MODEL, STILL = "acme/moving", "acme/still"
LINE = "acme sort:downloads"
DAY = 86400.0


@pytest.fixture
def world() -> World:
    world = World()
    world.model(MODEL, downloads=100, license="mit")
    world.model(STILL, downloads=50)
    return world


async def look(pilot: AppPilot) -> None:
    """Look at both models and at the list of the search."""
    for name in (MODEL, STILL):
        hubscope(pilot).visit(CardPlace("model", name))
        await sees(pilot, name, "● live")
        await settled(pilot)
    hubscope(pilot).visit(ListPlace(parse(LINE)))
    await sees(pilot, MODEL, "● live")
    await settled(pilot)


async def keep(pilot: AppPilot) -> None:
    """Keep both models and the search."""
    sources = hubscope(pilot).sources
    for name in (MODEL, STILL):
        sources.store.library.toggle_bookmark("model", name, sources.now())
    sources.store.library.save_query("ours", LINE, sources.now())


async def visit(pilot: AppPilot) -> None:
    """Go to what is saved, and wait until it is known what changed."""
    await press(pilot, "go.saved")
    await wait_for(pilot, lambda: isinstance(page(pilot), SavedScreen), "what is saved")
    await ended(pilot, "changes")


async def saved(pilot: AppPilot) -> None:
    """The same, and see it."""
    await visit(pilot)
    await sees(pilot, "saved · bookmarks", MODEL)


def row(pilot: AppPilot, *words: str) -> str:
    """The first line of the table with all these words."""
    lines = screen_text(pilot.app).splitlines()
    return next(line for line in lines if all(word in line for word in words))


async def change(world: World, clock: Clock) -> None:
    world.repos["models"][MODEL].facts |= {"downloads": 90, "gated": "auto"}
    world.model("acme/newer", downloads=1000)
    clock.advance(DAY)


async def test_a_change_is_marked_and_told_of_the_entry_under_the_cursor(
    world: World, hub: LoopbackHub, stage: Stage, clock: Clock
) -> None:
    async with stage.play((100, 24)) as pilot:
        await keep(pilot)
        await look(pilot)
        await saved(pilot)
        assert "changed" not in screen_text(pilot.app)
    await change(world, clock)
    async with stage.play((100, 24)) as pilot:
        await look(pilot)
        await saved(pilot)
        assert "changed" in row(pilot, "bookmark ", MODEL)
        assert "changed" in row(pilot, "search ", "ours")
        assert "changed" not in row(pilot, "bookmark ", STILL)
        rows = page(pilot).reader()
        for key, words in (
            (
                f"bookmark model {MODEL}",
                "changed: gated False → auto, downloads 30 d 100 → 90 since 2026-11-18",
            ),
            ("search model ours", "changed: 1 new: acme/newer since 2026-11-18"),
            (f"bookmark model {STILL}", "figures as last stored"),
        ):
            assert rows.move_to_key(key)  # type: ignore[union-attr]  # it is the table
            await sees(pilot, words)


async def test_the_mark_is_the_first_column_to_go_and_the_words_stay(
    world: World, hub: LoopbackHub, stage: Stage, clock: Clock
) -> None:
    async with stage.play((60, 20)) as pilot:
        await keep(pilot)
        await look(pilot)
        await change(world, clock)
        await press(pilot, "go.trending")
        hubscope(pilot).visit(CardPlace("model", MODEL))
        await press(pilot, "data.refresh")
        await sees(pilot, "● live", "auto")
        await saved(pilot)
        assert "news" not in screen_text(pilot.app)
        assert page(pilot).reader().move_to_key(f"bookmark model {MODEL}")  # type: ignore[union-attr]
        await sees(pilot, "changed: gated False → auto, downloads 30 d 100 → 90 since")


async def test_the_list_is_in_sight_while_changes_are_looked_for(
    hub: LoopbackHub, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Event()

    def slow(sources: Sources, entry: Entry) -> str:
        assert known.wait(20), "never let go"
        return f"all of {entry.name}"

    monkeypatch.setattr("tui.screens.saved.news", slow)
    async with stage.play((100, 24)) as pilot:
        await keep(pilot)
        await press(pilot, "go.saved")
        await sees(pilot, MODEL, STILL, "ours", "figures as last stored")
        await press(pilot, "move.down")
        assert "changed" not in screen_text(pilot.app)
        known.set()
        await sees(pilot, "changed: all of")


async def test_a_search_that_is_taken_away_leaves_the_list(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((100, 24)) as pilot:
        await keep(pilot)
        await saved(pilot)
        assert page(pilot).reader().move_to_key("search model ours")  # type: ignore[union-attr]
        await press(pilot, "row.bookmark")
        await sees(pilot, "search ours taken away")
        assert "acme sort:downloads" not in screen_text(pilot.app)


async def test_lists_mark_a_bookmark_that_changed_and_say_what(
    world: World, hub: LoopbackHub, stage: Stage, clock: Clock
) -> None:
    async with stage.play((100, 24)) as pilot:
        await keep(pilot)
        await look(pilot)
        assert "Δ" not in screen_text(pilot.app)
    await change(world, clock)
    async with stage.play((100, 24)) as pilot:
        await look(pilot)
        await press(pilot, "go.trending")
        await sees(pilot, f"Δ {MODEL}")
        assert "Δ" not in row(pilot, STILL)
        assert page(pilot).reader().move_to_key(MODEL)  # type: ignore[union-attr]  # the table
        await sees(pilot, "Δ changed: gated False → auto, downloads 30 d 100 → 90 since")
        await press(pilot, "row.bookmark")
        await press(pilot, "go.saved", "go.trending")
        await wait_for(pilot, lambda: "Δ" not in screen_text(pilot.app), "no bookmark, no mark")


async def test_counts_alone_are_no_news(
    world: World, hub: LoopbackHub, stage: Stage, clock: Clock
) -> None:
    async with stage.play((100, 24)) as pilot:
        await keep(pilot)
        await look(pilot)
    world.repos["models"][STILL].facts |= {"downloads": 51, "likes": 4}
    clock.advance(DAY)
    async with stage.play((100, 24)) as pilot:
        await look(pilot)
        await saved(pilot)
        assert "changed" not in row(pilot, "bookmark ", STILL)


async def test_a_return_reads_thousands_beside_the_loop_in_few_steps(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[object] = []
    beside = asyncio.to_thread

    async def counted(work: Callable[..., object], *given: object) -> object:
        steps.append(work)
        return await beside(work, *given)

    async with stage.play() as pilot:
        store = hubscope(pilot).sources.store
        for number in range(450):
            store.library.toggle_bookmark("model", f"kept/number-{number}", DAY + number)
        store.flush()
        await visit(pilot)
        rows = page(pilot).rows
        await press(pilot, "go.trending")
        await settled(pilot)
        monkeypatch.setattr("tui.screens.saved.asyncio.to_thread", counted)
        drawn: list[object] = []
        monkeypatch.setattr(rows, "show", lambda *shown: drawn.append(shown))
        await visit(pilot)
        assert len(steps) == 5, "the list, what lies here, and changes of 450 in three"
        assert drawn == [], "nothing is drawn that is as before"
