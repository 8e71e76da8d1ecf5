"""Families side by side, and a repo's lineage, on the screen."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.app.figures import LineagePage, LineagePlace, act, done, figures, go, lower
from tests.app.stage import (
    AppPilot,
    Clock,
    Stage,
    hubscope,
    page,
    resize,
    screen_text,
    sees,
    wait_for,
)
from tests.loopback import LoopbackHub, World
from tui.places import CardPlace, ComparePlace, FamiliesPlace
from tui.screens.compare import CompareScreen


async def test_two_to_six_marked_families_are_compared(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await go(pilot, FamiliesPlace())
        await act(pilot, "mark", "compare")
        await sees(pilot, "mark 2 to 6 families with space first; 1 are marked")
        await act(pilot, "mark", "compare")
        await done(pilot)
        assert isinstance(pilot.app.screen, CompareScreen)
        await sees(pilot, "▸Qwen", "Llama", "downloads 30 d", "10M █", "5.0M █")
        await act(pilot, "up(False)")
        await sees(pilot, "by family")


async def test_rows_and_columns_are_defined_below(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await go(pilot, ComparePlace(("qwen", "llama")))
        assert lower(pilot).startswith("Qwen · repos: number of own repos")
        await act(pilot, "column(1)", "move(1)")
        assert lower(pilot).startswith("Llama · downloads 30 d: downloads of the last 30 days")
        assert "5,000,000 downloads" in lower(pilot)
        await act(pilot, "edge(1)")
        assert "order by derivatives under 12 settings" in lower(pilot)
        await sees(pilot, "downloads: Qwen first under", "the order cannot be tested yet")


async def test_the_order_is_tested_once_the_rows_are_there(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await go(pilot, ComparePlace(("qwen", "llama")))
        figures(pilot).loader.question(("qwen", "llama"), 2)
        await done(pilot)
        await act(pilot, "edge(1)")
        await sees(pilot, "derivatives: Qwen first under")
        await act(pilot, "edge(-1)", "move(7)")
        assert "derivatives by relation" in lower(pilot)
        assert "finetune 4" in lower(pilot)
        assert figures(pilot).command_line() == "hubscope compare qwen llama --tier 2"


async def test_no_line_wraps(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((60, 20)) as pilot:
        await go(pilot, ComparePlace(("qwen", "llama", "gemma", "deepseek", "mistral", "gpt-oss")))
        for _ in range(3):
            for width, height in ((60, 20), (80, 24), (120, 40)):
                await resize(pilot, width, height)
                await pilot.pause()
                lines = screen_text(pilot.app).split("\n")
                assert len(lines) == height
                assert all(len(line) <= width for line in lines)
            await act(pilot, "preview")


async def test_the_chart_shows_published_and_own_points(
    hub: LoopbackHub, stage: Stage, clock: Clock
) -> None:
    for _ in range(2):
        async with stage.play((80, 24)) as pilot:
            await go(pilot, FamiliesPlace())
        clock.advance(2 * 86400)
    async with stage.play((80, 24)) as pilot:
        await go(pilot, ComparePlace(("qwen", "llama")))
        await act(pilot, "move(2)", "preview")
        await sees(
            pilot, "downloads all time over time", "Aa Qwen", "Bb Llama", "capital: published"
        )
        await act(pilot, "preview")
        assert "over time" not in screen_text(pilot.app)
    async with stage.play((80, 40)) as pilot:
        await go(pilot, ComparePlace(("qwen", "llama")))
        await sees(pilot, "repos over time", "downloads: Qwen first under")
        await act(pilot, "move(5)")
        await sees(pilot, "new repos 30 d over time")


async def test_a_figure_without_dates_says_so(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((80, 40)) as pilot:
        await go(pilot, ComparePlace(("gemma", "mistral")))
        await act(pilot, "move(6)")
        await sees(pilot, "no dated figure of derivatives yet, here or published")


async def test_the_picture_is_written_as_svg(
    hub: LoopbackHub, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with stage.play() as pilot:
        await go(pilot, ComparePlace(("qwen", "llama")))
        await act(pilot, "move(1)", "export")
        await sees(pilot, "written to")
    assert pictures(tmp_path) == ["downloads 30 d"]


async def test_the_sample_is_compared_and_counted_under_any_lens(stage: Stage) -> None:
    async with stage.play((80, 40), sample=True) as pilot:
        await go(pilot, ComparePlace(("qwen", "llama")))
        await sees(pilot, "sample", "downloads: Qwen first under")
        before = figures(pilot).loader.rows[0].measures["repos"].value or 0
        await act(pilot, "lens")
        await pilot.press("l")
        await done(pilot)
        after = figures(pilot).loader.rows[0].measures["repos"].value or 0
        assert before > after > 0
        await sees(pilot, f"*{after:.0f}", "figures changed")


def pictures(folder: Path) -> list[str]:
    """The head of the first chart of each picture in a folder."""
    found = []
    for path in folder.glob("hubscope-compare-*.svg"):
        words = ElementTree.parse(path).getroot().iter("{http://www.w3.org/2000/svg}text")
        found.append([word.text or "" for word in words][1])
    return found


def lineage(pilot: AppPilot) -> LineagePage:
    assert isinstance(pilot.app.screen, LineagePage)
    return pilot.app.screen


async def tree(pilot: AppPilot, repo_id: str, *texts: str) -> None:
    """Open a lineage and wait for these texts."""
    hubscope(pilot).visit(LineagePlace(repo_id))
    await sees(pilot, *texts)


async def test_bases_stand_above_and_children_open_below(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await tree(pilot, "nvidia/Cosmos-Reason1-7B", "Qwen/Qwen3-8B", "finetune ↑1 · root")
        await sees(pilot, "this repo", "▸ finetune", "roots: Qwen/Qwen3-8B")
        lineage(pilot).reader().move_to_key("branch finetune")
        lineage(pilot).reader().open_row()
        await sees(pilot, "▾ finetune", "stepson/of-cosmos")
        lineage(pilot).reader().open_row()
        await wait_for(
            pilot, lambda: "stepson" not in screen_text(pilot.app), "the branch closed again"
        )


async def test_a_row_opens_the_card_of_its_repo(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await tree(pilot, "nvidia/Cosmos-Reason1-7B", "finetune ↑1 · root")
        visited: list[object] = []
        hubscope(pilot).visit = lambda *where, **more: visited.append(where)  # type: ignore[method-assign]
        lineage(pilot).reader().move_to_key("base Qwen/Qwen3-8B")
        lineage(pilot).reader().open_row()
        assert visited == [(CardPlace("model", "Qwen/Qwen3-8B", "Lineage"),)]


async def test_a_repo_that_names_itself_ends(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await tree(pilot, "loop/self", "loop/self names itself")
        await tree(pilot, "loop/left", "cycle: ")


async def test_more_children_are_fetched_on_demand(
    hub: LoopbackHub, stage: Stage, world: World
) -> None:
    for number in range(130):
        base = ("finetune", ["acme/base"])
        world.model(f"many/tune-{number:03}", base=base, downloads=10_000 - number)
    async with stage.play() as pilot:
        await tree(pilot, "acme/base", "▸ finetune")
        reader = lineage(pilot).reader()
        await wait_for(pilot, lambda: reader.move_to_key("branch finetune"), "the branch")
        reader.open_row()
        await sees(pilot, "many/tune-000")
        assert not reader.move_to_key("child many/tune-129")
        await wait_for(pilot, lambda: reader.move_to_key("more finetune"), "a row for the rest")
        reader.open_row()
        await wait_for(pilot, lambda: reader.move_to_key("child many/tune-129"), "the last child")
        assert not reader.move_to_key("more finetune")


async def test_thirty_generations_are_walked_and_fit(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play((60, 20)) as pilot:
        await tree(pilot, "chain/step-30", "this repo")
        reader = lineage(pilot).reader()
        await wait_for(
            pilot, lambda: reader.move_to_key("base acme/base"), "the root, thirty steps up"
        )
        assert all(len(line) <= 60 for line in screen_text(pilot.app).split("\n"))


async def test_a_missing_base_stays_marked(hub: LoopbackHub, stage: Stage) -> None:
    async with stage.play() as pilot:
        await tree(pilot, "lost/orphan", "gone/ghost", "missing")


async def test_no_hub_and_nothing_stored_is_one_line(away: Stage) -> None:
    async with away.play() as pilot:
        hubscope(pilot).visit(LineagePlace("acme/base"))
        await sees(pilot, "cannot")
        assert page(pilot) is pilot.app.screen
