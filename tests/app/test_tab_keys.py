"""The keys of a card's tabs, and what a search that was left quickly still brings."""

from tests.app.stage import Stage, ids, press, reading, screen_text, sees, settled, wait_for
from tests.loopback import LoopbackHub, World

MODEL = ("model", "Qwen/Qwen3-8B")


async def test_the_context_is_chosen_from_any_tab(stage: Stage) -> None:
    async with stage.play((100, 30), target=MODEL) as pilot:
        await settled(pilot)
        await press(pilot, "tab.context")
        await sees(pilot, "Context", "131,072 tokens")
        await pilot.press("down", "enter")
        assert reading(pilot).tab == "Files"
        assert reading(pilot).files.context == 32768


async def test_config_is_read_from_the_files_tab_after_asking(
    hub: LoopbackHub, stage: Stage
) -> None:
    async with stage.play((100, 30), target=MODEL) as pilot:
        await settled(pilot)
        await press(pilot, "tab.fetch")
        await sees(pilot, "+ reads config.json for the memory needs")
        reading(pilot).go_to_tab("Files")
        await press(pilot, "tab.fetch")
        await sees(pilot, "the Hub will count one download")
        assert not hub.seen("/Qwen/Qwen3-8B/resolve/main/config.json")
        await pilot.press("enter")
        await wait_for(
            pilot, lambda: hub.seen("/Qwen/Qwen3-8B/resolve/main/config.json"), "config.json"
        )


async def test_the_evaluations_are_put_in_order(stage: Stage) -> None:
    async with stage.play((100, 30), target=MODEL) as pilot:
        await settled(pilot)
        await press(pilot, "tab.order")
        await sees(pilot, "only the evaluations have an order")
        evals = reading(pilot).evals
        reading(pilot).go_to_tab("Evals")
        before = evals.sort
        await press(pilot, "tab.order")
        await sees(pilot, "Order of the evaluations")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: evals.sort != before, "another order")


async def test_a_dataset_has_no_tab_for_memory(stage: Stage) -> None:
    async with stage.play((100, 30), target=("dataset", "acme/exam")) as pilot:
        await settled(pilot)
        await press(pilot, "tab.context")
        await sees(pilot, "a dataset takes no memory of this kind")


async def test_the_hubs_rows_still_join_a_search_that_was_kept_at_once(
    stage: Stage, world: World
) -> None:
    async with stage.play() as pilot:
        await settled(pilot)
        world.model("far/needle-7b", trendingScore=0.1)
        await press(pilot, "search.open")
        await pilot.press(*"needle", "enter")
        await sees(pilot, "far/needle-7b")
        await press(pilot, "go.up")
        await sees(pilot, "models · trending")
        assert "far/needle-7b" not in ids(pilot)
        assert "nothing found" not in screen_text(pilot.app)
