"""Screens as plain text, from the bundled sample: what a reader sees, line by line.

``REWRITE_GOLDEN=1 pytest tests/app/test_golden.py`` writes them anew; read the difference then.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from itertools import product
from pathlib import Path

import pytest

from tests.app.stage import (
    AppPilot,
    Clock,
    Stage,
    ids,
    press,
    resize,
    screen_text,
    sees,
    settled,
    wait_for,
)
from tui.render.spans import cut_id, width
from tui.screens.glance import Glance

FOLDER = Path(__file__).parents[1] / "golden"
SIZES = ((80, 24), (120, 36), (60, 20))
QWEN = ("model", "Qwen/Qwen3-0.6B")


async def trending(pilot: AppPilot) -> None:
    await settled(pilot)
    await press(pilot, "move.down", "move.down")


async def card(pilot: AppPilot) -> None:
    await press(pilot, "row.open")
    await settled(pilot)


async def search(pilot: AppPilot) -> None:
    await press(pilot, "search.open")
    await pilot.press(*"qwen gguf")
    await wait_for(pilot, lambda: 0 < len(ids(pilot)) < 60, "rows found")
    await settled(pilot)


async def help(pilot: AppPilot) -> None:
    await press(pilot, "app.help")
    await sees(pilot, "What works here")


async def saved(pilot: AppPilot) -> None:
    for _ in range(3):
        await press(pilot, "row.bookmark", "move.down")
    await press(pilot, "go.saved")
    await sees(pilot, "saved · bookmarks")


SCREENS: dict[str, Callable[[AppPilot], Awaitable[None]]] = {
    view.__name__: view for view in (trending, card, search, help, saved)
}


@pytest.fixture
def still(away: Stage, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage where remarks stay unsaid and nothing depends on the day."""
    monkeypatch.setattr("tui.screens.page.Page.say", lambda self, text: None)
    return Stage("https://huggingface.co", clock)


async def test_every_screen_is_as_it_was_agreed(still: Stage) -> None:
    async with still.play(SIZES[0], sample=True) as pilot:
        for name, way in SCREENS.items():
            await settled(pilot)
            await way(pilot)
            await agreed_at(pilot, name, SIZES)
            await pilot.press("escape", "escape")  # out of a menu, or a box and its question
            await press(pilot, "go.trending", "move.top")


async def agreed_at(pilot: AppPilot, name: str, sizes: Sequence[tuple[int, int]]) -> None:
    """Hold the screen in sight to what was agreed at each size; leave it at the first."""
    for size in sizes:
        await resize(pilot, *size)
        if name == "trending" and size[0] >= 100:
            await sees(pilot, "hubscope's own summary")
        await agreed(pilot, name, size)
    await resize(pilot, *sizes[0])


async def agreed(pilot: AppPilot, name: str, size: tuple[int, int]) -> None:
    """Hold the screen in sight, once nothing moves there, to the one that was agreed."""
    await pilot.pause()
    await wait_for(pilot, lambda: not any(w.is_running for w in pilot.app.workers), "rest")
    glances = list(pilot.app.screen.query(Glance))
    await wait_for(pilot, lambda: all(glance.at_rest for glance in glances), "a glance")
    await pilot.pause()
    text = screen_text(pilot.app) + "\n"
    lines = text.splitlines()
    assert len(lines) == size[1]
    assert max(map(width, lines)) <= size[0]
    compare(FOLDER / f"{name}-{size[0]}x{size[1]}.txt", text)


def compare(golden: Path, text: str) -> None:
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8"), f"{golden.name} differs; see this file's head"


async def lists(pilot: AppPilot) -> AsyncIterator[str]:
    await press(pilot, "tab.next")
    yield "datasets"
    await press(pilot, "tab.next")
    yield "spaces"
    await press(pilot, "go.trending", "tab.previous", "tab.previous")
    await settled(pilot)
    await press(pilot, "row.mark", "row.mark", "row.compare")
    yield "diff"


async def tabs(pilot: AppPilot) -> AsyncIterator[str]:
    """Every tab behind the first, which is among the screens."""
    await press(pilot, "row.open")
    await settled(pilot)
    for name in ("facts", "lineage", "files", "evals"):
        await press(pilot, "tab.next")
        yield f"card-{name}"


async def families(pilot: AppPilot) -> AsyncIterator[str]:
    await press(pilot, "go.families")
    yield "families"
    await press(pilot, "family.open")
    yield "members"
    await press(pilot, "go.up", "row.mark", "row.mark", "row.compare")
    yield "compare"
    await press(pilot, "figure.chart")
    yield "chart"


async def claims(pilot: AppPilot) -> AsyncIterator[str]:
    await press(pilot, "go.claims")
    yield "claims"
    await press(pilot, "claim.open")
    yield "claim"


WALKS: dict[str, Callable[[AppPilot], AsyncIterator[str]]] = {
    walk.__name__: walk for walk in (lists, tabs, families, claims)
}


@pytest.mark.parametrize("walk", WALKS)
async def test_every_view_and_tab_is_as_it_was_agreed(still: Stage, walk: str) -> None:
    async with still.play(SIZES[0], sample=True) as pilot:
        await settled(pilot)
        async for name in WALKS[walk](pilot):
            await settled(pilot)
            await agreed_at(pilot, name, SIZES[:2])


async def test_every_id_shows_the_beginning_and_the_end_of_its_name(still: Stage) -> None:
    async with still.play((80, 24), sample=True) as pilot:
        await settled(pilot)
        for size in ((80, 24), (60, 20), (120, 36), (40, 12)):
            await resize(pilot, *size)
            await press(pilot, "move.top")
            seen: set[int] = set()
            while len(seen) <= 50:
                before = len(seen)
                for line in screen_text(pilot.app).splitlines()[4:-3]:
                    rank = int(line[1:].split()[0])
                    name = ids(pilot)[rank - 1].rpartition("/")[2]
                    assert name[:3] in line, size
                    assert name[-3:] in line, size
                    seen.add(rank)
                assert len(seen) > before, size
                await press(pilot, "move.page_down", "move.page_down")
                await settled(pilot)


def test_an_id_that_is_cut_keeps_both_ends_of_its_name() -> None:
    for cells, repo_id in product(
        range(12, 60),
        (
            "mistralai/Mistral-Medium-3.5-128B",
            "DavidAU/Qwen3.6-40B-Claude-4.6-Opus-Deckard-Heretic-Uncensored-Thinking-NEO-CODE-Di-IMatrix-MAX-GGUF",
            "a/b",
            "gpt2",
            "x" * 96 + "/" + "y" * 96,
        ),
    ):
        shown, name = cut_id(repo_id, cells), repo_id.rpartition("/")[2]
        assert len(shown) <= cells
        kept = min(3, len(name))
        assert shown.rpartition("/")[2].startswith(name[:kept])
        assert shown.endswith(name[-kept:])
